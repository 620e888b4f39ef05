//! What staff have begun to write to a ticket is kept for them alone, until it is sent.

use bsm_tests::{Answer, Client, Desk, send};
use reqwest::Method;
use serde_json::{Value, json};

fn path(ticket: &str) -> String {
    format!("/api/admin/tickets/{ticket}/draft")
}

fn texts(reply: &str, note: &str) -> Value {
    json!({"visibility": "public", "reply": reply, "note": note})
}

/// Puts a draft in place of a version.
async fn put_over(client: &Client, ticket: &str, version: &str, body: Value) -> Answer {
    let request = client.request(Method::PUT, &path(ticket));
    send(request.header("If-Match", version).json(&body)).await
}

async fn a_draft_is_kept_for_its_writer_alone(desk: &Desk) {
    let id = desk.ticket_of(&desk.ana, "Drafted").await;
    let none = desk.agent.get(&path(&id)).await.ok(200);
    assert_eq!(none.header("etag"), "\"0\"");
    let empty =
        json!({"visibility": "public", "reply": "", "note": "", "updated_at": null, "version": 0});
    assert_eq!(none.body, empty);

    let put = desk
        .agent
        .put(&path(&id), texts("Dear Ana", "She is new."))
        .await;
    let put = put.ok(200);
    let read = desk.agent.get(&path(&id)).await.ok(200);
    assert_eq!(read.body, put.body);
    assert_eq!(read.body["reply"], "Dear Ana");
    assert_eq!(read.body["note"], "She is new.");
    assert_eq!(read.header("cache-control"), "no-store");
    assert_eq!(read.header("etag"), put.header("etag"));
    // By its number as well as by its id.
    let ticket = desk.agent.get(&format!("/api/admin/tickets/{id}")).await;
    let by_number = desk.agent.get(&path(ticket.str("/number"))).await.ok(200);
    assert_eq!(by_number.body, read.body);

    assert_eq!(desk.admin.get(&path(&id)).await.ok(200).body, empty);
    assert_eq!(desk.ana.get(&path(&id)).await.status, 403);
    assert_eq!(desk.nobody().get(&path(&id)).await.status, 401);
    desk.admin.put(&path(&id), texts("Mine", "")).await.ok(200);
    assert_eq!(desk.agent.get(&path(&id)).await.body, read.body);
    for unknown in ["TKT-999999", "0192f0c1-2345-7abc-8def-0123456789ab", "x"] {
        assert_eq!(desk.agent.get(&path(unknown)).await.status, 404);
        let put = desk.agent.put(&path(unknown), texts("a", "b")).await;
        assert_eq!(put.status, 404);
    }
}

async fn nothing_that_is_written_elsewhere_is_lost_unseen(desk: &Desk) {
    let id = desk.ticket_of(&desk.ana, "Two devices").await;
    let desktop = put_over(&desk.agent, &id, "\"0\"", texts("From the desk", "")).await;
    let desktop = desktop.ok(200);
    let phone = put_over(&desk.agent, &id, "\"0\"", texts("From the train", "")).await;
    assert_eq!((phone.status, phone.code()), (412, "version_mismatch"));
    assert_eq!(phone.body["current"], desktop.body);
    // The answer was lost: the same again is no conflict and changes nothing.
    let again = put_over(&desk.agent, &id, "\"0\"", texts("From the desk", "")).await;
    assert_eq!(again.ok(200).body, desktop.body);
    let insists = desk
        .agent
        .put(&path(&id), texts("From the train", ""))
        .await;
    assert_eq!(insists.ok(200).body["reply"], "From the train");

    // What is written after a deletion is not taken for what was there before.
    let old = desktop.header("etag").to_owned();
    let gone = desk.agent.delete(&path(&id), &old).await;
    assert_eq!(gone.status, 412);
    desk.agent.delete(&path(&id), "*").await.ok(204);
    desk.agent.delete(&path(&id), "*").await.ok(204);
    put_over(&desk.agent, &id, "\"0\"", texts("Anew", ""))
        .await
        .ok(200);
    assert_eq!(
        put_over(&desk.agent, &id, &old, texts("x", ""))
            .await
            .status,
        412
    );
    let no_version = send(desk.agent.request(Method::DELETE, &path(&id))).await;
    assert_eq!(no_version.status, 428);
    // Two empty texts are no draft.
    let emptied = desk.agent.put(&path(&id), texts("", "")).await.ok(200);
    assert_eq!(emptied.body["version"], 0);
    assert_eq!(desk.count("select count(*) from reply_drafts").await, 0);
}

