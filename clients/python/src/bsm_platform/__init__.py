"""The client of BSM Platform's API.

``bsm_platform.customer`` and ``bsm_platform.admin`` are made from the OpenAPI documents: a function an
operation, a class a schema. Beside them stand a few helpers that a generator cannot know of.
"""

from .events import Message, listen
from .pages import read_all
from .problems import ProblemError, unwrap
from .webhooks import WebhookError, verify_webhook

__all__ = [
    "Message",
    "ProblemError",
    "WebhookError",
    "listen",
    "read_all",
    "unwrap",
    "verify_webhook",
]
