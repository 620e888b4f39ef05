//! What every change of an article leaves behind: its event, its place in the search, its audit.

use bsm_domain::article::ArticleContent;
use bsm_domain::clock::Time;
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{ArticleId, EventId};
use bsm_domain::markdown;
use bsm_domain::text::{Folded, document};
use bsm_persistence::Tx;
use bsm_persistence::article_lists::ARTICLE_KIND;
use bsm_persistence::audit::NewAudit;
use bsm_persistence::content::View;
use serde_json::{Map, Value};

use super::mend::vocabulary;
use crate::search::INDEXED_WORDS;
use crate::{Result, Stamp};

/// Writes the event of a change.
pub(super) async fn announce(
    tx: &mut Tx,
    stamp: &Stamp,
    id: ArticleId,
    kind: EventKind,
    changes: Changes,
) -> Result<()> {
    tx.append_event(&Event {
        id: EventId::generate(),
        kind,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::Article,
        subject_id: id.0,
        subject_number: None,
        requester: None,
        organization: None,
        changes,
    })
    .await?;
    Ok(())
}

/// Writes the audit of a change of what readers see.
pub(super) async fn audit(
    tx: &mut Tx,
    stamp: &Stamp,
    id: ArticleId,
    action: &'static str,
    detail: Map<String, Value>,
) -> Result<()> {
    tx.insert_audit(&NewAudit {
        at: stamp.at,
        actor_id: stamp.by,
        via: stamp.via,
        key_id: stamp.key,
        action,
        subject_kind: SubjectKind::Article,
        subject_id: Some(id.0),
        detail,
    })
    .await?;
    Ok(())
}

/// What stands between title and text: summary, headings, category and tags.
fn headings(content: &ArticleContent) -> String {
    format!(
        "{}\n{}\n{}\n{}",
        content.summary,
        markdown::headings(&content.body),
        content.category,
        content.tags.join(" ")
    )
}

/// Puts what an article says into the search of a view, its words where typos are mended from, and
/// its tags where lists find them. `at` is the time by which the view's list is ordered.
pub(super) async fn index(
    tx: &mut Tx,
    id: ArticleId,
    view: View,
    content: &ArticleContent,
    at: Time,
) -> Result<()> {
    let title = document(&[&content.title], INDEXED_WORDS);
    let headings = document(&[&headings(content)], INDEXED_WORDS);
    let body = document(&[&markdown::plain_text(&content.body)], INDEXED_WORDS);
    let words = vocabulary(&[&title, &headings, &body]);
    let scope = view.scope();
    tx.index_content(ARTICLE_KIND, scope, id.0, [&title, &headings, &body])
        .await?;
    tx.delete_search_words(ARTICLE_KIND, scope, id.0).await?;
    tx.insert_search_words(ARTICLE_KIND, scope, id.0, &words)
        .await?;
    tx.put_article_tags(id, view, &content.tags, at).await?;
    Ok(())
}

/// Puts an article into the search anew, with the words of the present moment: the working copy
/// and what readers see.
pub(crate) async fn index_again(tx: &mut Tx, id: ArticleId) -> Result<()> {
    if let Some(article) = tx.article(id).await? {
        let at = article.updated_at;
        index(tx, id, View::Draft, &article.shown.content(), at).await?;
    }
    for view in [View::Live, View::Public] {
        if let Some(article) = tx.published_article(id, view).await? {
            let at = article.published_at.unwrap_or(article.created_at);
            index(tx, id, view, &article.shown.content(), at).await?;
        }
    }
    Ok(())
}

/// Takes an article out of the search and the tags of a view.
pub(super) async fn unindex(tx: &mut Tx, id: ArticleId, view: View) -> Result<()> {
    tx.unindex_content(ARTICLE_KIND, view.scope(), id.0).await?;
    tx.delete_search_words(ARTICLE_KIND, view.scope(), id.0)
        .await?;
    tx.delete_article_tags(id, Some(view)).await?;
    Ok(())
}

/// What relevance is computed from: the same texts that [`index`] stores.
pub(super) fn folded(content: &ArticleContent) -> Folded {
    Folded::new(
        &content.title,
        &headings(content),
        &markdown::plain_text(&content.body),
    )
}
