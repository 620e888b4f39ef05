//! What an article said before.

use bsm_domain::actor::Actor;
use bsm_domain::article::ArticleStatus;
use bsm_domain::ids::ArticleId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::article_revisions::ArticleRevisionRow;
use bsm_persistence::page::{Page, Window};

use crate::{App, Error, Result};

/// A page ends early once its texts have so many bytes: a hundred revisions of a long article would
/// be tens of megabytes.
const PAGE_BYTES: usize = 1024 * 1024;
/// How many are read at once: what is held beyond the bytes of a page.
const AT_ONCE: u32 = 10;

/// A part of an article's revisions.
#[derive(Debug, Clone)]
pub struct Revisions {
    /// Newest first. Fewer than asked for where they are long.
    pub page: Page<ArticleRevisionRow>,
    /// The one that readers see.
    pub live: Option<i64>,
}

/// A page of an article's revisions with their texts, newest first. Staff only.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]
pub async fn revisions(
    app: &App,
    actor: &Actor,
    id: ArticleId,
    window: &Window,
) -> Result<Revisions> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| {
            let live = live_of(tx, id).await?;
            let mut page = Page {
                items: Vec::new(),
                next: window.after,
            };
            let mut bytes = 0;
            loop {
                let read = u32::try_from(page.items.len()).unwrap_or(u32::MAX);
                let left = window.limit.saturating_sub(read);
                if left == 0 || bytes >= PAGE_BYTES {
                    break;
                }
                let part = Window {
                    limit: left.min(AT_ONCE),
                    after: page.next,
                };
                let part = tx.article_revisions(id, &part).await?;
                bytes += part.items.iter().map(|r| r.body.len()).sum::<usize>();
                page.items.extend(part.items);
                page.next = part.next;
                if page.next.is_none() {
                    break;
                }
            }
            Ok(Revisions { page, live })
        })
        .await
}

/// One revision of an article, and whether readers see it. Staff only.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]
pub async fn revision(
    app: &App,
    actor: &Actor,
    id: ArticleId,
    n: i64,
) -> Result<(ArticleRevisionRow, bool)> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| {
            let live = live_of(tx, id).await?;
            let revision = tx.article_revision(id, n).await?.ok_or(Error::NotFound)?;
            Ok((revision, live == Some(n)))
        })
        .await
}

/// The revision that readers see: none of an archived article.
async fn live_of(tx: &mut Tx, id: ArticleId) -> Result<Option<i64>> {
    let article = tx.article(id).await?.ok_or(Error::NotFound)?;
    let published = article.status == ArticleStatus::Published;
    Ok(article.live_revision.filter(|_| published))
}
