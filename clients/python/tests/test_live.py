"""The client against a running server with demo data, at BSM_URL."""

import os
import uuid

import pytest
from bsm_platform import ProblemError, listen, read_all, unwrap
from bsm_platform.admin.api.tickets import tickets_list as desk_list
from bsm_platform.admin.client import AuthenticatedClient as DeskClient
from bsm_platform.customer.api.rating import tickets_rate
from bsm_platform.customer.api.sign_in import auth_login
from bsm_platform.customer.api.tickets import tickets_create, tickets_get, tickets_list
from bsm_platform.customer.client import AuthenticatedClient, Client
from bsm_platform.customer.models import CustomerTicketCreate, Login, RatingPut

URL = os.environ["BSM_URL"]


def token_of(email: str) -> str:
    body = Login(email=email, password="demo-password")
    return unwrap(auth_login.sync_detailed(client=Client(base_url=URL), body=body)).access_token


@pytest.fixture(scope="module")
def ana() -> AuthenticatedClient:
    return AuthenticatedClient(base_url=URL, token=token_of("ana@acme.example"))


@pytest.fixture(scope="module")
def agent() -> DeskClient:
    return DeskClient(base_url=URL, token=token_of("agent@demo.example"))


def opened(client: AuthenticatedClient, subject: str, key: str | None = None):
    body = CustomerTicketCreate(subject=subject, description="Since this morning.")
    key = key or str(uuid.uuid4())
    return unwrap(tickets_create.sync_detailed(client=client, body=body, idempotency_key=key))


def test_a_ticket_is_made_once_however_often_it_is_sent(ana):
    key = str(uuid.uuid4())
    ticket = opened(ana, "The printer is silent", key)
    assert ticket.status == "new"
    assert opened(ana, "The printer is silent", key).id == ticket.id


def test_a_list_is_read_page_by_page(ana, agent):
    ticket = opened(ana, "On some page")
    numbers = {row.number for row in read_all(tickets_list.sync_detailed, client=ana, limit=2)}
    assert ticket.number in numbers
    assert len(numbers) > 2
    rows = list(read_all(desk_list.sync_detailed, client=agent, status="new,open", limit=50))
    assert rows
    assert {row.status for row in rows} <= {"new", "open"}


def test_an_event_is_heard_and_again_after_its_predecessor(ana, agent):
    url = f"{URL}/api/admin/events"
    start = ticket = None
    for message in listen(url, agent.token):
        if message.type == "hello":
            start = message.id
            ticket = opened(ana, "Somebody listens")
        elif message.type == "ticket.created":
            assert message.data["subject"]["id"] == str(ticket.id)
            break
    for message in listen(url, lambda: agent.token, after=start):
        if message.type == "ticket.created":
            assert message.data["subject"]["id"] == str(ticket.id)
            break
    with pytest.raises(ProblemError) as refused:
        next(listen(url, "not-a-token"))
    assert refused.value.status == 401


def test_problems_say_what_is_wrong(ana):
    with pytest.raises(ProblemError) as bad:
        unwrap(
            tickets_create.sync_detailed(
                client=ana, body=CustomerTicketCreate(subject="", description="")
            )
        )
    assert (bad.value.status, bad.value.code) == (422, "invalid_body")
    assert {field["pointer"] for field in bad.value.errors} == {"/subject", "/description"}

    with pytest.raises(ProblemError) as missing:
        unwrap(tickets_get.sync_detailed(str(uuid.uuid4()), client=ana))
    assert (missing.value.status, missing.value.code) == (404, "not_found")

    ticket = opened(ana, "Not resolved yet")
    with pytest.raises(ProblemError) as early:
        unwrap(tickets_rate.sync_detailed(str(ticket.id), client=ana, body=RatingPut(score=5)))
    assert (early.value.status, early.value.code) == (409, "ticket_not_resolved")
