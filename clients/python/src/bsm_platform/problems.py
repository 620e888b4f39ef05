"""Problems: how the API answers what it refuses (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Answer(Protocol):
    """What the generated ``sync_detailed`` and ``asyncio_detailed`` give."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]
    parsed: Any


class ProblemError(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        try:
            problem = json.loads(body)
        except ValueError:
            problem = None
        if not isinstance(problem, dict) or not isinstance(problem.get("code"), str):
            # A proxy's page, for example.
            problem = {"code": "not_problem", "title": "Unexpected answer"}
        #: The problem as it was sent.
        self.problem: dict[str, Any] = problem
        self.status = status
        #: Which one of the closed list it is.
        self.code: str = problem["code"]
        #: All bad fields of a body: ``pointer``, ``code`` and ``detail`` of each.
        self.errors: list[dict[str, str]] = problem.get("errors") or []
        wait = headers.get("Retry-After", "")
        #: Seconds to wait before the next try, where the server says so.
        self.retry_after: int | None = int(wait) if wait.isdecimal() else None
        super().__init__(f"{status} {self.code}: {problem.get('detail') or problem.get('title')}")

    @property
    def is_temporary(self) -> bool:
        """Whether trying again later can help."""
        return self.status in (408, 429) or self.status >= 500 or self.code == "in_progress"


def unwrap(answer: Answer) -> Any:
    """The parsed body of a success, or a raised ``ProblemError``."""
    if not 200 <= answer.status_code < 300:
        raise ProblemError(int(answer.status_code), answer.content, answer.headers)
    return answer.parsed
