//! Where articles come from and what stands around them: tickets, old addresses, related articles.

use bsm_tests::Desk;
use serde_json::json;

const LIST: &str = "/api/admin/knowledge-base";

/// A draft from a ticket has what was asked and answered in public, and nothing that tells who asked;
/// it is linked both ways for staff and for staff alone.
async fn an_article_from_a_ticket_names_nobody_and_has_no_notes(desk: &Desk) {
    let body = json!({"subject": "Test ben cannot print",
        "description": "Hello, I am Ben of Acme. Write to ben@acme.example.\n\nIt beeps."});
    let made = desk.ben.post("/api/customer/tickets", body).await.ok(201);
    let (ticket, number) = (made.str("/id").to_owned(), made.str("/number").to_owned());
    desk.staff_message(&ticket, "internal", "They have not paid. SECRET")
        .await;
    desk.staff_message(&ticket, "public", "Turn it off and on, Ben.")
        .await;
    let path = format!("/api/customer/tickets/{ticket}/messages");
    desk.ana
        .post(&path, json!({"body": "BEN says it works. Regards, ana"}))
        .await
        .ok(201);

    let path = format!("/api/admin/tickets/{number}/article-draft");
    let draft = desk.agent.get(&path).await.ok(200);
    assert_eq!(draft.str("/title"), "[name] cannot print");
    assert_eq!(
        draft.str("/body"),
        "## Question\n\nHello, I am [name] of [name]. Write to [e-mail].\n\nIt beeps.\n\n\
         ## Answer\n\nTurn it off and on, [name].\n\n\
         ## Further question\n\n[name] says it works. Regards, [name]\n"
    );
    for private in ["SECRET", "paid", "ben", "Ben", "BEN", "ana", "Acme", "acme"] {
        assert!(!draft.text.contains(private), "{private} in {}", draft.text);
    }
    assert_eq!(
        draft.body["ticket"],
        json!({"id": ticket, "number": number})
    );
    assert_eq!(desk.count("select count(*) from knowledge_base").await, 0);
    desk.ben.get(&path).await.ok(403);
    desk.agent
        .get("/api/admin/tickets/TKT-99999/article-draft")
        .await
        .ok(404);

    let body = json!({"title": draft.str("/title"), "body": draft.str("/body"), "ticket_id": ticket,
        "visibility": "public", "slug": "printing"});
    let article = desk.agent.post(LIST, body).await.ok(201);
    assert_eq!(article.body["ticket"]["number"], number);
    let id = article.str("/id");
    let of_ticket = desk
        .agent
        .get(&format!("{LIST}?ticket={ticket}"))
        .await
        .ok(200);
    assert_eq!(of_ticket.ids(), [id]);
    let unknown = json!({"title": "From nowhere", "ticket_id": id});
    let refused = desk.agent.post(LIST, unknown).await.ok(422);
    assert_eq!(refused.bad_fields()[0].0, "/ticket_id");

    let publish = format!("{LIST}/{id}/publish");
    desk.agent.post(&publish, json!({})).await.ok(200);
    for answer in [
        desk.nobody().get("/knowledge-base-articles/printing").await,
        desk.ben.get("/api/customer/knowledge-base/printing").await,
    ] {
        let answer = answer.ok(200);
        assert!(!answer.text.contains(&number) && !answer.text.contains(&ticket));
    }
}

/// Authors see which old addresses lead to an article, and which others its readers are offered.
async fn authors_see_old_addresses_and_related_articles(desk: &Desk) {
    let publish = async |title: &str, visibility: &str| {
        let body = json!({"title": title, "body": "Text", "category": "Network", "visibility": visibility,
            "tags": ["wifi"]});
        let id = desk
            .agent
            .post(LIST, body)
            .await
            .ok(201)
            .str("/id")
            .to_owned();
        let path = format!("{LIST}/{id}/publish");
        desk.agent.post(&path, json!({})).await.ok(200);
        id
    };
    let id = publish("First name", "public").await;
    let open = publish("Open to all", "public").await;
    publish("Customers alone", "customers").await;
    let path = format!("{LIST}/{id}");
    let context = format!("{path}/context");
    assert_eq!(
        desk.agent.get(&context).await.ok(200).body["old_slugs"],
        json!([])
    );
    for slug in ["second-name", "third-name"] {
        desk.agent
            .patch(&path, "*", json!({"slug": slug}))
            .await
            .ok(200);
        desk.agent
            .post(&format!("{path}/publish"), json!({}))
            .await
            .ok(200);
    }
    let known = desk.agent.get(&context).await.ok(200);
    assert_eq!(
        known.body["old_slugs"],
        json!(["first-name", "second-name"])
    );
    let related = json!([{"id": open, "title": "Open to all", "visibility": "public"}]);
    assert_eq!(known.body["related"], related);
    // Tags are kept with one blank between words, and once whatever their case.
    let tags = json!({"tags": ["remote   work ", "VPN"]});
    let kept = desk.agent.patch(&path, "*", tags).await.ok(200);
    assert_eq!(kept.body["tags"], json!(["remote work", "VPN"]));
    let twice = desk
        .agent
        .patch(&path, "*", json!({"tags": ["vpn", "VPN"]}))
        .await;
    assert_eq!(twice.ok(422).bad_fields()[0].0, "/tags");
}

bsm_tests::served_on_both_engines! {
    an_article_from_a_ticket_names_nobody_and_has_no_notes,
    authors_see_old_addresses_and_related_articles,
}
