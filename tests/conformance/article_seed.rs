//! Articles for tests, written straight into the database.

use bsm_domain::article::{ArticleContent, ArticleStatus, ArticleVisibility};
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_domain::ids::ArticleId;
use bsm_persistence::Tx;
use bsm_persistence::article_lists::ArticleFilter;
use bsm_persistence::article_revisions::NewArticleRevision;
use bsm_persistence::articles::ArticleRow;
use bsm_persistence::content::View;
use bsm_persistence::page::Window;
use uuid::Uuid;

/// The first page of a list.
pub const ALL: Window = Window {
    limit: 100,
    after: None,
};

/// A word of its own keeps a test apart from the others of the same database.
pub fn own_word() -> String {
    format!("w{}", Uuid::now_v7().simple())
}

pub fn content(title: &str, category: &str, tags: &[&str]) -> ArticleContent {
    ArticleContent {
        title: title.to_owned(),
        slug: own_word(),
        summary: "In a line".to_owned(),
        body: "## Heading\n\nText".to_owned(),
        category: category.to_owned(),
        tags: tags.iter().map(|t| (*t).to_owned()).collect(),
        visibility: ArticleVisibility::Public,
    }
}

pub async fn save(tx: &mut Tx, id: ArticleId, n: i64, content: ArticleContent) {
    tx.insert_article_revision(&NewArticleRevision {
        article_id: id,
        n,
        content,
        note: None,
        author_id: None,
        created_at: SystemClock.now(),
        restored_from: None,
    })
    .await
    .unwrap();
}

/// Drafts an article, and publishes it where asked.
pub async fn article(tx: &mut Tx, content: ArticleContent, live: bool) -> ArticleId {
    let id = ArticleId::generate();
    let (at, tags, visibility) = (SystemClock.now(), content.tags.clone(), content.visibility);
    tx.insert_article(id, &content.category, at, None)
        .await
        .unwrap();
    tx.put_article_tags(id, View::Draft, &tags, at)
        .await
        .unwrap();
    save(tx, id, 1, content).await;
    if live {
        tx.lock_article(id).await.unwrap();
        let mut row = tx.article(id).await.unwrap().unwrap();
        row.status = ArticleStatus::Published;
        row.live_revision = Some(1);
        row.published_at = Some(at);
        row.live_at = row.published_at;
        tx.update_article(&row).await.unwrap();
        let mut views = vec![View::Live];
        views.extend((visibility == ArticleVisibility::Public).then_some(View::Public));
        for view in views {
            tx.put_article_tags(id, view, &tags, at).await.unwrap();
        }
    }
    id
}

pub fn ids(rows: &[ArticleRow]) -> Vec<ArticleId> {
    rows.iter().map(|row| row.id).collect()
}

pub fn in_category(view: View, category: &str) -> ArticleFilter {
    ArticleFilter {
        category: Some(category.to_owned()),
        ..ArticleFilter::all(view)
    }
}
