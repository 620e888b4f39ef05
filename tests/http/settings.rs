//! The settings of the desk: who may change them, who learns of it, and what they do.

use bsm_tests::samples::LOGO;
use bsm_tests::{Answer, Client, Desk, Stream, send};
use reqwest::Method;
use serde_json::{Value, json};

const PATH: &str = "/api/admin/settings";
const OTHER_LOGO: &str = "iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAYAAABXAvmHAAAARElEQVR42u3PQREAAAQAMDlEU0Z0Kvi622MBFtk1n4WAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAwNUCd1GDAI86dscAAAAASUVORK5CYII=";

async fn change(desk: &Desk, patch: Value) -> Answer {
    desk.admin.patch(PATH, "*", patch).await.ok(200)
}

async fn branding(client: &Client) -> Answer {
    client.get("/api/branding").await.ok(200)
}

async fn put_logo(client: &Client, content: &str) -> Answer {
    let request = client.request(Method::PUT, &format!("{PATH}/logo"));
    let body = json!({"content": content});
    send(request.header("If-Match", "*").json(&body)).await
}

/// The next event of this kind; whatever else happens is passed over.
async fn next(stream: &mut Stream, name: &str) -> Value {
    loop {
        let heard = stream.next().await.expect("the stream goes on");
        if heard.name == name {
            return heard.data;
        }
    }
}

async fn admins_change_staff_read_everybody_sees(desk: &Desk) {
    let before = desk.agent.get(PATH).await.ok(200);
    assert_eq!(
        before.body,
        json!({"registration_open": true, "auto_close_days": 4, "rating_window_days": 28,
            "brand_name": null, "accent_colour": null, "logo": null, "version": 1})
    );
    assert_eq!(before.header("etag"), "\"1\"");
    let refused = desk.agent.patch(PATH, "*", json!({"auto_close_days": 9}));
    assert_eq!(refused.await.ok(403).code(), "forbidden");

    let patch = json!({"registration_open": false, "auto_close_days": null,
        "brand_name": "  Acme Care ", "accent_colour": "#1A7F5A"});
    let changed = desk.admin.patch(PATH, "\"1\"", patch.clone()).await.ok(200);
    assert_eq!(
        changed.body,
        json!({"registration_open": false, "auto_close_days": null, "rating_window_days": 28,
            "brand_name": "Acme Care", "accent_colour": "#1a7f5a", "logo": null, "version": 2})
    );
    // An old version changes nothing, and tells what is there.
    let stale = desk
        .admin
        .patch(PATH, "\"1\"", json!({"brand_name": "Lost"}));
    let stale = stale.await.ok(412);
    assert_eq!(stale.body["current"], changed.body);
    // The same once more is no change.
    assert_eq!(change(desk, patch).await.body["version"], 2);

    let seen = branding(&desk.nobody()).await;
    assert_eq!(
        seen.body,
        json!({"brand_name": "Acme Care", "accent_colour": "#1a7f5a", "logo": null,
            "registration_open": false})
    );
    let new = json!({"email": "new@new.example", "password": "a new password", "name": "New"});
    let closed = desk.nobody().post("/api/auth/register", new).await;
    assert_eq!(closed.ok(403).code(), "registration_closed");

    let count = "select count(*) from audit where action = 'settings.updated'";
    assert_eq!(desk.count(count).await, 1);
    // A name is free text: neither the event nor the audit holds it.
    for sql in [
        "select count(*) from events where cast(changes as text) like '%Acme Care%'",
        "select count(*) from audit where cast(detail as text) like '%Acme Care%'",
    ] {
        assert_eq!(desk.count(sql).await, 0, "{sql}");
    }
}

async fn bounds_are_kept(desk: &Desk) {
    for (field, value, code) in [
        ("auto_close_days", json!(0), "too_small"),
        ("auto_close_days", json!(366), "too_large"),
        ("rating_window_days", json!(0), "too_small"),
        ("rating_window_days", Value::Null, "wrong_type"),
        ("brand_name", json!(""), "too_short"),
        ("brand_name", json!("two\nlines"), "forbidden_character"),
        ("brand_name", json!("a".repeat(41)), "too_long"),
        ("accent_colour", json!("red"), "bad_format"),
        ("accent_colour", json!("#12345"), "bad_format"),
        ("accent_colour", json!("url(#123456)"), "bad_format"),
    ] {
        let answer = desk.admin.patch(PATH, "*", json!({field: value})).await;
        let wanted = [(format!("/{field}"), code.to_owned())];
        assert_eq!(answer.ok(422).bad_fields(), wanted, "{field}: {value}");
    }
    assert_eq!(desk.agent.get(PATH).await.body["version"], 1);
}

