//! How often readers open articles, and who was counted lately.

use bsm_domain::clock::Time;
use bsm_domain::ids::ArticleId;

use crate::{DbError, Tx};

impl Tx {
    /// Notes that a reader opened an article. True where they are to be counted: not seen there
    /// since `again`. The mark names nobody.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn note_article_reader(
        &mut self,
        article: ArticleId,
        mark: &str,
        at: Time,
        again: Time,
    ) -> Result<bool, DbError> {
        let noted = self
            .q(
                "insert into article_readers (article_id, mark, seen_at) values ($1, $2, $3) \
                 on conflict (article_id, mark) do update set seen_at = excluded.seen_at \
                 where article_readers.seen_at < $4",
            )
            .bind(article)
            .bind(mark.to_owned())
            .bind(at)
            .bind(again)
            .execute()
            .await?;
        Ok(noted == 1)
    }

    /// Forgets all readers seen before a moment.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn forget_article_readers(&mut self, before: Time) -> Result<u64, DbError> {
        self.q("delete from article_readers where seen_at < $1")
            .bind(before)
            .execute()
            .await
    }

    /// Adds to how often an article was opened on a day.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn add_article_views(
        &mut self,
        article: ArticleId,
        day: Time,
        views: i64,
    ) -> Result<(), DbError> {
        self.q(
            "insert into article_views (article_id, day, views) values ($1, $2, $3) \
             on conflict (article_id, day) do update set views = article_views.views + excluded.views",
        )
        .bind(article)
        .bind(day)
        .bind(views)
        .execute()
        .await
        .map(drop)
    }

    /// How often each of these articles was opened from a day on; those never opened are left out.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn article_views(
        &mut self,
        articles: &[ArticleId],
        from: Time,
    ) -> Result<Vec<(ArticleId, i64)>, DbError> {
        let mut query = self.q(
            "select article_id, cast(sum(views) as bigint) from article_views where article_id in ",
        );
        query.push_list(articles.iter().copied());
        query.push(" and day >= ").push_bind(from);
        query.push(" group by article_id");
        query.all().await
    }
}
