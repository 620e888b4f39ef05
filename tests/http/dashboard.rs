//! The first screen of the desk: each figure is the count of the list it leads to.

use bsm_domain::actor::Portal;
use bsm_tests::Desk;
use serde_json::{Value, json};

/// The total that a list's counts have.
async fn total(desk: &Desk, filters: &str) -> Value {
    let path = format!("/api/admin/tickets/counts?{filters}");
    desk.agent.get(&path).await.ok(200).body["total"].clone()
}

/// Opens tickets in every state, some reopened, some waiting, some rated.
async fn a_day_at_work(desk: &Desk) {
    for status in [
        "new",
        "open",
        "pending",
        "on_hold",
        "resolved",
        "closed",
        "withdrawn",
    ] {
        desk.ticket_in(&desk.ana, status).await;
        let id = desk.ticket_in(&desk.carla, status).await;
        if matches!(status, "open" | "pending") {
            desk.change_ticket(&id, json!({"assignee_id": desk.agent.id}))
                .await;
            desk.staff_message(&id, "public", "We look into it.").await;
        }
    }
    let undone = desk.ticket_in(&desk.ben, "resolved").await;
    let reopen = format!("/api/customer/tickets/{undone}/reopen");
    desk.ben.post(&reopen, json!({})).await.ok(200);
    let rated = desk.ticket_in(&desk.ben, "resolved").await;
    let rating = format!("/api/customer/tickets/{rated}/rating");
    desk.ben.put(&rating, json!({"score": 2})).await.ok(200);
    // Answered, and asked again.
    let id = desk.ticket_of(&desk.dora, "Asked twice").await;
    desk.staff_message(&id, "public", "Like this.").await;
    let reply = format!("/api/customer/tickets/{id}/messages");
    desk.dora
        .post(&reply, json!({"body": "But how?"}))
        .await
        .ok(201);
}

/// As if tickets had been opened so many days ago; of less than none by a clock that was ahead.
async fn tickets_of_ages(desk: &Desk, ages: &[i64]) {
    for days in ages {
        let id = desk.ticket_of(&desk.carla, "Of an age").await;
        let id: bsm_domain::ids::TicketId = id.parse().expect("an id");
        let opened = desk.state.app.now() - chrono::Duration::days(*days);
        desk.db()
            .write(async |tx| {
                tx.q("update tickets set created_at = $1 where id = $2")
                    .bind(opened)
                    .bind(id)
                    .execute()
                    .await
            })
            .await
            .expect("moved");
    }
}

async fn figures_are_those_of_their_lists(desk: &Desk) {
    a_day_at_work(desk).await;
    tickets_of_ages(desk, &[-3, 2, 5, 20, 20, 31, 90, 400]).await;
    for zone in ["UTC", "America/New_York", "Asia/Kolkata"] {
        let path = format!("/api/admin/dashboard?time_zone={zone}&days=3");
        let told = desk.agent.get(&path).await.ok(200).body;
        let open = "status=new,open,pending,on_hold";
        let needed = &told["needed"];
        assert_eq!(
            needed["unassigned"],
            total(desk, &format!("{open}&assignee=none")).await
        );
        assert_eq!(
            needed["waiting"],
            total(desk, "status=new,open&waiting=true").await
        );
        assert_eq!(
            needed["reopened"],
            total(desk, "status=new,open&reopened=true").await
        );
        assert_eq!(needed["reopened"], 1);
        let queue = "/api/admin/feedback?score=1,2&seen=false&limit=100";
        let queue = desk.agent.get(queue).await.ok(200);
        let low = queue.body["items"].as_array().map(Vec::len);
        assert_eq!((low, &needed["low_scores"]), (Some(1), &json!(1)));
        // Two new, one open, the one reopened, the one asked again, those of ages; not the one just answered.
        assert_eq!(needed["waiting"], 13);
        let longest = "/api/admin/tickets?status=new,open&sort=waiting_since&limit=100";
        let waiting = desk.agent.get(longest).await.ok(200);
        assert_eq!(waiting.body["items"].as_array().map(Vec::len), Some(13));
        assert_eq!(
            needed["longest_waiting_since"],
            waiting.body["items"][0]["waiting_since"]
        );

        let volume = told["volume"].as_array().expect("days");
        assert_eq!(volume.len(), 3);
        for day in volume {
            let (from, to) = (
                day["from"].as_str().expect("a time"),
                day["to"].as_str().expect("a time"),
            );
            let created = total(desk, &format!("created_from={from}&created_to={to}")).await;
            let resolved = total(desk, &format!("resolved_from={from}&resolved_to={to}")).await;
            assert_eq!(
                (&day["created"], &day["resolved"]),
                (&created, &resolved),
                "{day}"
            );
        }
        let today = &told["today"];
        let (from, to) = (
            today["from"].as_str().expect("a time"),
            today["to"].as_str().expect("a time"),
        );
        assert_eq!(
            today["answered"],
            total(desk, &format!("answered_from={from}&answered_to={to}")).await
        );
        assert_eq!(today["rating"], json!({"average": 2.0, "count": 1}));
        assert!(today["first_response_seconds"]["median"].is_i64());

        let mut all = 0;
        for age in told["backlog"].as_array().expect("ages") {
            let from = age["from"]
                .as_str()
                .map_or(String::new(), |from| format!("&created_from={from}"));
            let to = age["to"].as_str().expect("a time");
            let count = total(desk, &format!("{open}{from}&created_to={to}")).await;
            assert_eq!(age["tickets"], count, "{age}");
            all += age["tickets"].as_i64().expect("a count");
        }
        let oldest = &told["backlog"][4];
        assert_eq!(
            (&oldest["from"], &oldest["tickets"]),
            (&Value::Null, &json!(3))
        );
        let whole = total(desk, open).await.as_i64().expect("a count");
        assert_eq!(whole, all + 1, "all but what was opened ahead");
        assert_eq!(told["time_zone"], zone);
    }
}

/// Staff read it; what cannot be a zone or a number of days is refused.
async fn what_is_wrong_is_refused(desk: &Desk) {
    let path = "/api/admin/dashboard";
    for query in [
        "time_zone=Mars/Base",
        "time_zone=",
        "days=0",
        "days=91",
        "days=-1",
        "zone=UTC",
    ] {
        let answer = desk.agent.get(&format!("{path}?{query}")).await;
        assert_eq!(
            (answer.status, answer.code()),
            (400, "invalid_query"),
            "{query}"
        );
    }
    let agent = desk.sign_in(desk.agent.id, Portal::Admin).await;
    let empty = agent.get(path).await.ok(200).body;
    assert_eq!(empty["volume"].as_array().map(Vec::len), Some(14));
    assert_eq!(empty["needed"]["longest_waiting_since"], Value::Null);
    assert_eq!(empty["today"]["first_response_seconds"], Value::Null);
    assert_eq!(
        empty["today"]["rating"],
        json!({"average": null, "count": 0})
    );
}

bsm_tests::served_on_both_engines! {
    figures_are_those_of_their_lists,
    what_is_wrong_is_refused,
}
