//! Webhooks and deliveries: every statement of `webhooks.rs` and `webhook_deliveries.rs`.

use bsm_domain::clock::Time;
use bsm_domain::ids::{DeliveryId, EventId, WebhookId};
use bsm_domain::webhook::{AttemptError, DeliveryStatus, DisabledReason, TEST_TYPE, WebhookState};
use bsm_persistence::page::Window;
use bsm_persistence::webhook_deliveries::{AttemptRow, DeliveryFilter, DeliveryRow, NewDelivery};
use bsm_persistence::webhooks::NewWebhook;
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::at;
use sqlx::types::Uuid;

const ALL: Window = Window {
    limit: 100,
    after: None,
};

async fn webhook(db: &Db, minute: i64) -> WebhookId {
    let new = NewWebhook {
        id: WebhookId::generate(),
        url: "https://hooks.example.com/".into(),
        description: "Chat".into(),
        event_types: vec!["ticket.created".into()],
        secret: vec![1, 2, 3],
        created_by: None,
        created_at: at(minute),
    };
    let written = db.write(async |tx| tx.insert_webhook(&new, 7).await).await;
    written.unwrap();
    new.id
}

fn delivery(webhook_id: WebhookId, minute: i64) -> NewDelivery {
    NewDelivery {
        id: DeliveryId::generate(),
        webhook_id,
        event_id: Some(EventId::generate()),
        event_type: "ticket.created".into(),
        payload: r#"{"type":"ticket.created"}"#.into(),
        created_at: at(minute),
    }
}

async fn insert(db: &Db, rows: &[NewDelivery]) {
    let written = db.write(async |tx| tx.insert_deliveries(rows).await).await;
    written.unwrap();
}

async fn claim(db: &Db, of: WebhookId, holder: Uuid, minute: i64, limit: u32) -> Vec<DeliveryRow> {
    let times = (at(minute), at(minute + 10));
    let claimed = db
        .write(async |tx| tx.claim_deliveries(of, false, holder, times, limit).await)
        .await;
    claimed.unwrap()
}

async fn read(db: &Db, of: WebhookId, id: DeliveryId) -> DeliveryRow {
    let row = db.read(async |tx| tx.delivery(of, id).await).await;
    row.unwrap().unwrap()
}

