//! What customers say, as staff read and count it.

use bsm_tests::{Answer, Client, Desk};
use serde_json::{Value, json};

/// All items of a list, page by page.
async fn all(client: &Client, path: &str) -> Vec<Value> {
    let sign = if path.contains('?') { '&' } else { '?' };
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client
            .get(&format!("{path}{sign}limit=3{cursor}"))
            .await
            .ok(200);
        items.extend(page.body["items"].as_array().expect("items").clone());
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

async fn rate(client: &Client, ticket: &str, body: Value) -> Answer {
    client
        .put(&format!("/api/customer/tickets/{ticket}/rating"), body)
        .await
}

/// Tickets that were resolved, some twice, some by nobody's hand, one withdrawn; most rated.
async fn a_rated_desk(desk: &Desk) {
    let people = [&desk.ana, &desk.ben, &desk.carla, &desk.dora];
    for n in 0..9_i64 {
        let who = people[usize::try_from(n).expect("small") % 4];
        let id = desk.ticket_of(who, &format!("Thing {n}")).await;
        if n % 3 > 0 {
            let agent = if n % 3 == 1 {
                desk.agent.id
            } else {
                desk.agent2.id
            };
            desk.change_ticket(&id, json!({"assignee_id": agent})).await;
        }
        desk.set_status(&id, "resolved").await;
        let reasons = if n % 5 + 1 >= 4 {
            json!(["fast", "clear"])
        } else {
            json!(["slow"])
        };
        if n % 4 != 3 {
            rate(who, &id, json!({"score": n % 5 + 1, "reasons": reasons}))
                .await
                .ok(200);
        }
        if n % 4 == 2 {
            who.post(&format!("/api/customer/tickets/{id}/reopen"), json!({}))
                .await
                .ok(200);
            desk.change_ticket(&id, json!({"assignee_id": desk.agent2.id}))
                .await;
            desk.set_status(&id, "resolved").await;
            rate(who, &id, json!({"score": 1})).await.ok(200);
            // Changed: counts as what it says last.
            rate(
                who,
                &id,
                json!({"score": 2, "reasons": ["unclear", "slow"]}),
            )
            .await
            .ok(200);
        }
    }
    let withdrawn = desk.ticket_of(&desk.emil, "Never mind").await;
    let path = format!("/api/customer/tickets/{withdrawn}/close");
    desk.emil.post(&path, json!({})).await.ok(200);
    let undone = desk.ticket_in(&desk.emil, "resolved").await;
    desk.set_status(&undone, "open").await;
}

const FEEDBACK: &str = "/api/admin/feedback";
const RESOLUTIONS: &str = "/api/admin/resolutions";

/// Each figure is the length of the list that its link on the page leads to.
async fn every_figure_is_the_length_of_its_list(desk: &Desk) {
    a_rated_desk(desk).await;
    let summary = desk
        .agent
        .get(&format!("{FEEDBACK}/summary?time_zone=Asia/Kolkata"))
        .await
        .ok(200);
    let body = &summary.body;
    let number = |v: &Value| usize::try_from(v.as_u64().expect("a count")).expect("small");
    let length = async |path: String| all(&desk.agent, &path).await.len();
    let (from, to) = (summary.str("/from"), summary.str("/to"));
    let time = format!("from={from}&to={to}");

    assert_eq!(
        (number(&body["count"]), number(&body["resolutions"])),
        (9, 12)
    );
    assert_eq!(length(format!("{FEEDBACK}?{time}")).await, 9);
    let counted = |body: &Value| {
        let scores = body["distribution"].as_object().expect("scores").clone();
        scores
            .into_iter()
            .map(|(score, n)| (score, number(&n)))
            .collect::<Vec<_>>()
    };
    for (score, count) in counted(body) {
        assert_eq!(
            length(format!("{FEEDBACK}?{time}&score={score}")).await,
            count,
            "score {score}"
        );
    }
    let satisfied = length(format!("{FEEDBACK}?{time}&score=4,5")).await;
    #[allow(clippy::cast_precision_loss)]
    let percent = (satisfied as f64 * 10_000.0 / 9.0).round() / 100.0;
    assert_eq!(body["satisfied_percent"], percent);

    assert_eq!(length(format!("{RESOLUTIONS}?{time}")).await, 12);
    let rated = number(&body["rated_resolutions"]);
    assert_eq!(
        length(format!("{RESOLUTIONS}?{time}&rated=true")).await,
        rated
    );
    assert_eq!(
        length(format!("{RESOLUTIONS}?{time}&rated=false")).await,
        12 - rated
    );
    assert_eq!(body["response_rate"], 0.75);
    let reopened = number(&body["reopened"]);
    assert_eq!(reopened, 2, "by customers; staff undid one more");
    assert_eq!(
        length(format!("{RESOLUTIONS}?{time}&reopened=true")).await,
        reopened
    );
    assert_eq!(
        length(format!("{RESOLUTIONS}?{time}&reopened=false")).await,
        12 - reopened
    );

    let mut seen = 0;
    for (group, field) in [("by_assignee", "assignee"), ("by_service", "service")] {
        for part in body[group].as_array().expect("parts") {
            let id = part[field]["id"].as_str().unwrap_or("none");
            let query = format!("{time}&{field}={id}");
            assert_eq!(
                length(format!("{FEEDBACK}?{query}")).await,
                number(&part["count"]),
                "{query}"
            );
            let resolutions = number(&part["resolutions"]);
            assert_eq!(
                length(format!("{RESOLUTIONS}?{query}")).await,
                resolutions,
                "{query}"
            );
            seen += number(&part["count"]);
        }
    }
    assert_eq!(seen, 18, "all ratings, by agent and by service");
    for reason in body["reasons"].as_array().expect("reasons") {
        let code = reason["reason"].as_str().expect("a code");
        let query = format!("{FEEDBACK}?{time}&reason={code}");
        assert_eq!(length(query).await, number(&reason["count"]), "{code}");
    }
    assert_eq!(body["reasons"][0], json!({"reason": "slow", "count": 7}));
    let mut pieces = 0;
    for piece in body["trend"].as_array().expect("a trend") {
        let (from, to) = (
            piece["from"].as_str().expect("from"),
            piece["to"].as_str().expect("to"),
        );
        let query = format!("{FEEDBACK}?from={from}&to={to}");
        assert_eq!(length(query).await, number(&piece["count"]), "{from}");
        pieces += 1;
    }
    assert_eq!(pieces, 30, "thirty days, also those without anything");
    let low = length(format!("{FEEDBACK}?score=1,2&seen=false")).await;
    assert_eq!(number(&body["low_unseen"]), low);
    assert!(low > 2);
}

/// A period in the past has nothing of now, and no figure where there is nothing to divide by.
async fn an_empty_period_has_no_averages(desk: &Desk) {
    a_rated_desk(desk).await;
    let query =
        "from=2020-03-28T23:00:00Z&to=2020-03-30T22:00:00Z&time_zone=Europe/Berlin&interval=day";
    let body = desk
        .agent
        .get(&format!("{FEEDBACK}/summary?{query}"))
        .await
        .ok(200)
        .body;
    for field in [
        "average",
        "satisfied_percent",
        "response_rate",
        "reopen_rate",
    ] {
        assert_eq!(body[field], Value::Null, "{field}");
    }
    assert_eq!(
        (&body["count"], &body["resolutions"]),
        (&json!(0), &json!(0))
    );
    let edges: Vec<_> = body["trend"]
        .as_array()
        .expect("days")
        .iter()
        .map(|t| &t["from"])
        .collect();
    assert_eq!(
        edges,
        ["2020-03-28T23:00:00Z", "2020-03-29T22:00:00Z"],
        "the day of 23 hours"
    );
    assert!(body["by_assignee"].as_array().expect("parts").is_empty());
}

async fn impossible_periods_are_refused(desk: &Desk) {
    for query in [
        "from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z",
        "from=2026-05-01T00:00:00Z&to=2026-05-01T00:00:00Z",
        "from=1999-05-01T00:00:00Z&to=2026-05-01T00:00:00Z",
        "from=2026-05-01T00:00:00Z&to=2101-05-01T00:00:00Z",
        "from=2020-05-01T00:00:00Z&to=2026-05-01T00:00:00Z&interval=day",
        "from=yesterday",
        "from=2026-05-01",
        "time_zone=Berlin",
        "time_zone=europe/berlin",
        "time_zone=",
        "time_zone=%00",
        "interval=year",
        "interval=Day",
        "period=day",
        "from=2026-05-01T00:00:00Z&from=2026-05-01T00:00:00Z",
    ] {
        let refused = desk.agent.get(&format!("{FEEDBACK}/summary?{query}")).await;
        assert_eq!(refused.ok(400).code(), "invalid_query", "{query}");
    }
    for query in [
        "seen=yes",
        "reason=",
        "reason=Not%20a%20code",
        "service=nobody",
        "assignee=",
        "score=0",
    ] {
        let refused = desk.agent.get(&format!("{FEEDBACK}?{query}")).await;
        assert_eq!(refused.ok(400).code(), "invalid_query", "{query}");
    }
    let years = "from=2000-01-01T00:00:00Z&to=2026-05-01T00:00:00Z";
    let body = desk
        .agent
        .get(&format!("{FEEDBACK}/summary?{years}"))
        .await
        .ok(200)
        .body;
    assert_eq!(
        body["interval"], "month",
        "an interval that suits the length"
    );
    desk.ana.get(&format!("{FEEDBACK}/summary")).await.ok(403);
    desk.nobody()
        .get(&format!("{FEEDBACK}/summary"))
        .await
        .ok(401);
}

/// The queue of low scores: whoever looked first stays, an undo puts it back, and so does the
/// customer by changing what they said.
async fn low_scores_are_looked_at(desk: &Desk) {
    let id = desk.ticket_in(&desk.ben, "resolved").await;
    rate(&desk.ben, &id, json!({"score": 2, "comment": "Hm."}))
        .await
        .ok(200);
    let queue = async || all(&desk.agent, &format!("{FEEDBACK}?score=1,2&seen=false")).await;
    let row = queue().await.remove(0);
    assert_eq!(row["seen"], Value::Null);
    let path = format!("{FEEDBACK}/{}", row["id"].as_str().expect("an id"));
    let read = json!({"updated_at": row["updated_at"]});

    let seen = desk
        .agent
        .post(&format!("{path}/seen"), read.clone())
        .await
        .ok(200)
        .body;
    assert_eq!(seen["seen"]["by"]["id"], json!(desk.agent.id));
    let again = desk
        .agent2
        .post(&format!("{path}/seen"), read.clone())
        .await
        .ok(200)
        .body;
    assert_eq!(again["seen"], seen["seen"], "who looked first stays");
    assert!(queue().await.is_empty());
    assert_eq!(
        all(&desk.agent, &format!("{FEEDBACK}?seen=true"))
            .await
            .len(),
        1
    );

    let back = desk
        .agent2
        .post(&format!("{path}/unseen"), json!({}))
        .await
        .ok(200)
        .body;
    assert_eq!(back["seen"], Value::Null);
    desk.agent2
        .post(&format!("{path}/unseen"), json!({}))
        .await
        .ok(200);
    assert_eq!(queue().await.len(), 1);

    // The same again is no change; another word is, and what was read is old.
    desk.agent
        .post(&format!("{path}/seen"), read.clone())
        .await
        .ok(200);
    rate(&desk.ben, &id, json!({"score": 2, "comment": "Hm."}))
        .await
        .ok(200);
    assert!(queue().await.is_empty());
    rate(
        &desk.ben,
        &id,
        json!({"score": 2, "comment": "Not at all!"}),
    )
    .await
    .ok(200);
    assert_eq!(queue().await.len(), 1);
    let old = desk.agent.post(&format!("{path}/seen"), read).await.ok(412);
    assert_eq!(
        (old.code(), old.str("/current/comment")),
        ("version_mismatch", "Not at all!")
    );
    assert_eq!(queue().await.len(), 1);

    let none = format!("{FEEDBACK}/{}", bsm_domain::ids::RatingId::generate());
    desk.agent
        .post(&format!("{none}/unseen"), json!({}))
        .await
        .ok(404);
    desk.agent
        .post(&format!("{FEEDBACK}/nothing/unseen"), json!({}))
        .await
        .ok(404);
    desk.ben
        .post(&format!("{path}/unseen"), json!({}))
        .await
        .ok(403);
    desk.agent
        .post(&format!("{path}/seen"), json!({}))
        .await
        .ok(422);
    desk.agent
        .post(
            &format!("{path}/seen"),
            json!({"updated_at": "now", "by": 1}),
        )
        .await
        .ok(422);
}

/// Reasons are those of the score, told by the server and checked by it.
async fn reasons_depend_on_the_score(desk: &Desk) {
    let id = desk.ticket_in(&desk.ben, "resolved").await;
    let offered = desk
        .ben
        .get("/api/customer/rating-reasons")
        .await
        .ok(200)
        .body;
    let items = offered["items"].as_array().expect("items");
    assert_eq!(items.len(), 5);
    for item in items {
        let (score, reasons) = (&item["score"], &item["reasons"]);
        let rated = rate(&desk.ben, &id, json!({"score": score, "reasons": reasons}))
            .await
            .ok(200);
        assert_eq!(rated.body["reasons"], *reasons);
    }
    for (score, reasons, bad) in [
        (5, json!(["fast", "slow"]), "/reasons/1"),
        (2, json!(["fast"]), "/reasons/0"),
        (3, json!(["slow", "made_up"]), "/reasons/1"),
    ] {
        let refused = rate(&desk.ben, &id, json!({"score": score, "reasons": reasons}))
            .await
            .ok(422);
        assert_eq!(
            refused.bad_fields(),
            [(bad.to_owned(), "not_allowed".to_owned())]
        );
    }
    let twice = rate(
        &desk.ben,
        &id,
        json!({"score": 5, "reasons": ["fast", "fast"]}),
    )
    .await
    .ok(200);
    assert_eq!(twice.body["reasons"], json!(["fast"]));
    desk.agent.get("/api/customer/rating-reasons").await.ok(403);
}

/// A rating belongs to whoever had the ticket when it was resolved, not when it was rated.
async fn a_rating_speaks_of_the_one_who_resolved(desk: &Desk) {
    let id = desk.ticket_of(&desk.ben, "Handed over").await;
    desk.change_ticket(
        &id,
        json!({"assignee_id": desk.agent.id, "status": "resolved"}),
    )
    .await;
    desk.change_ticket(&id, json!({"assignee_id": desk.agent2.id}))
        .await;
    rate(&desk.ben, &id, json!({"score": 5})).await.ok(200);
    let row = all(&desk.agent, FEEDBACK).await.remove(0);
    assert_eq!(row["assignee"]["id"], json!(desk.agent.id));
    assert_eq!(
        all(&desk.agent, &format!("{FEEDBACK}?assignee=me"))
            .await
            .len(),
        1
    );
    assert_eq!(
        all(&desk.agent2, &format!("{RESOLUTIONS}?assignee=me"))
            .await
            .len(),
        0
    );
}

/// The migration finds in the history what is kept now.
async fn resolutions_are_found_in_the_history(desk: &Desk) {
    a_rated_desk(desk).await;
    type Row = (
        bsm_domain::ids::TicketId,
        i64,
        Option<bsm_domain::ids::UserId>,
        String,
        bool,
        Option<i64>,
    );
    let kept = async || -> Vec<Row> {
        let read = desk.db().read(async |tx| {
            tx.q("select ticket_id, n, assignee_id, cast(resolved_at as text) || coalesce(cast(undone_at as text), '-') \
                 || coalesce(cast(undone_by is not null as text), ''), reopened, score \
                 from resolutions order by ticket_id, n")
                .all()
                .await
        });
        read.await.expect("rows")
    };
    let before = kept().await;
    assert_eq!(before.len(), 12);
    let script = include_str!("../../migrations/0022_resolutions.sql");
    let written = desk.db().write(async |tx| {
        tx.q("delete from resolutions").execute().await?;
        for statement in script.split(";\n").filter(|s| s.contains("insert into")) {
            tx.q(statement).execute().await?;
        }
        Ok::<_, bsm_persistence::DbError>(())
    });
    written.await.expect("written");
    assert_eq!(kept().await, before);
}

bsm_tests::served_on_both_engines! {
    every_figure_is_the_length_of_its_list,
    an_empty_period_has_no_averages,
    impossible_periods_are_refused,
    low_scores_are_looked_at,
    reasons_depend_on_the_score,
    a_rating_speaks_of_the_one_who_resolved,
    resolutions_are_found_in_the_history,
}
