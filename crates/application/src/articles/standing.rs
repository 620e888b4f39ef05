//! How readers take an article: how often they open it, and why it did not help.

use std::collections::HashMap;

use bsm_domain::article::VoteReason;
use bsm_domain::clock::Time;
use bsm_domain::ids::ArticleId;
use bsm_persistence::Tx;
use chrono::Duration;

use super::views::day_of;
use crate::Result;

/// Days over which views are counted.
const VIEW_DAYS: i64 = 30;

/// How readers take an article.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// How many gave which reason why it did not help, the most frequent first.
    pub reasons: Vec<(VoteReason, i64)>,
    /// How often readers opened it today and on the 29 days before, in UTC.
    pub views: i64,
}

/// How readers take each of these articles; what nobody read or voted against is left out.
pub(super) async fn standings(
    tx: &mut Tx,
    articles: &[ArticleId],
    now: Time,
) -> Result<HashMap<ArticleId, Standing>> {
    let mut found = HashMap::<ArticleId, Standing>::new();
    if articles.is_empty() {
        return Ok(found);
    }
    for row in tx.vote_reasons(articles).await? {
        let standing = found.entry(row.article_id).or_default();
        standing.reasons.push((row.reason, row.votes));
    }
    let from = day_of(now) - Duration::days(VIEW_DAYS - 1);
    for (article, views) in tx.article_views(articles, from).await? {
        found.entry(article).or_default().views = views;
    }
    Ok(found)
}