async fn a_webhook_is_kept_as_written(db: &Db) {
    let (old, id) = (webhook(db, 0).await, webhook(db, 1).await);
    let row = db.read(async |tx| tx.webhook(id).await).await;
    let row = row.unwrap().unwrap();
    assert_eq!(
        (row.state, row.position, row.version),
        (WebhookState::Active, 7, 1)
    );
    assert!(row.wants("ticket.created") && !row.wants("ticket.rated"));
    let page = db.read(async |tx| tx.webhooks(&ALL).await).await.unwrap();
    let ids: Vec<_> = page.items.iter().map(|row| row.id).collect();
    assert_eq!(ids, [id, old], "newest first");
    db.write(async |tx| {
        assert_eq!(tx.count_webhooks().await?, 2);
        assert_eq!(tx.active_webhooks().await?.len(), 2);
        let mut row = tx.lock_webhook(id).await?.expect("there");
        row.event_types.0.clear();
        row.old_secret = Some(row.secret.clone());
        row.old_secret_until = Some(at(9));
        row.state = WebhookState::Disabled;
        row.disabled_reason = Some(DisabledReason::Gone);
        row.disabled_at = Some(at(2));
        row.version = 2;
        tx.update_webhook(&row).await?;
        assert_eq!(tx.active_webhooks().await?.len(), 1);
        tx.set_webhook_failing(old, Some(at(3))).await?;
        assert!(tx.move_webhook(old, 7, 9).await?);
        assert!(!tx.move_webhook(old, 7, 11).await?, "no longer there");
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let row = db.read(async |tx| tx.webhook(id).await).await;
    let row = row.unwrap().unwrap();
    assert_eq!(row.disabled_reason, Some(DisabledReason::Gone));
    assert_eq!((row.old_secret_until, row.version), (Some(at(9)), 2));
    assert!(row.wants("whatever"), "none named is all");
    let row = db.read(async |tx| tx.webhook(old).await).await;
    let row = row.unwrap().unwrap();
    assert_eq!((row.failing_since, row.position), (Some(at(3)), 9));

    let told = delivery(id, 4);
    insert(db, std::slice::from_ref(&told)).await;
    let last = db
        .read(async |tx| tx.last_deliveries(&[id, old]).await)
        .await;
    let last = last.unwrap();
    assert_eq!((last.len(), last[0].id), (1, told.id));
    db.write(async |tx| tx.delete_webhook(id).await)
        .await
        .unwrap();
    let gone = db.read(async |tx| tx.delivery(id, told.id).await).await;
    assert!(gone.unwrap().is_none(), "its log goes with it");
}

async fn a_delivery_is_one_holders_at_a_time(db: &Db) {
    let of = webhook(db, 0).await;
    let rows = [delivery(of, 1), delivery(of, 2), delivery(of, 3)];
    insert(db, &rows).await;
    insert(db, &rows[..1]).await;
    let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
    let due = |minute: i64| async move {
        let due = db.read(async |tx| tx.due_webhooks(at(minute)).await).await;
        due.unwrap().iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(due(0).await, [], "too early");
    assert_eq!(due(5).await, [of]);
    let mine = claim(db, of, one, 5, 2).await;
    let mut ids: Vec<_> = mine.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    assert_eq!(ids, [rows[0].id, rows[1].id], "those that wait longest");
    assert!(mine.iter().all(|row| (row.attempts, row.tries) == (1, 1)));
    let theirs = claim(db, of, two, 5, 10).await;
    assert_eq!(theirs.len(), 1, "the rest, and each once");
    assert_eq!(claim(db, of, two, 5, 10).await.len(), 0);

    let settle = async |id, holder, status, next: Option<Time>| {
        let settled = db
            .write(async |tx| tx.settle_delivery(id, holder, status, (at(6), next)).await)
            .await;
        settled.unwrap()
    };
    let (waiting, delivered) = (DeliveryStatus::Waiting, DeliveryStatus::Delivered);
    assert!(
        !settle(rows[0].id, two, delivered, None).await,
        "not theirs"
    );
    assert!(settle(rows[0].id, one, delivered, None).await);
    assert!(settle(rows[1].id, one, waiting, Some(at(8))).await);
    let row = read(db, of, rows[0].id).await;
    assert_eq!(
        (row.status, row.next_attempt_at, row.ended_at),
        (delivered, None, Some(at(6)))
    );
    assert_eq!(claim(db, of, one, 7, 10).await.len(), 0);
    assert_eq!(
        claim(db, of, one, 8, 10).await.len(),
        1,
        "its time has come"
    );
    // The second holder died: its lease is over ten minutes after it was taken.
    let taken_over = claim(db, of, one, 15, 10).await;
    assert_eq!((taken_over[0].id, taken_over[0].attempts), (rows[2].id, 2));
    let freed = db
        .write(async |tx| tx.release_deliveries(one, at(16)).await)
        .await;
    assert_eq!(freed.unwrap(), 2);
    assert_eq!(claim(db, of, two, 16, 10).await.len(), 2);

    let oldest = db.read(async |tx| tx.oldest_waiting_delivery().await).await;
    assert_eq!(oldest.unwrap(), Some(at(2)));
    let forget = async |minute: i64, limit: u32| {
        let forgotten = db
            .write(async |tx| tx.forget_deliveries(at(minute), limit).await)
            .await;
        forgotten.unwrap()
    };
    assert_eq!(forget(3, 1).await, 1, "no more than asked for");
    assert_eq!(forget(3, 9).await, 1);
    assert_eq!(read(db, of, rows[2].id).await.created_at, at(3));
}

async fn only_tests_of_a_disabled_webhook_are_due(db: &Db) {
    let of = webhook(db, 0).await;
    let mut test = delivery(of, 2);
    test.event_id = None;
    test.event_type = TEST_TYPE.into();
    insert(db, &[delivery(of, 1)]).await;
    db.write(async |tx| {
        let mut row = tx.lock_webhook(of).await?.expect("there");
        row.state = WebhookState::Disabled;
        row.disabled_reason = Some(DisabledReason::ByAdmin);
        row.disabled_at = Some(at(1));
        tx.update_webhook(&row).await?;
        assert!(tx.due_webhooks(at(5)).await?.is_empty());
        assert_eq!(tx.oldest_waiting_delivery().await?, None);
        tx.insert_deliveries(std::slice::from_ref(&test)).await?;
        assert_eq!(tx.due_webhooks(at(5)).await?[0].id, of);
        let times = (at(5), at(6));
        let claimed = tx
            .claim_deliveries(of, true, Uuid::now_v7(), times, 9)
            .await?;
        assert_eq!(claimed.len(), 1);
        assert_eq!(claimed[0].id, test.id);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

async fn what_came_of_it_is_kept_and_sent_again(db: &Db) {
    let of = webhook(db, 0).await;
    let rows = [delivery(of, 1), delivery(of, 2), delivery(of, 3)];
    insert(db, &rows).await;
    let holder = Uuid::now_v7();
    assert_eq!(claim(db, of, holder, 5, 9).await.len(), 3);
    let attempt = AttemptRow {
        delivery_id: rows[0].id,
        n: 1,
        at: at(5),
        url: "https://hooks.example.com/".into(),
        signature: "v1,abc".into(),
        status: Some(500),
        answer: Some("no".into()),
        latency_ms: 12,
        error: Some(AttemptError::Refused),
        error_detail: Some("The receiver answered 500.".into()),
    };
    db.write(async |tx| {
        tx.insert_attempt(&attempt).await?;
        let (failed, delivered) = (DeliveryStatus::Failed, DeliveryStatus::Delivered);
        tx.settle_delivery(rows[0].id, holder, failed, (at(6), None))
            .await?;
        tx.settle_delivery(rows[1].id, holder, failed, (at(6), None))
            .await?;
        tx.settle_delivery(rows[2].id, holder, delivered, (at(6), None))
            .await
    })
    .await
    .unwrap();
    let kept = db.read(async |tx| tx.attempts(rows[0].id, 9).await).await;
    let kept = kept.unwrap();
    assert_eq!((kept.len(), kept[0].status), (1, Some(500)));
    assert_eq!(kept[0].error, Some(AttemptError::Refused));
    let listed = async |filter: DeliveryFilter| {
        let page = db
            .read(async |tx| tx.deliveries(of, &filter, &ALL).await)
            .await;
        let ids: Vec<_> = page.unwrap().items.iter().map(|row| row.id).collect();
        ids
    };
    let all = listed(DeliveryFilter::default()).await;
    assert_eq!(all, [rows[2].id, rows[1].id, rows[0].id], "newest first");
    let failed = DeliveryFilter {
        status: Some(DeliveryStatus::Failed),
        event_type: Some("ticket.created".into()),
    };
    assert_eq!(listed(failed).await, [rows[1].id, rows[0].id]);
    let other = DeliveryFilter {
        event_type: Some("ticket.rated".into()),
        ..DeliveryFilter::default()
    };
    assert_eq!(listed(other).await, []);

    let requeued = db
        .write(async |tx| {
            tx.requeue_deliveries(of, &[DeliveryStatus::Failed], at(2), at(7))
                .await
        })
        .await;
    assert_eq!(requeued.unwrap(), 1, "not what is older");
    db.write(async |tx| tx.requeue_delivery(rows[2].id, at(7)).await)
        .await
        .unwrap();
    let row = read(db, of, rows[2].id).await;
    assert_eq!(
        (row.status, row.tries, row.attempts),
        (DeliveryStatus::Waiting, 0, 1)
    );
    assert_eq!(claim(db, of, holder, 7, 9).await.len(), 2);
}

bsm_tests::on_both_engines! {
    a_webhook_is_kept_as_written,
    a_delivery_is_one_holders_at_a_time,
    only_tests_of_a_disabled_webhook_are_due,
    what_came_of_it_is_kept_and_sent_again,
}
