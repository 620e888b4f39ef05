"""A server to throw away: demo data on an embedded database in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

READY_WITHIN_SECONDS = 60.0


class Server:
    """Starts with the block, and is gone with its data after it."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="bsm-"))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.bind = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{self.bind}"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("BSM_") or name == "BSM_TEST_RUN"
        }
        self.environment.pop("DATABASE_URL", None)
        self.environment |= {
            "BSM_BIND": self.bind,
            "BSM_DATA_DIR": str(self.folder / "data"),
            "BSM_METRICS_BIND": "127.0.0.1:0",
            "BSM_DEMO": "true",
            "BSM_LIMITS": "off",
            "BSM_WEBHOOK_ALLOW_PRIVATE": "true",
        }
        self.log = self.folder / "server.log"

    def __enter__(self) -> Server:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [self.program, "serve"],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + READY_WITHIN_SECONDS
        while not self._is_ready():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise RuntimeError(f"the server did not start:\n{self.log.read_text()}")
            time.sleep(0.1)
        return self

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
