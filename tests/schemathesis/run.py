"""Holds a running server to its OpenAPI documents with Schemathesis, as one role after the other.

    python run.py --bsm target/debug/bsm --roles customer,admin --examples 10
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "clients"))

from server import Server  # noqa: E402
#: Which document is read as whom.
DOCUMENTS = {
    "anonymous": ["customer", "admin"],
    "customer": ["customer"],
    "agent": ["admin"],
    "admin": ["admin"],
    "key": ["admin"],
}


def run(role: str, document: str, options: argparse.Namespace) -> bool:
    """True when nothing was found, and when the server was really asked."""
    started = time.monotonic()
    with Server(options.bsm) as server:
        seen, explained = server.folder / "seen.json", server.folder / "explained.json"
        environment = server.environment | {
            "TESTER_ROLE": role,
            "TESTER_URL": server.url,
            "TESTER_BSM": options.bsm,
            "TESTER_SEEN": str(seen),
            "TESTER_EXPLAINED": str(explained),
            "PYTHONPATH": str(HERE),
            "PYTHONHASHSEED": "0",
        }
        command = [
            str(Path(sys.executable).with_name("schemathesis")),
            "--config-file", str(HERE / "schemathesis.toml"),
            "run", str(ROOT / "openapi" / f"{document}.json"),
            "--url", server.url,
            "--checks", "all",
            "--phases", options.phases,
            "--max-examples", str(options.examples),
            "--seed", str(options.seed),
            "--continue-on-failure",
            "--no-color",
        ]  # fmt: skip
        for name in options.only:
            command += ["--include-operation-id", name]
        status = subprocess.run(command, env=environment, cwd=server.folder, check=False).returncode
        counts = json.loads(seen.read_text()) if seen.exists() else {}
        excused = json.loads(explained.read_text()) if explained.exists() else {}
        log = server.log.read_text(errors="replace").splitlines()
        faults = [line for line in log if "panicked" in line]
        if server.process.poll() is not None:
            faults += [f"the server ended with {server.process.returncode}:", *log[-20:]]
    answers = [(int(code), n) for codes in counts.values() for code, n in codes.items()]
    asked = sum(n for _, n in answers)
    good = sum(n for code, n in answers if code < 300)
    print(
        f"{role}, {document}.json: {len(counts)} operations, {asked} requests, {good} accepted, "
        f"{time.monotonic() - started:.0f} s, exit code {status}",
        flush=True,
    )
    for what, times in sorted(excused.items()):
        print(f"explained by refusals.toml: {what}, {times} times")
    for line in faults:
        print(line)
    return status == 0 and not faults and is_real(role, document, counts, options)


def is_real(
    role: str, document: str, counts: dict[str, dict[str, int]], options: argparse.Namespace
) -> bool:
    """A tester whom nobody lets in finds nothing wrong: each operation must have answered more than 401."""
    if role == "anonymous" or options.only:
        return True
    declared = json.loads((ROOT / "openapi" / f"{document}.json").read_text())["paths"]
    labels = {
        f"{method.upper()} {path}"
        for path, item in declared.items()
        for method in item
        if method in ("get", "put", "post", "patch", "delete")
    }
    unheard = [label for label in sorted(labels) if set(counts.get(label, {})) <= {"401"}]
    for label in unheard:
        print(f"never got further than 401: {label}")
    return not unheard


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bsm", default=os.environ.get("BSM_BIN", str(ROOT / "target/debug/bsm")))
    parser.add_argument("--roles", default="customer,admin")
    parser.add_argument("--examples", type=int, default=10)
    parser.add_argument("--phases", default="examples,fuzzing")
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--only", action="append", default=[], help="an operation id")
    options = parser.parse_args()
    options.bsm = str(Path(options.bsm).resolve())
    outcomes = [
        run(role, document, options)
        for role in options.roles.split(",")
        for document in DOCUMENTS[role]
    ]
    print(f"{sum(outcomes)} passed, {len(outcomes) - sum(outcomes)} failed")
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
