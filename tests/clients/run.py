"""Runs a command with a disposable server beside it: `run.py BSM COMMAND…`, with `BSM_URL` its address."""

from __future__ import annotations

import subprocess
import sys

from server import Server


def main() -> int:
    program, *command = sys.argv[1:]
    with Server(program) as server:
        environment = server.environment | {"BSM_URL": server.url}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
