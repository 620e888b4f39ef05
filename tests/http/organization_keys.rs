//! API keys for one organization: what they see of others is nothing.

use bsm_domain::api_key::Scope::{
    EventsRead, FeedbackRead, InsightsRead, TicketsRead, TicketsWrite, UsersRead, UsersWrite,
};
use bsm_tests::Desk;
use serde_json::json;

/// A key for one organization sees that one's things; the rest is not there, or refused.
async fn a_key_for_one_organization_sees_no_other(desk: &Desk) {
    let scopes = [
        TicketsRead,
        TicketsWrite,
        FeedbackRead,
        InsightsRead,
        UsersRead,
        UsersWrite,
        EventsRead,
    ];
    let program = desk.program(&scopes, Some(desk.acme)).await;
    let ours = desk.ticket_in(&desk.ana, "resolved").await;
    let theirs = desk.ticket_in(&desk.carla, "resolved").await;
    let nobodys = desk.ticket_of(&desk.dora, "Of no company").await;
    for (person, ticket) in [(&desk.ana, &ours), (&desk.carla, &theirs)] {
        let path = format!("/api/customer/tickets/{ticket}/rating");
        person.put(&path, json!({"score": 1})).await.ok(200);
    }
    let follow = json!({"subject": "Goes on", "description": "Words.", "follow_up_of": theirs});
    desk.carla
        .post("/api/customer/tickets", follow)
        .await
        .ok(201);

    // Tickets, and everything under them.
    assert_eq!(
        program.get("/api/admin/tickets").await.ok(200).ids(),
        [ours.as_str()]
    );
    let elsewhere = format!("/api/admin/tickets?organization={}", desk.globex);
    assert!(program.get(&elsewhere).await.ok(200).ids().is_empty());
    let counts = program.get("/api/admin/tickets/counts").await.ok(200);
    assert_eq!(counts.body["total"], 1);
    program
        .get(&format!("/api/admin/tickets/{ours}/messages"))
        .await
        .ok(200);
    for other in [&theirs, &nobodys] {
        for rest in ["", "/messages", "/history"] {
            let answer = program
                .get(&format!("/api/admin/tickets/{other}{rest}"))
                .await;
            assert_eq!((answer.status, answer.code()), (404, "not_found"), "{rest}");
        }
        let path = format!("/api/admin/tickets/{other}");
        assert_eq!(
            program
                .patch(&path, "*", json!({"priority": "low"}))
                .await
                .status,
            404
        );
        let message = json!({"body": "Words.", "visibility": "internal"});
        assert_eq!(
            program
                .post(&format!("{path}/messages"), message)
                .await
                .status,
            404
        );
    }
    let opened =
        |who| json!({"requester_id": who, "subject": "By a program", "description": "Words."});
    program
        .post("/api/admin/tickets", opened(desk.ben.id))
        .await
        .ok(201);
    for other in [desk.carla.id, desk.dora.id] {
        let answer = program.post("/api/admin/tickets", opened(other)).await;
        assert_eq!(answer.status, 422, "{}", answer.text);
    }

    // People.
    let people = program.get("/api/admin/users?limit=100").await.ok(200);
    assert!(
        people.body["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|u| u["organization"]["id"] == json!(desk.acme))
    );
    assert_eq!(people.ids().len(), 3);
    for other in [desk.carla.id, desk.dora.id, desk.agent.id] {
        let path = format!("/api/admin/users/{other}");
        assert_eq!(program.get(&path).await.status, 404);
        assert_eq!(
            program
                .patch(&path, "*", json!({"name": "Mallory"}))
                .await
                .status,
            404
        );
        let insight = format!("/api/admin/customer-insights/{other}");
        assert_eq!(program.get(&insight).await.status, 404);
    }
    let person = |organization| json!({"email": "x@x.example", "name": "X", "role": "customer", "organization_id": organization});
    for body in [person(Some(desk.globex)), person(None)] {
        assert_eq!(program.post("/api/admin/users", body).await.status, 422);
    }
    program
        .post("/api/admin/users", person(Some(desk.acme)))
        .await
        .ok(201);
    let ben = format!("/api/admin/users/{}", desk.ben.id);
    for body in [
        json!({"organization_id": desk.globex}),
        json!({"organization_id": null}),
    ] {
        assert_eq!(program.patch(&ben, "*", body).await.status, 422);
    }
    assert_eq!(
        program.get("/api/admin/organizations").await.ok(200).ids(),
        [desk.acme.to_string()]
    );
    let globex = format!("/api/admin/organizations/{}", desk.globex);
    assert_eq!(program.get(&globex).await.status, 404);
    assert_eq!(
        program
            .patch(&globex, "*", json!({"name": "X"}))
            .await
            .status,
        403
    );

    // Ratings and figures.
    let feedback = program.get("/api/admin/feedback").await.ok(200);
    assert_eq!(feedback.ids().len(), 1);
    assert_eq!(feedback.body["items"][0]["ticket"]["id"], ours.as_str());
    let insights = program
        .get("/api/admin/customer-insights?limit=100")
        .await
        .ok(200);
    let rows = insights.body["items"].as_array().unwrap();
    assert!(
        rows.len() == 4
            && rows
                .iter()
                .all(|r| r["customer"]["organization"]["id"] == json!(desk.acme))
    );
    let elsewhere = format!("/api/admin/customer-insights?organization={}", desk.globex);
    assert_eq!(
        program.get(&elsewhere).await.ok(200).body["items"],
        json!([])
    );
    for path in [
        "/api/admin/dashboard",
        "/api/admin/feedback/summary",
        "/api/admin/resolutions",
        &format!("/api/admin/customer-insights/{}/activity", desk.ben.id),
    ] {
        assert_eq!(program.get(path).await.status, 403, "{path}");
    }
}

/// A stream of such a key tells what happens to its organization's tickets, and nothing else.
/// Neither does the log.
async fn a_stream_of_one_organization_tells_of_no_other(desk: &Desk) {
    const LOG: &str = "/api/admin/events/log";
    let limited = desk.program(&[EventsRead], Some(desk.acme)).await;
    desk.all_events_have_positions().await;
    let end = limited.get(&format!("{LOG}?after=latest")).await.ok(200);
    let end = end.body["position"]
        .as_str()
        .expect("a position")
        .to_owned();
    let mut stream = limited.stream("/api/admin/events", None).await;
    stream.until("hello").await;
    let mut wide = desk.agent.stream("/api/admin/events", None).await;
    wide.until("hello").await;
    desk.ticket_of(&desk.carla, "Not ours").await;
    desk.ticket_of(&desk.dora, "Nobody's").await;
    desk.admin
        .post("/api/admin/services", json!({"name": "For all"}))
        .await
        .ok(201);
    let user = format!("/api/admin/users/{}", desk.carla.id);
    desk.admin
        .patch(&user, "*", json!({"name": "Carla C."}))
        .await
        .ok(200);
    let ours = desk.ticket_of(&desk.ben, "Ours").await;
    wide.until("user.updated").await;
    let first = stream.next().await.expect("an event");
    assert_eq!(
        (first.name.as_str(), first.data["subject"]["id"].as_str()),
        ("ticket.created", Some(ours.as_str()))
    );
    let log = limited.get(&format!("{LOG}?after={end}")).await.ok(200);
    let told = log.body["items"].as_array().expect("events");
    let subjects: Vec<_> = told.iter().map(|event| &event["subject"]["id"]).collect();
    assert_eq!(subjects, [&json!(ours)]);
    let all = desk.agent.get(&format!("{LOG}?after={end}")).await.ok(200);
    let mut all = all.body["items"].as_array().expect("events").iter();
    assert!(all.any(|event| event["subject"]["id"] == json!(desk.carla.id)));
}

bsm_tests::served_on_both_engines! {
    a_key_for_one_organization_sees_no_other,
    a_stream_of_one_organization_tells_of_no_other,
}
