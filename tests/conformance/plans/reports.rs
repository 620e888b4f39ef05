//! What is said of the desk: ratings, resolutions and the figures of them.

use bsm_domain::figures::{DAY, QUARTER, slot};
use bsm_persistence::Tx;
use bsm_persistence::dashboard::CountedBy;
use bsm_persistence::figures::Dimension;
use bsm_persistence::page::Window;
use bsm_persistence::ratings::FeedbackFilter;
use bsm_persistence::resolutions::ResolutionFilter;
use bsm_tests::seed::at;

use super::checks::Lists;
use super::data;

pub async fn feedback(lists: &mut Lists<'_>) {
    let by = |change: &dyn Fn(&mut FeedbackFilter)| {
        let mut filter = FeedbackFilter::default();
        change(&mut filter);
        filter
    };
    let filters = [
        ("all", by(&|_| {})),
        ("a score", by(&|f| f.scores = vec![1])),
        ("several scores", by(&|f| f.scores = vec![1, 2])),
        ("a customer", by(&|f| f.customer = Some(data::customer(4)))),
        (
            "an organization",
            by(&|f| f.organization = Some(data::organization(4))),
        ),
        (
            "an assignee",
            by(&|f| f.assignee = Some(Some(data::agent(1)))),
        ),
        ("nobody", by(&|f| f.assignee = Some(None))),
        (
            "a service",
            by(&|f| f.service = Some(Some(data::service(5)))),
        ),
        ("no order", by(&|f| f.service = Some(None))),
        ("a reason", by(&|f| f.reason = Some("slow".into()))),
        ("what somebody has seen", by(&|f| f.seen = Some(true))),
        ("what nobody has seen", by(&|f| f.seen = Some(false))),
        (
            "the queue of low scores",
            by(&|f| {
                f.scores = vec![1, 2];
                f.seen = Some(false);
            }),
        ),
        (
            "a time",
            by(&|f| {
                f.from = Some(at(10_000));
                f.to = Some(at(20_000));
            }),
        ),
    ];
    for (name, filter) in filters {
        let list = async |tx: &mut Tx, w: &Window| tx.feedback(&filter, w).await.map(drop);
        lists.check(&format!("feedback of {name}"), list).await;
    }
}

pub async fn resolutions(lists: &mut Lists<'_>) {
    let by = |change: &dyn Fn(&mut ResolutionFilter)| {
        let mut filter = ResolutionFilter::default();
        change(&mut filter);
        filter
    };
    let filters = [
        ("all", by(&|_| {})),
        (
            "an assignee",
            by(&|f| f.assignee = Some(Some(data::agent(1)))),
        ),
        ("nobody", by(&|f| f.assignee = Some(None))),
        (
            "a service",
            by(&|f| f.service = Some(Some(data::service(5)))),
        ),
        ("no order", by(&|f| f.service = Some(None))),
        ("what is rated", by(&|f| f.rated = Some(true))),
        ("what was reopened", by(&|f| f.reopened = Some(true))),
        (
            "a time",
            by(&|f| {
                f.from = Some(at(10_000));
                f.to = Some(at(20_000));
            }),
        ),
    ];
    for (name, filter) in filters {
        let list = async |tx: &mut Tx, w: &Window| tx.resolutions(&filter, w).await.map(drop);
        lists.check(&format!("resolutions of {name}"), list).await;
    }
}

/// What is counted at the edges of a period is found by its time, and so are the roll-ups. Few
/// rows come of it: they may be put in order.
pub async fn figures(lists: &mut Lists<'_>) {
    let (from, to) = (at(20_000), at(20_060));
    let first = slot(from, QUARTER);
    let pieces: Vec<(i64, i64)> = (0..60)
        .map(|n| (first + n * 96, first + n * 96 + 200))
        .collect();
    let list = async |tx: &mut Tx, _: &Window| tx.quarters(&pieces).await.map(drop);
    lists.check("figures by quarter, the few", list).await;
    let list = async |tx: &mut Tx, _: &Window| tx.counts_between(from, to).await.map(drop);
    lists.check("figures of an hour, the few", list).await;
    for dimension in [Dimension::Assignee, Dimension::Service] {
        let list = async |tx: &mut Tx, _: &Window| {
            let day = slot(from, DAY);
            tx.days(dimension, day, day + 10).await?;
            tx.counts_by(dimension, from, to).await.map(drop)
        };
        let name = format!("figures by {dimension:?}, the few");
        lists.check(&name, list).await;
    }
    let list = async |tx: &mut Tx, _: &Window| tx.reasons_between(from, to).await.map(drop);
    lists.check("reasons of an hour, the few", list).await;
    let list = async |tx: &mut Tx, _: &Window| tx.low_ratings_unseen().await.map(drop);
    lists.check("the length of the queue", list).await;
}

/// What the overview counts.
pub async fn first_screen(lists: &mut Lists<'_>) {
    let days: Vec<_> = (0..14)
        .map(|n| (at(n * 1_440), at((n + 1) * 1_440)))
        .collect();
    let list = async |tx: &mut Tx, _: &Window| tx.needed_now().await.map(drop);
    lists.check("what needs somebody", list).await;
    for by in [CountedBy::Created, CountedBy::Resolved, CountedBy::Backlog] {
        let list = async |tx: &mut Tx, _: &Window| tx.tickets_in(by, &days).await.map(drop);
        lists.check(&format!("days by {by:?}"), list).await;
    }
    let list = async |tx: &mut Tx, _: &Window| {
        tx.first_responses_in(at(10_000), at(11_440))
            .await
            .map(drop)
    };
    lists.check("first responses of a time", list).await;
    let list = async |tx: &mut Tx, _: &Window| tx.rated_in(at(10_000), at(11_440)).await.map(drop);
    lists.check("ratings of a time", list).await;
}
