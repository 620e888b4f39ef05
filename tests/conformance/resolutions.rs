//! Resolutions, what is said of them, and who has looked at that.

use bsm_domain::actor::Role;
use bsm_domain::ids::{RatingId, ResolutionId, TicketId};
use bsm_persistence::figures::Dimension;
use bsm_persistence::page::Window;
use bsm_persistence::ratings::{FeedbackFilter, NewRating};
use bsm_persistence::resolutions::{NewResolution, ResolutionFilter};
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, at, ticket};

const WHOLE: Window = Window {
    limit: 10,
    after: None,
};

/// A resolution stands, is undone by staff, or reopened by a customer; it carries its score.
async fn resolutions(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    let id = TicketId::generate();
    let new = |n, assignee_id| NewResolution {
        id: ResolutionId::generate(),
        ticket_id: id,
        n,
        requester_id: ana,
        organization_id: None,
        assignee_id,
        service_id: None,
        resolved_at: at(n),
    };
    db.write(async |tx| {
        tx.insert_ticket(&ticket(id, 1, ana, at(0))).await?;
        tx.insert_resolution(&new(1, None)).await?;
        tx.undo_resolution(id, 1, at(11), Some(agent)).await?;
        tx.insert_resolution(&new(2, Some(agent))).await?;
        tx.undo_resolution(id, 2, at(12), Some(ana)).await?;
        tx.insert_resolution(&new(3, Some(agent))).await?;
        tx.score_resolution(id, 3, 4).await?;
        let undone = tx.resolution(id, 1).await?.expect("written");
        assert_eq!((undone.reopened, undone.undone_by), (false, Some(agent)));
        let reopened = tx.resolution(id, 2).await?.expect("written");
        assert_eq!(
            (reopened.reopened, reopened.undone_at),
            (true, Some(at(12)))
        );
        assert!(tx.resolution(id, 4).await?.is_none());
        Ok::<(), DbError>(())
    })
    .await
    .unwrap();
    let found = async |filter: ResolutionFilter| -> Vec<i64> {
        let page = db.read(async |tx| tx.resolutions(&filter, &WHOLE).await);
        let page = page.await.unwrap();
        page.items
            .iter()
            .map(|r| (r.resolved_at - at(0)).num_minutes())
            .collect()
    };
    let all = ResolutionFilter::default;
    assert_eq!(found(all()).await, [3, 2, 1]);
    let rated = |rated| ResolutionFilter {
        rated: Some(rated),
        ..all()
    };
    assert_eq!(found(rated(true)).await, [3]);
    assert_eq!(found(rated(false)).await, [2, 1]);
    let reopened = |reopened| ResolutionFilter {
        reopened: Some(reopened),
        ..all()
    };
    assert_eq!(found(reopened(true)).await, [2]);
    assert_eq!(found(reopened(false)).await, [3, 1]);
    let of = |assignee| ResolutionFilter {
        assignee: Some(assignee),
        ..all()
    };
    assert_eq!(found(of(Some(agent))).await, [3, 2]);
    assert_eq!(found(of(None)).await, [1]);
    assert_eq!(
        found(ResolutionFilter {
            service: Some(None),
            ..all()
        })
        .await,
        [3, 2, 1]
    );
    let time = ResolutionFilter {
        from: Some(at(2)),
        to: Some(at(3)),
        ..all()
    };
    assert_eq!(found(time).await, [2]);
    let names = db.read(async |tx| tx.names_of(Dimension::Assignee, &[agent.0]).await);
    assert_eq!(names.await.unwrap(), [(agent.0, "Test agent".to_owned())]);
    let names = db.read(async |tx| tx.names_of(Dimension::Service, &[]).await);
    assert!(names.await.unwrap().is_empty());
}

/// A rating is seen by somebody, and by nobody again once it says something else; it is found by
/// its reasons as they are now.
async fn ratings_are_seen_and_found_by_reason(db: &Db) {
    let ana = seed::customer(db, "ana@acme.example", None).await;
    let agent = seed::staff(db, "agent@demo.example", Role::Agent).await;
    let ticket_id = TicketId::generate();
    let rating = |score, reasons: &[&str], when| NewRating {
        id: RatingId::generate(),
        ticket_id,
        resolution: 1,
        score,
        comment: None,
        reasons: reasons.iter().map(|r| (*r).to_owned()).collect(),
        customer_id: ana,
        organization_id: None,
        assignee_id: None,
        service_id: None,
        resolved_at: at(1),
        at: at(when),
    };
    let found = async |filter: FeedbackFilter| -> usize {
        let page = db.read(async |tx| tx.feedback(&filter, &WHOLE).await);
        page.await.unwrap().items.len()
    };
    let seen = async |seen| {
        found(FeedbackFilter {
            seen: Some(seen),
            ..FeedbackFilter::default()
        })
        .await
    };
    let reason = async |reason: &str| {
        let reason = Some(reason.to_owned());
        found(FeedbackFilter {
            reason,
            from: Some(at(2)),
            to: Some(at(3)),
            ..FeedbackFilter::default()
        })
        .await
    };
    let first = rating(2, &["slow", "unclear"], 2);
    db.write(async |tx| {
        tx.insert_ticket(&ticket(ticket_id, 1, ana, at(0))).await?;
        tx.put_rating(&first).await?;
        tx.put_rating_reasons(first.id, at(2), &first.reasons).await
    })
    .await
    .unwrap();
    assert_eq!((seen(false).await, seen(true).await), (1, 0));
    assert_eq!(
        (
            reason("slow").await,
            reason("unclear").await,
            reason("fast").await
        ),
        (1, 1, 0)
    );

    db.write(async |tx| {
        assert!(
            tx.rating_locked(first.id)
                .await?
                .expect("there")
                .seen_at
                .is_none()
        );
        tx.set_rating_seen(first.id, Some((at(3), agent))).await
    })
    .await
    .unwrap();
    assert_eq!((seen(false).await, seen(true).await), (0, 1));
    let row = db
        .read(async |tx| tx.feedback_of(first.id).await)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (row.seen_at, row.seen_by_name.as_deref()),
        (Some(at(3)), Some("Test agent"))
    );

    let second = rating(1, &["slow"], 4);
    db.write(async |tx| {
        tx.put_rating(&second).await?;
        tx.put_rating_reasons(first.id, at(2), &second.reasons)
            .await
    })
    .await
    .unwrap();
    assert_eq!((seen(false).await, seen(true).await), (1, 0));
    assert_eq!((reason("slow").await, reason("unclear").await), (1, 0));
    let none = db
        .read(async |tx| tx.reason_days(0, 100_000).await)
        .await
        .unwrap();
    assert!(none.is_empty(), "nothing was counted here");
}

bsm_tests::on_both_engines! {
    resolutions,
    ratings_are_seen_and_found_by_reason,
}
