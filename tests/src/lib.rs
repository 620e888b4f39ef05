//! The test kit: a database of its own for each test on either engine, a served product around
//! it, and clients that speak HTTP to it.

pub mod bsm;
pub mod chance;
mod client;
mod database;
pub mod document;
pub mod drift;
pub mod fields;
pub mod promises;
mod receiver;
pub mod samples;
pub mod seed;
mod sending;
mod served;
mod stream;
mod template;

pub use client::{Answer, Client, open, send, try_send};
pub use database::TestDb;
pub use receiver::{Got, Manner, Receiver};
pub use samples::Samples;
pub use sending::{hasty, sending};
pub use served::{Desk, Person, Program, Replica, SECRET, quotas};
pub use stream::{Cut, Heard, Stream};

/// Declares each named `async fn(&Db)` of the module it stands in as a test on SQLite and as one
/// on PostgreSQL.
#[macro_export]
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let db = $crate::TestDb::sqlite().await;
                super::$name(&db).await;
                db.remove().await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let db = $crate::TestDb::postgres().await;
                super::$name(&db).await;
                db.remove().await;
            })+
        }
    };
}

/// Declares each named `async fn(&Desk)` as a test of a served product on SQLite and as one on
/// PostgreSQL.
#[macro_export]
macro_rules! served_on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let desk = $crate::Desk::open($crate::TestDb::sqlite().await).await;
                super::$name(&desk).await;
                desk.close().await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let desk = $crate::Desk::open($crate::TestDb::postgres().await).await;
                super::$name(&desk).await;
                desk.close().await;
            })+
        }
    };
}
