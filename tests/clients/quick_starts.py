"""Runs the quick starts of docs/integrations as they stand there, against the server at BSM_URL.

The blocks of a page are one program, run in order. A `text` block says what the block before it prints;
`…` stands for anything. README.md comes before each other page: the key and the webhook that it makes are theirs.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = ROOT / "docs" / "integrations"
#: Printed after each block, to tell whose output is whose.
MARK = "\x1e"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
HANDED_ON = ["BSM_KEY", "BSM_WEBHOOK_SECRET"]
AFTER_EACH = {"sh": "printf '\\036'", "ts": "process.stdout.write('\\x1e')", "py": "print('\\x1e', end='', flush=True)"}  # fmt: skip
WITHIN_SECONDS = 60


@dataclass
class Block:
    language: str
    code: str
    output: str = ""


def blocks_of(page: Path) -> list[Block]:
    blocks: list[Block] = []
    for language, code in BLOCK.findall(page.read_text()):
        if language == "text":
            blocks[-1].output = code
        else:
            blocks.append(Block(language, code))
    assert blocks, f"{page.name} has nothing to run"
    return blocks


def program_of(blocks: list[Block]) -> str:
    return "".join(f"{block.code}{AFTER_EACH[block.language]}\n" for block in blocks)


def command_for(language: str, program: str, folder: Path) -> list[str]:
    """What runs a program; a TypeScript one is compiled first, strictly."""
    if language == "sh":
        return ["bash", "-euo", "pipefail", "-c", program]
    if language == "py":
        return [sys.executable, "-c", program]
    source = folder / "quick-start.mts"
    source.write_text(program)
    compiler = ["npx", "--no-install", "tsc", "--target", "es2023", "--module", "nodenext", "--strict"]
    compiler += ["--noUncheckedIndexedAccess", "--skipLibCheck", "--types", "node", str(source)]
    subprocess.run(compiler, cwd=ROOT, check=True)
    return ["node", str(source.with_suffix(".mjs"))]


def differences(page: Path, blocks: list[Block], printed: str) -> Iterator[str]:
    outputs = printed.split(MARK)
    for number, block in enumerate(blocks):
        pattern = ".*".join(re.escape(part) for part in block.output.split("…"))
        found = outputs[number] if number < len(outputs) - 1 else "(not reached)"
        if not re.fullmatch(pattern, found):
            yield f"{page.name}, block {number + 1}: expected\n{block.output}but got\n{found}"


def run(page: Path, environment: dict[str, str], folder: Path) -> tuple[list[str], str]:
    """What differs from what the page says, and all that was printed."""
    blocks = blocks_of(page)
    program = program_of(blocks)
    if page.name == "README.md":
        names = " ".join(HANDED_ON)
        program += f"jq -n '$ENV | with_entries(select(.key | IN($ARGS.positional[])))' --args {names}\n"
    done = subprocess.run(
        command_for(blocks[0].language, program, folder),
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        timeout=WITHIN_SECONDS,
        check=False,
    )
    found = list(differences(page, blocks, done.stdout))
    if done.returncode != 0:
        found.append(f"{page.name} ended with {done.returncode}")
    return found, done.stdout.rpartition(MARK)[2]


def main() -> int:
    folder = ROOT / "target" / "quick-starts"
    folder.mkdir(parents=True, exist_ok=True)
    found: list[str] = []
    for name in ["curl", "typescript", "python"]:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
        environment = dict(os.environ)
        environment |= {"BSM_WEBHOOK_PORT": port, "BSM_WEBHOOK_URL": f"http://127.0.0.1:{port}/bsm"}
        # A key and a webhook of its own for each page.
        missing, handed_on = run(PAGES / "README.md", environment, folder)
        if not missing:
            environment |= json.loads(handed_on)
            missing = run(PAGES / f"{name}.md", environment, folder)[0]
        found += missing
    print("\n".join(found) or "3 passed: the quick starts print what they say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
