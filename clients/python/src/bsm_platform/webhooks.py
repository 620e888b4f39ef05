"""Webhooks, as in the Standard Webhooks specification."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

#: A clock may differ by this much, and a delivery be this old.
TOLERANCE_SECONDS = 300
PREFIX = "whsec_"


class WebhookError(Exception):
    """Why a delivery is not to be believed."""


def verify_webhook(
    secrets: str | Iterable[str],
    headers: Mapping[str, str],
    body: bytes | str,
    now: float | None = None,
) -> Any:
    """The event in a delivery, when one of these secrets (``whsec_…``) signed it within five minutes.

    ``body`` is the body as it came, not parsed and written anew. A delivery may come twice: its
    ``webhook-id`` stays the same.
    """
    given = {name.lower(): value for name, value in headers.items()}
    try:
        identity, at, signatures = (
            given[f"webhook-{name}"] for name in ("id", "timestamp", "signature")
        )
    except KeyError as missing:
        raise WebhookError(f"The header {missing} is missing.") from None
    if not (at.isascii() and at.isdecimal() and len(at) <= 12):
        raise WebhookError("The timestamp is not one.")
    if abs((time.time() if now is None else now) - int(at)) > TOLERANCE_SECONDS:
        raise WebhookError("The timestamp is too far from now.")
    content = body.encode() if isinstance(body, str) else body
    signed = f"{identity}.{at}.".encode() + content
    for secret in [secrets] if isinstance(secrets, str) else secrets:
        try:
            key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            raise WebhookError("The secret is not one.") from None
        ours = base64.b64encode(hmac.digest(key, signed, hashlib.sha256))
        for signature in signatures.split(" "):
            version, _, value = signature.partition(",")
            if version == "v1" and hmac.compare_digest(ours, value.encode()):
                return json.loads(content)
    raise WebhookError("No signature is ours.")
