//! Searches that found nothing.

use bsm_domain::ids::EmptySearchId;
use bsm_persistence::empty_searches::{EmptySearchRow, EmptySearchSort};
use bsm_persistence::page::Window;
use bsm_persistence::{Db, DbError, Tx};
use bsm_tests::seed::at;

const ALL: Window = Window {
    limit: 100,
    after: None,
};

async fn words(tx: &mut Tx, dismissed: bool, sort: EmptySearchSort) -> Vec<String> {
    let page = tx.empty_searches(dismissed, sort, &ALL).await.unwrap();
    page.items.into_iter().map(|row| row.words).collect()
}

/// Words are kept once, counted, listed in both orders, set aside, and forgotten where few want them.
async fn words_are_counted_set_aside_and_forgotten(db: &Db) {
    db.write(async |tx| {
        let [wifi, printer, badge] = [(); 3].map(|()| EmptySearchId::generate());
        assert!(tx.count_empty_search(wifi, "guest wifi", at(1)).await?);
        assert!(tx.count_empty_search(printer, "printer", at(2)).await?);
        assert!(tx.count_empty_search(badge, "badge", at(3)).await?);
        let again = EmptySearchId::generate();
        assert!(!tx.count_empty_search(again, "printer", at(4)).await?);
        assert_eq!(tx.empty_search_count().await?, 3);

        let most = EmptySearchSort::Count;
        assert_eq!(
            words(tx, false, most).await,
            ["printer", "badge", "guest wifi"]
        );
        let latest = EmptySearchSort::Latest;
        assert_eq!(
            words(tx, false, latest).await,
            ["printer", "badge", "guest wifi"]
        );
        for sort in [most, latest] {
            let mut seen = Vec::new();
            let mut after = None;
            loop {
                let window = Window { limit: 1, after };
                let page = tx.empty_searches(false, sort, &window).await?;
                seen.extend(page.items);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(seen.len(), 3);
            assert_eq!(
                seen[0],
                EmptySearchRow {
                    id: printer,
                    words: "printer".to_owned(),
                    searches: 2,
                    first_at: at(2),
                    last_at: at(4),
                    dismissed: false,
                }
            );
        }

        assert!(tx.dismiss_empty_search(badge, true).await?);
        assert!(!tx.dismiss_empty_search(again, true).await?);
        assert_eq!(words(tx, true, most).await, ["badge"]);
        assert!(!tx.count_empty_search(again, "badge", at(5)).await?);
        assert_eq!(words(tx, false, most).await, ["printer", "guest wifi"]);
        assert!(tx.dismiss_empty_search(badge, false).await?);

        // The one searched for least goes first, but never the one just written.
        let fresh = EmptySearchId::generate();
        tx.count_empty_search(fresh, "parking", at(0)).await?;
        assert_eq!(tx.forget_empty_searches(1, fresh).await?, 1);
        assert_eq!(
            words(tx, false, most).await,
            ["badge", "printer", "parking"]
        );
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

bsm_tests::on_both_engines! {
    words_are_counted_set_aside_and_forgotten,
}
