//! What readers of articles leave behind: votes with their reasons, and views.

use bsm_domain::article::VoteReason;
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_domain::ids::UserId;
use bsm_persistence::article_lists::ArticleSort;
use bsm_persistence::article_votes::{ArticleVoteRow, NewArticleVote, VoteReasonRow};
use bsm_persistence::content::View;
use bsm_persistence::page::Window;
use bsm_persistence::{Db, DbError, Tx};
use bsm_tests::seed::at;

use crate::article_seed::*;

async fn customer(tx: &mut Tx) -> UserId {
    let id = UserId::generate();
    tx.q(
        "insert into users (id, email, name, role, active, theme, created_at, updated_at, version) \
         values ($1, $2, 'A voter', 'customer', $3, 'auto', $4, $4, 1)",
    )
    .bind(id)
    .bind(format!("{id}@example.com"))
    .bind(true)
    .bind(SystemClock.now())
    .execute()
    .await
    .unwrap();
    id
}

/// Each customer has one vote, which can change with its reasons; reasons are counted.
async fn each_customer_has_one_vote(db: &Db) {
    db.write(async |tx| {
        let voter = customer(tx).await;
        let id = article(tx, content("Voted", "Support", &[]), true).await;
        let other = article(tx, content("Not voted", "Support", &[]), true).await;
        assert_eq!(tx.article_vote(id, voter).await?, None);
        for (helpful, reasons) in [
            (true, vec![]),
            (false, vec![VoteReason::Outdated, VoteReason::Unclear]),
        ] {
            tx.put_article_vote(&NewArticleVote {
                article_id: id,
                user_id: voter,
                helpful,
                reasons: reasons.clone(),
                at: SystemClock.now(),
            })
            .await?;
            let vote = ArticleVoteRow { helpful, reasons };
            assert_eq!(tx.article_vote(id, voter).await?, Some(vote));
        }
        for (reason, votes) in [
            (VoteReason::Unclear, 1),
            (VoteReason::Outdated, 1),
            (VoteReason::Outdated, 2),
            (VoteReason::Incomplete, 1),
            (VoteReason::Incomplete, -1),
        ] {
            tx.add_vote_reason(id, reason, votes).await?;
        }
        let row = |reason, votes| VoteReasonRow {
            article_id: id,
            reason,
            votes,
        };
        assert_eq!(
            tx.vote_reasons(&[other, id]).await?,
            [row(VoteReason::Outdated, 3), row(VoteReason::Unclear, 1)]
        );
        assert!(tx.vote_reasons(&[other]).await?.is_empty());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Those that votes speak against most come first, page by page.
async fn the_least_helpful_come_first(db: &Db) {
    let category = own_word();
    let written = db
        .write(async |tx| {
            let mut written = Vec::new();
            for (title, weight) in [
                ("Good", 0),
                ("Bad", 7_000),
                ("Worse", 9_000),
                ("As bad", 7_000),
            ] {
                let id = article(tx, content(title, &category, &[]), true).await;
                let mut row = tx.article(id).await?.unwrap();
                row.unhelpfulness = weight;
                tx.update_article(&row).await?;
                written.push(id);
            }
            Ok::<_, DbError>(written)
        })
        .await
        .unwrap();
    let [good, bad, worse, as_bad] = written[..] else {
        unreachable!("four were written")
    };
    db.read(async |tx| {
        let filter = in_category(View::Draft, &category);
        let mut seen = Vec::new();
        let mut after = None;
        loop {
            let window = Window { limit: 1, after };
            let page = tx
                .articles(&filter, ArticleSort::LeastHelpful, &window)
                .await?;
            seen.extend(ids(&page.items));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, [worse, as_bad, bad, good]);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// A reader counts once until they are forgotten; views are added up by day.
async fn readers_count_once(db: &Db) {
    db.write(async |tx| {
        let id = article(tx, content("Read", "Support", &[]), true).await;
        let other = article(tx, content("Not read", "Support", &[]), true).await;
        let (early, late) = (at(1_000), at(9_000));
        assert!(tx.note_article_reader(id, "mark", early, at(0)).await?);
        assert!(!tx.note_article_reader(id, "mark", late, early).await?);
        assert!(tx.note_article_reader(id, "another", late, early).await?);
        assert!(tx.note_article_reader(other, "mark", late, early).await?);
        assert!(
            tx.note_article_reader(id, "mark", late, at(9_000 - 1))
                .await?
        );
        assert_eq!(tx.forget_article_readers(late).await?, 0);
        assert_eq!(tx.forget_article_readers(at(9_001)).await?, 3);
        assert!(tx.note_article_reader(id, "mark", late, early).await?);

        for (day, views) in [(at(0), 2), (at(1_440), 3), (at(1_440), 4)] {
            tx.add_article_views(id, day, views).await?;
        }
        let both = [other, id];
        assert_eq!(tx.article_views(&both, at(0)).await?, [(id, 9)]);
        assert_eq!(tx.article_views(&both, at(1)).await?, [(id, 7)]);
        assert!(tx.article_views(&both, at(1_441)).await?.is_empty());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

bsm_tests::on_both_engines! {
    each_customer_has_one_vote,
    the_least_helpful_come_first,
    readers_count_once,
}
