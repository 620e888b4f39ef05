//! Calls that are done once.

use bsm_domain::ids::UserId;
use bsm_persistence::retries::Call;
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, at};

fn call(caller: UserId, key: &str, minute: i64) -> Call {
    Call {
        caller,
        route: "POST /api/customer/tickets".into(),
        key: key.into(),
        body_hash: vec![7; 32],
        at: at(minute),
    }
}

async fn a_call_is_begun_once_and_forgotten(db: &Db) {
    let caller = seed::customer(db, "ana@acme.example", None).await;
    let one = call(caller, "one", 1);
    db.write(async |tx| {
        assert!(tx.begin_call(&one).await?);
        assert_eq!(tx.answered_call(&one).await?, None, "not before its answer");
        tx.end_call(&one, b"sealed").await?;
        assert!(!tx.begin_call(&one).await?);
        for n in 2..5 {
            assert!(tx.begin_call(&call(caller, &n.to_string(), n)).await?);
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let kept = db.read(async |tx| tx.answered_call(&one).await).await;
    let kept = kept.unwrap().unwrap();
    assert_eq!(
        (kept.body_hash, kept.answer),
        (vec![7; 32], b"sealed".to_vec())
    );
    let forget = async |until: i64, limit: u32| {
        let forgotten =
            async |tx: &mut bsm_persistence::Tx| tx.forget_calls(at(until), limit).await;
        db.write(forgotten).await.unwrap()
    };
    assert_eq!(forget(1, 10).await, 0);
    assert_eq!(
        forget(4, 2).await,
        2,
        "no more than asked for, oldest first"
    );
    assert_eq!(forget(4, 2).await, 1);
    let gone = db.read(async |tx| tx.answered_call(&one).await).await;
    assert_eq!(gone.unwrap(), None);
}

bsm_tests::on_both_engines! {
    a_call_is_begun_once_and_forgotten,
}