async fn sending_ends_the_draft_and_leaves_the_other_text(desk: &Desk) {
    let id = desk.ticket_of(&desk.ana, "Sent").await;
    desk.agent
        .put(&path(&id), texts("Dear Ana", "Not yet."))
        .await
        .ok(200);
    desk.admin
        .put(&path(&id), texts("Me too", ""))
        .await
        .ok(200);
    // A refused message ends nothing.
    let messages = format!("/api/admin/tickets/{id}/messages");
    let refused = desk
        .agent
        .post(&messages, json!({"body": " ", "visibility": "public"}))
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(desk.agent.get(&path(&id)).await.body["reply"], "Dear Ana");

    let send_it = |key: &str| {
        let request = desk.agent.request(Method::POST, &messages);
        let body = json!({"body": "Dear Ana, done.", "visibility": "public"});
        send(request.header("Idempotency-Key", key).json(&body))
    };
    send_it("k").await.ok(201);
    let left = desk.agent.get(&path(&id)).await.ok(200);
    assert_eq!((left.str("/reply"), left.str("/note")), ("", "Not yet."));
    assert_eq!(desk.admin.get(&path(&id)).await.body["reply"], "Me too");
    // The same call again is answered from what is kept: what was written since stays.
    desk.agent
        .put(&path(&id), texts("And another thing", ""))
        .await
        .ok(200);
    send_it("k").await.ok(201);
    assert_eq!(
        desk.agent.get(&path(&id)).await.body["reply"],
        "And another thing"
    );
    desk.staff_message(&id, "public", "And another thing").await;
    assert_eq!(desk.agent.get(&path(&id)).await.body["version"], 0);
    assert_eq!(desk.count("select count(*) from reply_drafts").await, 1);
}

/// Neither customers nor colleagues hear of it, and nothing of the ticket moves.
async fn drafts_leave_no_trace(desk: &Desk) {
    let id = desk.ticket_of(&desk.ana, "Quiet").await;
    let ticket = format!("/api/admin/tickets/{id}");
    let before = desk.agent.get(&ticket).await.ok(200);
    let events = desk.count("select count(*) from events").await;
    let audit = desk.count("select count(*) from audit").await;
    desk.agent
        .put(&path(&id), texts("Dear Ana", "Hm"))
        .await
        .ok(200);
    desk.agent.delete(&path(&id), "*").await.ok(204);
    assert_eq!(desk.count("select count(*) from events").await, events);
    assert_eq!(desk.count("select count(*) from audit").await, audit);
    assert_eq!(desk.agent.get(&ticket).await.body, before.body);
}

async fn drafts_are_bounded_as_messages_are(desk: &Desk) {
    let id = desk.ticket_of(&desk.ana, "Bounded").await;
    let most = "ü".repeat(20_000);
    desk.agent
        .put(&path(&id), texts(&most, &most))
        .await
        .ok(200);
    for (body, field) in [
        (texts(&format!("{most}x"), ""), "/reply"),
        (texts("", &format!("{most}x")), "/note"),
        (texts("a\u{0}b", ""), "/reply"),
        (
            json!({"visibility": "secret", "reply": "", "note": ""}),
            "/visibility",
        ),
        (json!({"visibility": "public", "reply": ""}), "/note"),
        (
            json!({"visibility": "public", "reply": "", "note": "", "user_id": "x"}),
            "/user_id",
        ),
    ] {
        let refused = desk.agent.put(&path(&id), body).await;
        assert_eq!(refused.status, 422, "{}", refused.text);
        assert_eq!(refused.bad_fields()[0].0, field);
    }
}

/// Whoever is staff no longer leaves nothing that they began to write as such.
async fn drafts_go_with_the_role(desk: &Desk) {
    let id = desk.ticket_of(&desk.ana, "Handed on").await;
    desk.agent
        .put(&path(&id), texts("Dear Ana", ""))
        .await
        .ok(200);
    let user = format!("/api/admin/users/{}", desk.agent.id);
    desk.admin
        .patch(&user, "*", json!({"role": "customer"}))
        .await
        .ok(200);
    assert_eq!(desk.count("select count(*) from reply_drafts").await, 0);
}

/// A person in two tabs at once: one of the texts is kept, the other comes back to its writer.
async fn two_at_once_lose_nothing(desk: &Desk) {
    let id = desk.ticket_of(&desk.ana, "At once").await;
    for round in 0..5 {
        let now = desk.agent.get(&path(&id)).await.ok(200);
        let version = now.header("etag").to_owned();
        let (one, two) = (
            texts(&format!("one {round}"), ""),
            texts(&format!("two {round}"), ""),
        );
        let (a, b) = futures_util::future::join(
            put_over(&desk.agent, &id, &version, one),
            put_over(&desk.agent, &id, &version, two),
        )
        .await;
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "{} {}", a.text, b.text);
        let (won, lost) = if a.status == 200 { (a, b) } else { (b, a) };
        assert_eq!(lost.body["current"], won.body);
    }
}

bsm_tests::served_on_both_engines! {
    a_draft_is_kept_for_its_writer_alone,
    nothing_that_is_written_elsewhere_is_lost_unseen,
    sending_ends_the_draft_and_leaves_the_other_text,
    drafts_leave_no_trace,
    drafts_are_bounded_as_messages_are,
    drafts_go_with_the_role,
    two_at_once_lose_nothing,
}
