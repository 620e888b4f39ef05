//! A customer says whether an article helped.

use bsm_domain::actor::{Actor, Role};
use bsm_domain::article::{VoteReason, unhelpfulness};
use bsm_persistence::Tx;
use bsm_persistence::article_votes::{ArticleVoteRow, NewArticleVote};
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
    /// Why it did not.
    pub reasons: Vec<VoteReason>,
}

/// Votes, or changes the vote: each customer counts once. Reasons are for votes against; those of
/// other votes are dropped. Votes move neither the version nor the times of an article.
///
/// # Errors
/// [`Error::Forbidden`] for staff; [`Error::NotFound`] where it is not published.
pub async fn vote(
    app: &App,
    actor: &Actor,
    slug: &str,
    input: VoteArticle,
) -> Result<ArticleVoteRow> {
    if actor.role != Role::Customer {
        return Err(Error::Forbidden);
    }
    let stamp = Stamp::of(app, actor);
    let mut reasons = input.reasons;
    reasons.sort_unstable();
    reasons.dedup();
    reasons.retain(|_| !input.helpful);
    let after = ArticleVoteRow {
        helpful: input.helpful,
        reasons,
    };
    app.db
        .write(async |tx| {
            let id = find(tx, View::Live, slug).await?.id;
            let mut article = locked(tx, id).await?;
            if let Some(before) = tx.article_vote(id, actor.user_id).await? {
                count(tx, &mut article, &before, -1).await?;
            }
            count(tx, &mut article, &after, 1).await?;
            tx.put_article_vote(&NewArticleVote {
                article_id: id,
                user_id: actor.user_id,
                helpful: after.helpful,
                reasons: after.reasons.clone(),
                at: stamp.at,
            })
            .await?;
            article.unhelpfulness = unhelpfulness(article.helpful, article.not_helpful);
            tx.update_article(&article).await?;
            Ok(after.clone())
        })
        .await
}

async fn count(
    tx: &mut Tx,
    article: &mut ArticleRow,
    vote: &ArticleVoteRow,
    by: i64,
) -> Result<()> {
    if vote.helpful {
        article.helpful += by;
        return Ok(());
    }
    article.not_helpful += by;
    for reason in &vote.reasons {
        tx.add_vote_reason(article.id, *reason, by).await?;
    }
    Ok(())
}
