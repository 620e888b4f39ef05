//! The words that texts of a kind have, to mend searches with a typo.

use sqlx::FromRow;
use uuid::Uuid;

use crate::{DbError, Tx};

/// Most words that one look into the vocabulary answers.
const MOST_WORDS: i64 = 20_000;

/// A word and how many texts have it.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct SearchWordRow {
    pub word: String,
    pub texts: i64,
}

impl Tx {
    /// Forgets the words of a text.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delete_search_words(
        &mut self,
        kind: &'static str,
        scope: &'static str,
        id: Uuid,
    ) -> Result<(), DbError> {
        self.q("delete from search_words where kind = $1 and scope = $2 and id = $3")
            .bind(kind.to_owned())
            .bind(scope.to_owned())
            .bind(id)
            .execute()
            .await
            .map(drop)
    }

    /// Remembers the words of a text, folded and each once, at most 1,000. It has none so far.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_search_words(
        &mut self,
        kind: &'static str,
        scope: &'static str,
        id: Uuid,
        words: &[String],
    ) -> Result<(), DbError> {
        if words.is_empty() {
            return Ok(());
        }
        let mut query = self
            .q("insert into search_words (kind, scope, id, word, letters) values ")
            .bind(kind.to_owned())
            .bind(scope.to_owned())
            .bind(id);
        for (n, word) in words.iter().take(1_000).enumerate() {
            query.push(if n == 0 {
                "($1, $2, $3, "
            } else {
                ", ($1, $2, $3, "
            });
            query.push_bind(word.clone());
            query.push(", ").push_bind(letters(word)).push(")");
        }
        query.execute().await.map(drop)
    }

    /// The words that are as long as this one, give or take one letter; in no order, at most
    /// 20,000.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn search_words_like(
        &mut self,
        kind: &'static str,
        scope: &'static str,
        word: &str,
    ) -> Result<Vec<SearchWordRow>, DbError> {
        self.q(
            "select word, count(*) as texts from search_words where kind = $1 and scope = $2 \
             and letters between $3 and $4 group by word limit $5",
        )
        .bind(kind.to_owned())
        .bind(scope.to_owned())
        .bind(letters(word) - 1)
        .bind(letters(word) + 1)
        .bind(MOST_WORDS)
        .all()
        .await
    }
}

fn letters(word: &str) -> i64 {
    i64::try_from(word.chars().count()).unwrap_or(i64::MAX - 1)
}
