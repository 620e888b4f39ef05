//! The names of articles in addresses.

use bsm_domain::ids::ArticleId;

use crate::{DbError, Tx};

impl Tx {
    /// The article that has or had this slug, and whether it was ever published under it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn article_of_slug(
        &mut self,
        slug: &str,
    ) -> Result<Option<(ArticleId, bool)>, DbError> {
        self.q("select article_id, was_live from article_slugs where slug = $1")
            .bind(slug.to_owned())
            .optional()
            .await
    }

    /// The slugs that an article was published under, by name.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn live_slugs(&mut self, article: ArticleId) -> Result<Vec<String>, DbError> {
        let rows: Vec<(String,)> = self
            .q("select slug from article_slugs where article_id = $1 and was_live = $2 order by slug")
            .bind(article)
            .bind(true)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(slug,)| slug).collect())
    }

    /// Gives a slug to an article. False where it is taken, also by this article itself.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn claim_slug(&mut self, slug: &str, article: ArticleId) -> Result<bool, DbError> {
        let claimed = self
            .q(
                "insert into article_slugs (slug, article_id, was_live) values ($1, $2, $3) \
                 on conflict (slug) do nothing",
            )
            .bind(slug.to_owned())
            .bind(article)
            .bind(false)
            .execute()
            .await?;
        Ok(claimed == 1)
    }

    /// Notes that an article is published under this slug: from now on it leads readers to it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn mark_slug_live(&mut self, slug: &str) -> Result<(), DbError> {
        self.q("update article_slugs set was_live = $2 where slug = $1")
            .bind(slug.to_owned())
            .bind(true)
            .execute()
            .await
            .map(drop)
    }

    /// Frees the slugs of an article that no reader can know, but for the one to keep.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn release_slugs(
        &mut self,
        article: ArticleId,
        keep: Option<&str>,
    ) -> Result<(), DbError> {
        let mut query = self.q("delete from article_slugs where article_id = ");
        query.push_bind(article);
        query.push(" and was_live = ").push_bind(false);
        if let Some(slug) = keep {
            query.push(" and slug <> ").push_bind(slug.to_owned());
        }
        query.execute().await.map(drop)
    }
}
