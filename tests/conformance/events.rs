//! The event log and its delivery, alike on both engines. Each function wants a database of its
//! own.

use std::sync::Arc;
use std::time::Duration;

use bsm_application::events::{EventHub, HubOptions, Logged, Start, Subscription};
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, OrganizationId, UserId};
use bsm_persistence::events::EventLog;
use bsm_persistence::{Db, DbError, EngineKind};
use serde_json::json;
use tokio::task::{JoinSet, LocalSet};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

/// An event of a writer: its `n`th.
pub fn event(writer: i64, n: i64) -> Event {
    Event {
        id: EventId::generate(),
        kind: EventKind::TicketUpdated,
        occurred_at: SystemClock.now(),
        actor: Some(UserId::generate()),
        subject_kind: SubjectKind::Ticket,
        subject_id: Uuid::now_v7(),
        subject_number: Some(writer),
        requester: Some(UserId::generate()),
        organization: Some(OrganizationId::generate()),
        changes: Changes::none().with("n", json!(n - 1), json!(n)),
    }
}

/// Writes an event in a transaction of its own.
pub async fn append(db: &Db, event: &Event) {
    db.write(async |tx| tx.append_event(event).await)
        .await
        .unwrap();
}

/// Gives positions to all that is committed.
pub async fn number_all(db: &Db) {
    while db.write(async |tx| tx.number_events().await).await.unwrap() != Some(0) {}
}

/// The next event, which must come soon.
pub async fn next(subscription: &mut Subscription) -> Arc<Logged> {
    timeout(Duration::from_secs(20), subscription.next())
        .await
        .expect("no event came")
        .expect("the hub has stopped")
}

/// Whose event it is, and which of theirs.
pub fn writer_and_n(logged: &Logged) -> (i64, i64) {
    let event = logged.event().expect("a known kind");
    (
        event.subject_number.unwrap(),
        event.changes.0["n"]["to"].as_i64().unwrap(),
    )
}

/// A poll so slow that only wake-ups can explain a quick delivery.
pub fn woken_only() -> HubOptions {
    HubOptions {
        poll: Duration::from_secs(600),
        ..HubOptions::default()
    }
}

async fn head(db: &Db) -> i64 {
    db.read(async |tx| tx.event_head().await).await.unwrap()
}

/// Every column comes back as it was written, in pages, in order.
async fn events_are_read_back(db: &Db) {
    let full = event(1, 1);
    let bare = Event {
        kind: EventKind::SessionEnded,
        actor: None,
        subject_kind: SubjectKind::Session,
        subject_number: None,
        requester: None,
        organization: None,
        changes: Changes::none(),
        ..event(1, 2)
    };
    let third = event(1, 3);
    let oldest = async || {
        db.read(async |tx| tx.oldest_event_position().await)
            .await
            .unwrap()
    };
    let after = async |position, limit| {
        db.read(async |tx| tx.events_after(position, limit).await)
            .await
            .unwrap()
    };
    assert_eq!((head(db).await, oldest().await), (0, None));
    assert_eq!(after(0, 10).await, []);

    for event in [&full, &bare, &third] {
        append(db, event).await;
    }
    number_all(db).await;
    let waiting = db.read(async |tx| tx.oldest_unnumbered_event().await);
    assert_eq!(waiting.await.unwrap(), None);
    assert_eq!((head(db).await, oldest().await), (3, Some(1)));
    let rows = after(0, 2).await;
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].position, rows[0].event.as_ref()), (1, Some(&full)));
    assert_eq!((rows[1].position, rows[1].event.as_ref()), (2, Some(&bare)));
    let rows = after(2, 2).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].event.as_ref(), Some(&third));

    // The highest position outlives the rows.
    purge(db, 3).await;
    assert_eq!((head(db).await, oldest().await), (3, None));
}

async fn purge(db: &Db, up_to: i64) {
    db.write(async |tx| {
        let query = tx.q("delete from events where position <= $1");
        query.bind(up_to).execute().await
    })
    .await
    .unwrap();
}

/// What a newer version of the product wrote has its place, but does not stop the readers.
async fn an_unknown_kind_is_passed_over(db: &Db) {
    let (odd, known) = (event(1, 1), event(1, 2));
    db.write(async |tx| {
        tx.append_event(&odd).await?;
        let query = tx.q("update events set kind = 'planet.landed' where id = $1");
        query.bind(odd.id).execute().await
    })
    .await
    .unwrap();
    append(db, &known).await;
    number_all(db).await;
    let rows = db.read(async |tx| tx.events_after(0, 10).await);
    let rows = rows.await.unwrap();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].event, None);
    assert_eq!(rows[1].event, Some(known));
}

