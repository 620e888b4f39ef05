//! The tags of what each view of an article shows, in the order of that view's list.

use bsm_domain::clock::Time;
use bsm_domain::ids::ArticleId;

use crate::content::View;
use crate::{DbError, Tx};

impl Tx {
    /// Writes the tags that a view of an article shows, instead of those it had. `at` is the time
    /// that the view's list is ordered by: the last change of a working copy, the first
    /// publication of what readers see.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn put_article_tags(
        &mut self,
        article: ArticleId,
        view: View,
        tags: &[String],
        at: Time,
    ) -> Result<(), DbError> {
        self.delete_article_tags(article, Some(view)).await?;
        if tags.is_empty() {
            return Ok(());
        }
        let mut query = self
            .q("insert into article_tags (article_id, view, at, tag) values ")
            .bind(article)
            .bind(view.scope().to_owned())
            .bind(at);
        for (n, tag) in tags.iter().enumerate() {
            query.push(if n == 0 {
                "($1, $2, $3, "
            } else {
                ", ($1, $2, $3, "
            });
            query.push_bind(tag.clone()).push(")");
        }
        // A tag that is named twice is one tag.
        query.push(" on conflict (article_id, view, tag) do nothing");
        query.execute().await.map(drop)
    }

    /// Forgets the tags of one view of an article, or of all of them.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delete_article_tags(
        &mut self,
        article: ArticleId,
        view: Option<View>,
    ) -> Result<(), DbError> {
        let mut query = self.q("delete from article_tags where article_id = ");
        query.push_bind(article);
        if let Some(view) = view {
            query
                .push(" and view = ")
                .push_bind(view.scope().to_owned());
        }
        query.execute().await.map(drop)
    }

    /// Gives the tags of a working copy their new place: it was changed at this time.
    ///
    /// # Errors
    /// [`DbError`]
    pub(crate) async fn move_article_tags(
        &mut self,
        article: ArticleId,
        at: Time,
    ) -> Result<(), DbError> {
        self.q(
            "update article_tags set at = $2 where article_id = $1 and view = 'draft' and at <> $2",
        )
        .bind(article)
        .bind(at)
        .execute()
        .await
        .map(drop)
    }
}
