"""Lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .problems import unwrap


def read_all(operation: Callable[..., Any], **arguments: Any) -> Iterator[Any]:
    """Reads a list to its end, one page after the other, as fast as its rows are taken.

    ``operation`` is the ``sync_detailed`` of a list: ``read_all(tickets_list.sync_detailed, client=client)``.
    """
    while True:
        page = unwrap(operation(**arguments))
        yield from page.items
        if not page.next_cursor:
            return
        arguments["cursor"] = page.next_cursor