/// An event whose transaction fails is never heard of, and leaves no gap in the positions.
async fn what_is_rolled_back_is_not_delivered(db: &Db) {
    let (hub, _) = EventHub::start(db.clone(), HubOptions::default())
        .await
        .unwrap();
    let mut subscription = hub.subscribe(None).await.unwrap();
    let failed = db
        .write(async |tx| {
            tx.append_event(&event(1, 1)).await?;
            // A duplicate key: the transaction is lost.
            let query = tx.q("insert into event_head (id, position) values (1, 7)");
            query.execute().await
        })
        .await;
    assert!(failed.is_err_and(|e: DbError| e.is_unique_violation()));
    append(db, &event(1, 2)).await;
    let got = next(&mut subscription).await;
    assert_eq!((got.position(), writer_and_n(&got)), (1, (1, 2)));
}

/// A listener is woken by the commit; without the wake-up the poll finds the event.
async fn a_wake_up_is_quick_and_a_lost_one_costs_a_moment(db: &Db) {
    let (hub, _) = EventHub::start(db.clone(), woken_only()).await.unwrap();
    let mut subscription = hub.subscribe(None).await.unwrap();
    for n in 1..=5 {
        append(db, &event(1, n)).await;
        assert_eq!(writer_and_n(&*next(&mut subscription).await), (1, n));
    }
    hub.stop();
    assert!(subscription.next().await.is_none());

    let poll = Duration::from_millis(100);
    let options = HubOptions {
        poll,
        ..HubOptions::default()
    };
    let (hub, _) = EventHub::start(db.clone(), options).await.unwrap();
    let mut subscription = hub.subscribe(None).await.unwrap();
    append_unheard(db).await;
    assert_eq!(writer_and_n(&*next(&mut subscription).await), (1, 1));
}

/// Writes the first event once more, as another program would: no handle of this process knows.
async fn append_unheard(db: &Db) {
    let sqlite = db.engine() == EngineKind::Sqlite;
    db.write(async |tx| {
        if sqlite {
            let count = tx.q("update event_head set position = position + 1");
            count.execute().await?;
        }
        let mut copy = tx.q(
            "insert into events (id, position, kind, occurred_at, actor_id, \
             subject_kind, subject_id, subject_number, changes) select $1, ",
        );
        copy.push(if sqlite {
            "(select position from event_head)"
        } else {
            "null"
        });
        copy.push(
            ", kind, occurred_at, actor_id, subject_kind, subject_id, subject_number, changes \
             from events where position = 1",
        );
        copy.bind(EventId::generate()).execute().await
    })
    .await
    .unwrap_or_else(|e: DbError| panic!("{e}"));
}

/// A subscription begins now, resumes, or is told to begin anew.
async fn a_subscription_knows_where_it_begins(db: &Db) {
    let (hub, _) = EventHub::start(db.clone(), HubOptions::default())
        .await
        .unwrap();
    let start = async |after| {
        let subscription = hub.subscribe(after).await.unwrap();
        (subscription.start(), subscription.position())
    };
    assert_eq!(start(None).await, (Start::Now, 0));
    assert_eq!(start(Some(0)).await, (Start::Resumed, 0));
    assert_eq!(start(Some(1)).await, (Start::Reset, 0));
    for n in 1..=5 {
        append(db, &event(1, n)).await;
    }
    number_all(db).await;
    assert_eq!(start(None).await, (Start::Now, 5));
    assert_eq!(start(Some(0)).await, (Start::Resumed, 0));
    assert_eq!(start(Some(5)).await, (Start::Resumed, 5));
    assert_eq!(start(Some(6)).await, (Start::Reset, 5));
    purge(db, 3).await;
    assert_eq!(start(Some(2)).await, (Start::Reset, 5));
    assert_eq!(start(Some(3)).await, (Start::Resumed, 3));
    purge(db, 5).await;
    assert_eq!(start(Some(4)).await, (Start::Reset, 5));
    assert_eq!(start(Some(5)).await, (Start::Resumed, 5));
}

/// Delivery ends when nobody is left to deliver to.
async fn a_hub_ends_with_its_last_handle(db: &Db) {
    let (hub, running) = EventHub::start(db.clone(), woken_only()).await.unwrap();
    let subscription = hub.subscribe(None).await.unwrap();
    drop(hub);
    sleep(Duration::from_millis(50)).await;
    assert!(!running.is_finished());
    drop(subscription);
    timeout(Duration::from_secs(5), running)
        .await
        .expect("the hub goes on")
        .unwrap();
}

const WRITERS: i64 = 8;
const EACH: i64 = 200;

/// Listeners that start at different times, lag, or come back from their last position: each gets
/// every event exactly once, in order, while eight writers commit at the same time.
async fn each_listener_gets_each_event_once_in_order(db: &Db) {
    LocalSet::new().run_until(write_and_listen(db)).await;
}

