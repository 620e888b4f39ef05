"""Server-Sent Events."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
from httpx_sse import EventSource

from .problems import ProblemError

#: The server writes a comment every 15 s; a connection silent for longer is dead.
SILENCE_SECONDS = 40.0
WAIT_LEAST_SECONDS = 0.5
WAIT_MOST_SECONDS = 30.0


@dataclass(frozen=True)
class Message:
    """One message of the stream."""

    #: The place in the log after this message: keep it, and go on there with ``after``.
    id: str | None
    #: ``hello``, ``reset``, ``position``, ``bye``, or the kind of an event such as ``ticket.created``.
    type: str
    #: What it says; of an event: ``id, type, occurred_at, actor, subject, changes``.
    data: dict[str, Any]


def listen(
    url: str,
    token: str | Callable[[], str],
    *,
    after: str | None = None,
    client: httpx.Client | None = None,
) -> Iterator[Message]:
    """Listens until the caller stops taking messages.

    ``url`` is that of a stream, ``…/api/admin/events``; ``token`` an API key or an access token, or what
    gives a fresh one. After each end of the connection it goes on where it was, waiting longer after each
    failure. A problem that waiting does not mend (401, 403, 400) is raised as a ``ProblemError``.
    """
    http = client or httpx.Client()
    position = after
    failures = 0
    while True:
        headers = {
            "Accept": "text/event-stream",
            "Authorization": f"Bearer {token if isinstance(token, str) else token()}",
        }
        if position is not None:
            headers["Last-Event-ID"] = position
        try:
            timeout = httpx.Timeout(10.0, read=SILENCE_SECONDS)
            with http.stream("GET", url, headers=headers, timeout=timeout) as answer:
                if answer.status_code != 200:
                    raise ProblemError(answer.status_code, answer.read(), answer.headers)
                for event in EventSource(answer).iter_sse():
                    failures = 0
                    position = event.id or position
                    yield Message(position, event.event, event.json())
        except httpx.TransportError:
            failures += 1
        except ProblemError as problem:
            if not problem.is_temporary:
                raise
            failures += 1
        most = min(WAIT_LEAST_SECONDS * 2**failures, WAIT_MOST_SECONDS)
        time.sleep(random.uniform(most / 2, most))
