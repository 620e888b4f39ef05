//! What was searched for in the knowledge base and not found.

use bsm_domain::clock::Time;
use bsm_domain::ids::EmptySearchId;
use sqlx::FromRow;

use crate::page::{Direction, Key, Page, Window, push_number_window, push_window};
use crate::{DbError, Tx};

/// Words that found nothing.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `empty_searches`")]
pub struct EmptySearchRow {
    pub id: EmptySearchId,
    /// Folded.
    pub words: String,
    pub searches: i64,
    pub first_at: Time,
    pub last_at: Time,
    pub dismissed: bool,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptySearchSort {
    /// Most often searched for first.
    #[default]
    Count,
    /// Last searched for first.
    Latest,
}

impl Tx {
    /// Counts a search that found nothing. True where these words are new.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn count_empty_search(
        &mut self,
        id: EmptySearchId,
        words: &str,
        at: Time,
    ) -> Result<bool, DbError> {
        let counted = self
            .q("update empty_searches set searches = searches + 1, last_at = $2 where words = $1")
            .bind(words.to_owned())
            .bind(at)
            .execute()
            .await?;
        if counted > 0 {
            return Ok(false);
        }
        // Another replica may have written it since.
        self.q(
            "insert into empty_searches (id, words, searches, first_at, last_at, dismissed) \
             values ($1, $2, 1, $3, $3, $4) on conflict (words) do update \
             set searches = empty_searches.searches + 1, last_at = excluded.last_at",
        )
        .bind(id)
        .bind(words.to_owned())
        .bind(at)
        .bind(false)
        .execute()
        .await?;
        Ok(true)
    }

    /// How many words are kept.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn empty_search_count(&mut self) -> Result<i64, DbError> {
        self.q("select count(*) from empty_searches").scalar().await
    }

    /// Forgets words: those searched for least, the oldest of them first, but not this one.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn forget_empty_searches(
        &mut self,
        how_many: i64,
        but: EmptySearchId,
    ) -> Result<u64, DbError> {
        self.q(
            "delete from empty_searches where id in (select id from empty_searches where id <> $2 \
             order by searches, last_at, id limit $1)",
        )
        .bind(how_many)
        .bind(but)
        .execute()
        .await
    }

    /// Sets words aside, or takes them up again. False where there are none of this id.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn dismiss_empty_search(
        &mut self,
        id: EmptySearchId,
        dismissed: bool,
    ) -> Result<bool, DbError> {
        let touched = self
            .q("update empty_searches set dismissed = $2 where id = $1")
            .bind(id)
            .bind(dismissed)
            .execute()
            .await?;
        Ok(touched == 1)
    }

    /// A page of words that found nothing: those set aside, or those that are not.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn empty_searches(
        &mut self,
        dismissed: bool,
        sort: EmptySearchSort,
        window: &Window,
    ) -> Result<Page<EmptySearchRow>, DbError> {
        let mut query = self.q(
            "select s.id, s.words, s.searches, s.first_at, s.last_at, s.dismissed \
             from empty_searches s where s.dismissed = ",
        );
        query.push_bind(dismissed);
        match sort {
            EmptySearchSort::Count => push_number_window(
                &mut query,
                window,
                "(s.searches, s.id)",
                Direction::Falling,
                " order by s.searches desc, s.id desc",
            ),
            EmptySearchSort::Latest => push_window(
                &mut query,
                window,
                "(s.last_at, s.id)",
                Direction::Falling,
                " order by s.last_at desc, s.id desc",
            ),
        }
        let rows: Vec<EmptySearchRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| match sort {
            EmptySearchSort::Count => Key::of_number(row.searches, row.id.0),
            EmptySearchSort::Latest => Key {
                at: row.last_at,
                id: row.id.0,
            },
        }))
    }
}
