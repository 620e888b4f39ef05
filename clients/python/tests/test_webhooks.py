"""Signatures: the specification's example, and what another library signed."""

import datetime

import pytest
from bsm_platform import WebhookError, verify_webhook
from standardwebhooks import Webhook

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
# The example that the libraries of the Standard Webhooks specification share.
KNOWN = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
BODY = b'{"test": 2432232314}'
AT = 1614265330


def test_the_known_example():
    assert verify_webhook(SECRET, KNOWN, BODY, AT) == {"test": 2432232314}


def test_what_another_library_signed():
    now = datetime.datetime.now(tz=datetime.timezone.utc)
    body = '{"type":"ticket.created","name":"Ünal"}'
    headers = {
        "Webhook-Id": "a-delivery",
        "Webhook-Timestamp": str(int(now.timestamp())),
        "Webhook-Signature": Webhook(SECRET).sign("a-delivery", now, body),
    }
    assert verify_webhook(["whsec_b3RoZXI=", SECRET], headers, body)["type"] == "ticket.created"


@pytest.mark.parametrize(
    ("secret", "changed", "body", "at"),
    [
        ("whsec_b3RoZXI=", {}, BODY, AT),
        (SECRET, {}, b'{"test": 2432232315}', AT),
        (SECRET, {"webhook-id": "msg_other"}, BODY, AT),
        (SECRET, {}, BODY, AT + 301),
        (SECRET, {}, BODY, AT - 301),
        (SECRET, {"webhook-timestamp": "NaN"}, BODY, AT),
        (SECRET, {"webhook-signature": ""}, BODY, AT),
        (SECRET, {"webhook-signature": KNOWN["webhook-signature"].replace("v1", "v2")}, BODY, AT),
        (SECRET, {"webhook-signature": "v1,é"}, BODY, AT),
        ("whsec_?", {}, BODY, AT),
    ],
)
def test_what_is_not_believed(secret, changed, body, at):
    with pytest.raises(WebhookError):
        verify_webhook(secret, KNOWN | changed, body, at)
