//! Counts how often readers open articles, beside the requests: a reader never waits for it, and
//! reads on when it fails.

use std::collections::BTreeMap;
use std::time::Duration as Pause;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bsm_domain::clock::Time;
use bsm_domain::ids::{ArticleId, UserId};
use bsm_persistence::Tx;
use chrono::{Duration, NaiveTime};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver, Sender};

use crate::{App, Result};

/// A reader counts once an article in so many hours; then they are forgotten.
const AGAIN_AFTER_HOURS: i64 = 6;
/// Views that wait to be counted; more are lost rather than kept.
const WAITING: usize = 4_096;
/// Views counted in one transaction.
const AT_ONCE: usize = 512;
/// How long views are gathered.
const PAUSE: Pause = Pause::from_millis(500);
/// Keeps these marks apart from everything else that the installation's secret signs.
const PURPOSE: &[u8] = b"bsm article reader v1";

/// Somebody who opens an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visitor<'a> {
    /// A customer who is signed in.
    Customer(UserId),
    /// Somebody else, as far as their network address and program tell them apart.
    Guest {
        /// Their network address.
        address: &'a str,
        /// What their program calls itself.
        program: &'a str,
    },
}

#[derive(Debug)]
struct View {
    article: ArticleId,
    mark: String,
    at: Time,
}

/// Takes views and counts them soon; cheap to clone.
#[derive(Clone)]
pub struct ViewCounter {
    app: App,
    waiting: Sender<View>,
}

impl ViewCounter {
    /// Starts to count, on a thread of its own that works on this runtime and ends when no counter
    /// is left. Where there can be no thread nothing is counted.
    #[must_use]
    pub fn start(app: App) -> Self {
        let (waiting, views) = mpsc::channel(WAITING);
        let (runtime, counting) = (Handle::current(), app.clone());
        // No task of the runtime: a transaction that borrows what it writes cannot move between
        // threads, as tasks must.
        let thread = std::thread::Builder::new()
            .name("article-views".to_owned())
            .spawn(move || runtime.block_on(count_all(counting, views)));
        if let Err(error) = thread {
            tracing::warn!(%error, "views of articles are not counted");
        }
        Self { app, waiting }
    }

    /// Somebody opened an article. Never waits and never fails: where too many wait, this one is
    /// not counted.
    pub fn opened(&self, article: ArticleId, visitor: Visitor<'_>) {
        let Some(mark) = mark(&self.app.settings.secret, article, visitor) else {
            return;
        };
        let view = View {
            article,
            mark,
            at: self.app.now(),
        };
        if self.waiting.try_send(view).is_err() {
            tracing::debug!("a view of an article is not counted: too many wait");
        }
    }
}

/// A mark of a reader of one article that nobody without the secret can make or read; those of two
/// articles have nothing in common.
fn mark(secret: &[u8], article: ArticleId, visitor: Visitor<'_>) -> Option<String> {
    let mac = Hmac::<Sha256>::new_from_slice(secret)
        .ok()?
        .chain_update(PURPOSE)
        .chain_update(article.0.as_bytes());
    let mac = match visitor {
        Visitor::Customer(id) => mac.chain_update(b"customer").chain_update(id.0.as_bytes()),
        Visitor::Guest { address, program } => mac
            .chain_update(b"guest")
            .chain_update(address)
            .chain_update([0])
            .chain_update(program),
    };
    let made = mac.finalize().into_bytes();
    Some(URL_SAFE_NO_PAD.encode(&made[..16]))
}

async fn count_all(app: App, mut views: Receiver<View>) {
    let mut batch = Vec::with_capacity(AT_ONCE);
    while views.recv_many(&mut batch, AT_ONCE).await > 0 {
        // More come while these wait: then they share a transaction.
        tokio::time::sleep(PAUSE).await;
        while batch.len() < AT_ONCE {
            let Ok(view) = views.try_recv() else { break };
            batch.push(view);
        }
        // Replicas that count at once take the same rows in the same order.
        batch.sort_by(|a, b| (a.article, &a.mark).cmp(&(b.article, &b.mark)));
        let counted = app.db.write(async |tx| count(tx, &batch).await).await;
        if let Err(error) = counted {
            tracing::warn!(%error, views = batch.len(), "views of articles are not counted");
        }
        batch.clear();
    }
}

async fn count(tx: &mut Tx, views: &[View]) -> Result<()> {
    let again = Duration::hours(AGAIN_AFTER_HOURS);
    let mut fresh = BTreeMap::<(ArticleId, Time), i64>::new();
    for view in views {
        let at = view.at;
        if tx
            .note_article_reader(view.article, &view.mark, at, at - again)
            .await?
        {
            *fresh.entry((view.article, day_of(at))).or_default() += 1;
        }
    }
    for ((article, day), views) in fresh {
        tx.add_article_views(article, day, views).await?;
    }
    if let Some(last) = views.iter().map(|view| view.at).max() {
        tx.forget_article_readers(last - again).await?;
    }
    Ok(())
}

/// The first moment of a day, in UTC.
pub(crate) fn day_of(at: Time) -> Time {
    at.date_naive().and_time(NaiveTime::MIN).and_utc()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_tell_readers_apart_and_say_nothing_of_them() {
        let secret = b"an installation's secret of 32 bytes or more";
        let (one, two) = (ArticleId::generate(), ArticleId::generate());
        let reader = UserId::generate();
        let of = |article, visitor| mark(secret, article, visitor).unwrap();
        let customer = of(one, Visitor::Customer(reader));
        assert_eq!(customer, of(one, Visitor::Customer(reader)));
        assert_ne!(customer, of(two, Visitor::Customer(reader)));
        assert_ne!(customer, of(one, Visitor::Customer(UserId::generate())));
        let guest = |address, program| of(one, Visitor::Guest { address, program });
        assert_ne!(guest("192.0.2.1", "A"), guest("192.0.2.1", "B"));
        assert_ne!(guest("192.0.2.1", "A"), guest("192.0.2.2", "A"));
        assert_eq!(customer.len(), 22);
    }
}