async fn write_and_listen(db: &Db) {
    // A backlog so small that whoever pauses falls out of it.
    let options = HubOptions {
        backlog: 16,
        page: 20,
        ..HubOptions::default()
    };
    let (hub, _) = EventHub::start(db.clone(), options).await.unwrap();
    let mut listeners = JoinSet::new();
    listeners.spawn(listen(hub.clone(), Manner::Eager));
    listeners.spawn(listen(hub.clone(), Manner::Lagging));
    listeners.spawn(listen(hub.clone(), Manner::Reconnecting));
    let mut writers = JoinSet::new();
    for writer in 1..=WRITERS {
        let db = db.clone();
        writers.spawn_local(async move {
            for n in 1..=EACH {
                append(&db, &event(writer, n)).await;
            }
        });
    }
    sleep(Duration::from_millis(300)).await;
    // One that comes while writing goes on and wants all from the beginning.
    listeners.spawn(listen(hub.clone(), Manner::Eager));
    while let Some(done) = writers.join_next().await {
        done.unwrap();
    }
    listeners.spawn(listen(hub.clone(), Manner::Eager));
    while let Some(heard) = listeners.join_next().await {
        check_complete(&heard.unwrap());
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Eager,
    Lagging,
    Reconnecting,
}

async fn listen(hub: EventHub, manner: Manner) -> Vec<(i64, i64, i64)> {
    let mut subscription = hub.subscribe(Some(0)).await.unwrap();
    let mut heard = Vec::new();
    while heard.len() < usize::try_from(WRITERS * EACH).unwrap() {
        let logged = next(&mut subscription).await;
        let (writer, n) = writer_and_n(&logged);
        heard.push((logged.position(), writer, n));
        match manner {
            Manner::Lagging if heard.len() % 100 == 0 => sleep(Duration::from_millis(60)).await,
            Manner::Reconnecting if heard.len() % 70 == 0 => {
                let last = subscription.position();
                subscription = hub.subscribe(Some(last)).await.unwrap();
                assert_eq!(subscription.start(), Start::Resumed);
            }
            _ => {}
        }
    }
    heard
}

/// Positions rise one by one from 1, and each writer's events come in the order it wrote them.
pub fn check_complete(heard: &[(i64, i64, i64)]) {
    let positions: Vec<i64> = heard.iter().map(|(position, ..)| *position).collect();
    let expected: Vec<i64> = (1..=WRITERS * EACH).collect();
    assert_eq!(positions, expected);
    for writer in 1..=WRITERS {
        let own: Vec<i64> = heard
            .iter()
            .filter(|(_, w, _)| *w == writer)
            .map(|(.., n)| *n)
            .collect();
        assert_eq!(own, (1..=EACH).collect::<Vec<_>>(), "writer {writer}");
    }
}

/// Old events go, the oldest first, without a gap; what is young enough stays, also behind a
/// clock that went wrong, and so does what a reader inside the product has not read.
async fn old_events_are_forgotten_once_all_have_read_them(db: &Db) {
    let now = SystemClock.now();
    for (n, days) in [(1, 40), (2, 35), (3, 40), (4, 10), (5, 40), (6, 0)] {
        let old = Event {
            occurred_at: now - chrono::Duration::days(days),
            ..event(1, n)
        };
        append(db, &old).await;
        number_all(db).await;
    }
    let forget = async |limit| {
        let before = now - chrono::Duration::days(30);
        let gone = db.write(async |tx| tx.forget_events(before, limit).await);
        gone.await.unwrap()
    };
    let kept = async || {
        let rows = db.read(async |tx| tx.events_after(0, 10).await).await;
        let positions = rows.unwrap().into_iter().map(|row| row.position);
        positions.collect::<Vec<_>>()
    };
    let read_to = async |position| {
        db.write(async |tx| tx.set_event_reader("mail", position).await)
            .await
            .unwrap();
    };
    let slowest = db.read(async |tx| tx.slowest_event_reader().await).await;
    assert_eq!(slowest.unwrap(), None);
    read_to(0).await;
    assert_eq!(forget(10).await, 0, "nothing was read");
    read_to(2).await;
    db.write(async |tx| tx.set_event_reader("hooks", 1).await)
        .await
        .unwrap();
    let slowest = db.read(async |tx| tx.slowest_event_reader().await).await;
    assert_eq!(slowest.unwrap(), Some(1));
    assert_eq!(forget(10).await, 1);
    db.write(async |tx| tx.set_event_reader("hooks", 6).await)
        .await
        .unwrap();
    read_to(6).await;
    assert_eq!(forget(1).await, 1, "no more than asked for");
    assert_eq!(kept().await, [3, 4, 5, 6]);
    assert_eq!(forget(10).await, 1);
    assert_eq!(forget(10).await, 0);
    assert_eq!(kept().await, [4, 5, 6], "no gap before what stays");
    db.write(async |tx| tx.forget_event_reader("hooks").await)
        .await
        .unwrap();
    let before = async |moment| {
        let position = db.read(async |tx| tx.position_before(moment).await).await;
        position.unwrap()
    };
    let now = SystemClock.now();
    assert_eq!(before(now + chrono::Duration::days(9_999)).await, 6);
    assert_eq!(before(now - chrono::Duration::days(9_999)).await, 3);
    assert_eq!(head(db).await, 6);
}

/// After a restore: positions that were never given before, nobody resumes from before, and who had
/// read all still has.
async fn an_epoch_begins_where_no_log_was(db: &Db) {
    let log = async || db.read(async |tx| tx.event_log().await).await.unwrap();
    let ends = |head, epoch, oldest| EventLog {
        head,
        epoch,
        oldest,
    };
    assert_eq!(log().await, ends(0, 0, None));
    append(db, &event(1, 1)).await;
    append(db, &event(1, 2)).await;
    number_all(db).await;
    assert_eq!(log().await, ends(2, 0, Some(1)));
    db.write(async |tx| {
        tx.set_event_reader("mail", 2).await?;
        tx.set_event_reader("hooks", 1).await
    })
    .await
    .unwrap();
    let begin = async |at| {
        let begun = db.write(async |tx| tx.begin_event_epoch(at).await).await;
        begun.unwrap()
    };
    let now = SystemClock.now();
    let first = begin(now).await;
    assert_eq!(first, now.timestamp_micros());
    let slowest = db.read(async |tx| tx.slowest_event_reader().await).await;
    assert_eq!(
        slowest.unwrap(),
        Some(1),
        "what was not read still is to be"
    );
    db.write(async |tx| tx.set_event_reader("hooks", first).await)
        .await
        .unwrap();
    let slowest = db.read(async |tx| tx.slowest_event_reader().await).await;
    assert_eq!(slowest.unwrap(), Some(first));
    append(db, &event(1, 3)).await;
    number_all(db).await;
    assert_eq!(log().await, ends(first + 1, first, Some(1)));
    // By a clock that stands behind it rises even so.
    assert_eq!(begin(now).await, first + 2);
    let gaps = async || {
        let findings = db.check().await.unwrap();
        let of_the_log = |f: &&bsm_persistence::invariants::Finding| {
            f.rule.contains("within an epoch") || f.rule.contains("head of the event log")
        };
        let wrong = findings.iter().filter(of_the_log);
        wrong.map(|f| f.wrong.len()).sum::<usize>()
    };
    append(db, &event(1, 4)).await;
    number_all(db).await;
    assert_eq!(gaps().await, 0);

    let (hub, _) = EventHub::start(db.clone(), HubOptions::default())
        .await
        .unwrap();
    let start = async |after| hub.subscribe(Some(after)).await.unwrap().start();
    for old in [0, 1, 2, 3, first, first + 1] {
        assert_eq!(start(old).await, Start::Reset, "{old}");
    }
    assert_eq!(start(first + 2).await, Start::Resumed);
    let mut subscription = hub.subscribe(Some(first + 2)).await.unwrap();
    assert_eq!(writer_and_n(&*next(&mut subscription).await), (1, 4));
    purge(db, 2).await;
    assert_eq!(gaps().await, 0);
}

/// On PostgreSQL a restored database is known by its place; SQLite is told.
async fn a_database_in_another_place_was_restored(db: &Db) {
    let place = db.read(async |tx| tx.event_place().await).await.unwrap();
    if db.engine() == EngineKind::Sqlite {
        assert_eq!(place, None);
        return;
    }
    let place = place.unwrap();
    assert_eq!(place.split('/').count(), 4, "{place}");
    append(db, &event(1, 1)).await;
    number_all(db).await;
    let settle = async |place: &str| {
        let now = SystemClock.now();
        let settled = db.write(async |tx| tx.settle_event_place(place, now).await);
        settled.await.unwrap()
    };
    assert!(!settle(&place).await, "the first start after an upgrade");
    assert!(!settle(&place).await);
    assert_eq!(head(db).await, 1);
    let (one, other) = tokio::join!(settle("elsewhere"), settle("elsewhere"));
    assert!(one != other, "one of two replicas begins it");
    assert!(head(db).await > 1_000_000);
}

bsm_tests::on_both_engines! {
    events_are_read_back,
    an_unknown_kind_is_passed_over,
    old_events_are_forgotten_once_all_have_read_them,
    what_is_rolled_back_is_not_delivered,
    a_wake_up_is_quick_and_a_lost_one_costs_a_moment,
    a_subscription_knows_where_it_begins,
    an_epoch_begins_where_no_log_was,
    a_database_in_another_place_was_restored,
    a_hub_ends_with_its_last_handle,
    each_listener_gets_each_event_once_in_order,
}
