//! The mark of an installation.

use bsm_persistence::{Db, DbError};
use bsm_tests::seed;

/// A new installation is empty and no demo; the mark is kept.
async fn the_mark_is_kept(db: &Db) {
    let (mark, empty) = db
        .read(async |tx| Ok::<_, DbError>((tx.installation().await?, tx.is_empty().await?)))
        .await
        .unwrap();
    assert!(!mark.demo && !mark.demo_complete && empty);

    seed::customer(db, "ana@acme.example", None).await;
    assert!(!db.read(async |tx| tx.is_empty().await).await.unwrap());

    for complete in [false, true] {
        let mark = db
            .write(async |tx| {
                tx.mark_demo(complete).await?;
                tx.installation().await
            })
            .await
            .unwrap();
        assert_eq!((mark.demo, mark.demo_complete), (true, complete));
    }
}

bsm_tests::on_both_engines! {
    the_mark_is_kept,
}