async fn the_logo_is_served_as_a_picture_and_nothing_else(desk: &Desk) {
    let set = put_logo(&desk.admin, LOGO).await.ok(200);
    let url = set.str("/logo/url").to_owned();
    assert_eq!(
        set.body["logo"],
        json!({"url": url, "width": 64, "height": 16})
    );
    assert_eq!(
        branding(&desk.nobody()).await.body["logo"],
        set.body["logo"]
    );

    let picture = desk.nobody().get(&url).await.ok(200);
    for (header, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cache-control", "public, max-age=31536000, immutable"),
    ] {
        assert_eq!(picture.header(header), value, "{header}");
    }
    let known = desk.nobody().request(Method::GET, &url);
    let known = send(known.header("If-None-Match", picture.header("etag"))).await;
    assert_eq!(known.ok(304).text, "");

    // Whatever is no picture is refused, whatever it says it is; the old one stays.
    let svg = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciPjxzY3JpcHQ+YWxlcnQoMSk8L3NjcmlwdD48L3N2Zz4=";
    let small = "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAYAAADED76LAAAAEklEQVR42mOQqo/6jw8zjAwFAOV5fIFMKI0+AAAAAElFTkSuQmCC";
    // One byte behind the end of a picture.
    let tail = LOGO.replace("YII=", "YII8");
    for (content, code) in [
        (svg, "not_allowed"),
        (small, "not_allowed"),
        (tail.as_str(), "not_allowed"),
        ("%%%", "bad_format"),
    ] {
        let refused = put_logo(&desk.admin, content).await.ok(422);
        let wanted = [("/content".to_owned(), code.to_owned())];
        assert_eq!(refused.bad_fields(), wanted, "{content}");
    }
    assert_eq!(
        put_logo(&desk.agent, LOGO).await.ok(403).code(),
        "forbidden"
    );
    desk.nobody().get(&url).await.ok(200);

    // Another logo has another address; the old one is gone, and so is the row.
    let other = put_logo(&desk.admin, OTHER_LOGO).await.ok(200);
    assert_ne!(other.str("/logo/url"), url);
    desk.nobody().get(&url).await.ok(404);
    assert_eq!(desk.count("select count(*) from logos").await, 1);
    let removed = desk
        .admin
        .delete(&format!("{PATH}/logo"), "*")
        .await
        .ok(200);
    assert_eq!(removed.body["logo"], Value::Null);
    desk.nobody().get(other.str("/logo/url")).await.ok(404);
    assert_eq!(desk.count("select count(*) from logos").await, 0);
}

async fn branding_can_be_kept(desk: &Desk) {
    let seen = branding(&desk.nobody()).await;
    assert_eq!(seen.header("cache-control"), "no-cache");
    let ask = async |tag: String| {
        let request = desk.nobody().request(Method::GET, "/api/branding");
        send(request.header("If-None-Match", tag)).await.status
    };
    let tag = seen.header("etag").to_owned();
    assert_eq!(ask(tag.clone()).await, 304);
    assert_eq!(ask(format!("\"x\", W/{tag}")).await, 304);
    change(desk, json!({"brand_name": "Acme Care"})).await;
    assert_eq!(ask(tag).await, 200);
}

/// Customers learn of what they can see, and of nothing else.
async fn a_change_is_told_to_those_who_see_it(desk: &Desk) {
    desk.all_events_have_positions().await;
    let mut staff = desk.agent2.stream("/api/admin/events", None).await;
    let mut customer = desk.dora.stream("/api/customer/events", None).await;
    next(&mut staff, "hello").await;
    next(&mut customer, "hello").await;
    change(desk, json!({"auto_close_days": 9})).await;
    change(desk, json!({"brand_name": "Acme Care"})).await;

    let first = next(&mut staff, "settings.updated").await;
    assert_eq!(
        first["changes"],
        json!({"auto_close_days": {"from": 4, "to": 9}})
    );
    assert_eq!(first["actor"], json!(desk.admin.id));
    let second = next(&mut staff, "settings.updated").await;
    assert_eq!(
        second["changes"],
        json!({"brand_name": {"from": null, "to": null}})
    );
    let heard = next(&mut customer, "settings.updated").await;
    assert_eq!(
        (&heard["id"], &heard["changes"]),
        (&second["id"], &json!({}))
    );
    assert_eq!(heard["subject"]["kind"], "settings");
}

/// The rating rule follows the setting, also for resolutions that were there before.
async fn the_rating_window_is_the_settings(desk: &Desk) {
    let ticket = desk.ticket_in(&desk.ana, "resolved").await;
    let path = format!("/api/customer/tickets/{ticket}");
    let shown = desk.ana.get(&path).await.ok(200);
    let days = |answer: &Answer| {
        let time = |at: &str| {
            let time = answer.str(at).parse::<chrono::DateTime<chrono::Utc>>();
            time.expect("a time")
        };
        (time("/rating_until") - time("/resolved_at")).num_days()
    };
    assert_eq!(days(&shown), 28);
    change(desk, json!({"rating_window_days": 3})).await;
    assert_eq!(days(&desk.ana.get(&path).await), 3);
    let long_ago = desk.state.app.now() - chrono::Duration::days(4);
    let id: bsm_domain::ids::TicketId = ticket.parse().expect("an id");
    let moved = desk.db().write(async |tx| {
        let update = tx.q("update tickets set resolved_at = $2 where id = $1");
        update.bind(id).bind(long_ago).execute().await
    });
    moved.await.expect("moved");
    let rating = format!("{path}/rating");
    let refused = desk.ana.put(&rating, json!({"score": 5})).await;
    assert_eq!(refused.ok(409).code(), "rating_window_closed");
    change(desk, json!({"rating_window_days": 5})).await;
    desk.ana.put(&rating, json!({"score": 5})).await.ok(200);
}

bsm_tests::served_on_both_engines! {
    admins_change_staff_read_everybody_sees,
    bounds_are_kept,
    the_logo_is_served_as_a_picture_and_nothing_else,
    branding_can_be_kept,
    a_change_is_told_to_those_who_see_it,
    the_rating_window_is_the_settings,
}
