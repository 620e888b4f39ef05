//! A customer says whether an article helped.

use bsm_domain::actor::{Actor, Role};
use bsm_persistence::article_votes::NewArticleVote;
use bsm_persistence::articles::ArticleRow;
use bsm_persistence::content::View;

use super::read::locked;
use super::reader::find;
use crate::{App, Error, Result, Stamp};

/// What they say.
#[derive(Debug, Clone)]
pub struct VoteArticle {
    /// Whether it helped.
    pub helpful: bool,
    /// Codes of reasons they chose.
    pub reasons: Vec<String>,
}

/// Votes, or changes the vote: each customer counts once. Votes move neither the version nor the
/// times of an article.
///
/// # Errors
/// [`Error::Forbidden`] for staff; [`Error::NotFound`] where it is not published.
pub async fn vote(app: &App, actor: &Actor, slug: &str, input: VoteArticle) -> Result<bool> {
    if actor.role != Role::Customer {
        return Err(Error::Forbidden);
    }
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let id = find(tx, View::Live, slug).await?.id;
            let mut article = locked(tx, id).await?;
            let before = tx.article_vote(id, actor.user_id).await?;
            tx.put_article_vote(&NewArticleVote {
                article_id: id,
                user_id: actor.user_id,
                helpful: input.helpful,
                reasons: input.reasons.clone(),
                at: stamp.at,
            })
            .await?;
            count(&mut article, before, -1);
            count(&mut article, Some(input.helpful), 1);
            tx.update_article(&article).await?;
            Ok(input.helpful)
        })
        .await
}

fn count(article: &mut ArticleRow, vote: Option<bool>, by: i64) {
    match vote {
        Some(true) => article.helpful += by,
        Some(false) => article.not_helpful += by,
        None => {}
    }
}
