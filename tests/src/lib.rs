//! The test kit: a database of its own for each test on either engine, a served product around
//! it, and clients that speak HTTP to it.

mod database;

pub use database::TestDb;

/// Declares each named `async fn(&Db)` of a module as a test on SQLite and as one on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($($name:path as $test:ident),+ $(,)?) => {
        mod sqlite {
            #[allow(unused_imports, reason = "paths are given relative to the parent")]
            use super::*;
            $(#[tokio::test]
            async fn $test() {
                let db = $crate::TestDb::sqlite().await;
                $name(&db).await;
                db.remove().await;
            })+
        }
        mod postgres {
            #[allow(unused_imports, reason = "paths are given relative to the parent")]
            use super::*;
            $(#[tokio::test]
            async fn $test() {
                let db = $crate::TestDb::postgres().await;
                $name(&db).await;
                db.remove().await;
            })+
        }
    };
}
