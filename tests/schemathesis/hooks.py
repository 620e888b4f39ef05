"""Who asks, and what was answered.

Some operations take their caller's own rights away: they end sessions, change passwords, roles and
people. They are tested like any other, because whoever asks is replaced: a refused token is followed
by a new sign-in, and a tester who can no longer sign in by a new one, made with the command line.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
import tomllib
from collections import Counter
from pathlib import Path

import requests
import schemathesis
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

ROLE = os.environ["TESTER_ROLE"]
#: Whose rights they are: those of a key are an admin's, or less.
PERSON = "admin" if ROLE == "key" else ROLE
URL = os.environ["TESTER_URL"]
SEEN = Path(os.environ["TESTER_SEEN"])
EXPLAINED_AWAY = Path(os.environ["TESTER_EXPLAINED"])
PASSWORD = "a-password-of-testers"

#: How often each operation gave each status.
seen: dict[str, Counter[int]] = {}
#: How often refusals.toml explained a code to an operation.
explained: Counter[str] = Counter()
turn = threading.Lock()


class Tester:
    """Somebody with the role; another one as soon as this one is not let in any more."""

    def __init__(self) -> None:
        self.count = 0
        self.email = ""

    def token(self) -> str:
        """A fresh access token."""
        for _ in range(2):
            if self.email:
                answer = requests.post(
                    f"{URL}/api/auth/login",
                    json={"email": self.email, "password": PASSWORD},
                    timeout=30,
                )
                if answer.ok and answer.json()["user"]["role"] == PERSON:
                    return answer.json()["access_token"]
            self._replace()
        raise RuntimeError(f"a new {PERSON} cannot sign in")

    def _replace(self) -> None:
        self.count += 1
        self.email = f"tester-{self.count}@{PERSON}.example"
        subprocess.run(
            [
                os.environ["TESTER_BSM"], "user", "create", "--email", self.email,
                "--name", f"Tester {self.count}", "--role", PERSON, "--password-stdin",
            ],
            input=PASSWORD,
            text=True,
            check=True,
            capture_output=True,
        )  # fmt: skip


tester = Tester()


def key_of(token: str) -> str:
    """A key that opens little."""
    answer = requests.post(
        f"{URL}/api/admin/api-keys",
        headers={"Authorization": f"Bearer {token}"},
        json={"name": "Tester", "scopes": ["tickets:read"]},
        timeout=30,
    )
    answer.raise_for_status()
    return answer.json()["key"]


if ROLE != "anonymous":

    @schemathesis.auth(retry_on=[401])
    class Authorization:
        """Puts the tester's token where a client puts it."""

        def get(self, case, context):
            return key_of(tester.token()) if ROLE == "key" else tester.token()

        def set(self, case, data, context):
            case.headers["Authorization"] = f"Bearer {data}"


@schemathesis.hook
def after_call(context, case, response):
    with turn:
        counts = seen.setdefault(case.operation.label, Counter())
        counts[response.status_code] += 1
        SEEN.write_text(json.dumps(seen))


EXPLAINED = tomllib.loads((Path(__file__).parent / "refusals.toml").read_text())


def is_explained(operation_id: str, code: str, detail: str) -> bool:
    """Whether refusals.toml says why this is refused."""
    return any(
        code == refusal["code"]
        and operation_id in refusal.get("operations", [operation_id])
        and detail == refusal.get("detail", detail)
        for refusal in EXPLAINED["refusal"]
    )


def is_passed_over(operation_id: str, case) -> bool:
    """Whether all that breaks a bound of the document may, as refusals.toml says."""
    made = case.meta.phase.data
    broken = {mutation.parameter for mutation in made.mutations or []} or {made.parameter} - {None}
    return any(
        operation_id in acceptance["operations"] and broken and broken <= set(acceptance["parameters"])
        for acceptance in EXPLAINED["acceptance"]
    )


def is_misjudged(case) -> bool:
    """Whether a header breaks its pattern in what is taken for a valid call: the coverage phase sends the
    first value of a wrong type (`0`) where it can make none of a pattern with quotation marks."""
    headers = case.headers or {}
    return any(
        value is not None and not re.search(parameter["schema"].get("pattern", ""), value)
        for parameter in case.operation.definition.raw.get("parameters", [])
        if parameter["in"] == "header"
        for value in [headers.get(parameter["name"])]
    )


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Keeps every failure but those of which refusals.toml explains every word."""
    operation = case.operation.definition.raw["operationId"]
    if isinstance(failure, AcceptedNegativeData):
        return not is_passed_over(operation, case)
    if not isinstance(failure, RejectedPositiveData):
        return True
    if is_misjudged(case):
        return False
    try:
        problem = response.json()
        reasons = problem.get("errors") or [problem]
        if not all(is_explained(operation, why["code"], why["detail"]) for why in reasons):
            return True
        with turn:
            explained.update({f"{operation} {why['code']}" for why in reasons})
            EXPLAINED_AWAY.write_text(json.dumps(explained))
        return False
    except (ValueError, AttributeError, KeyError, TypeError):
        return True
