//! Who asked for a new password and waits for a link.

use bsm_domain::clock::Time;
use bsm_domain::ids::{PasswordRequestId, UserId};
use sqlx::FromRow;

use crate::page::{Direction, Key, Page, Window, push_window};
use crate::{DbError, Tx};

/// A request that is open, with the person who asked.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `password_requests` and `users`")]
pub struct PasswordRequestRow {
    pub id: PasswordRequestId,
    pub user_id: UserId,
    pub user_name: String,
    pub user_email: String,
    pub asked: i64,
    pub created_at: Time,
    pub asked_at: Time,
}

impl Tx {
    /// Notes that a person asked. One who asks again while their request is open is counted, and
    /// keeps their place. True where the request is a new one.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn put_password_request(
        &mut self,
        id: PasswordRequestId,
        user: UserId,
        at: Time,
    ) -> Result<bool, DbError> {
        let row: (PasswordRequestId,) = self
            .q(
                "insert into password_requests (id, user_id, asked, created_at, asked_at) \
                 values ($1, $2, 1, $3, $3) on conflict (user_id) where closed_at is null \
                 do update set asked = password_requests.asked + 1, asked_at = excluded.asked_at \
                 returning id",
            )
            .bind(id)
            .bind(user)
            .bind(at)
            .one()
            .await?;
        Ok(row.0 == id)
    }

    /// Open requests, those who wait longest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn password_requests(
        &mut self,
        window: &Window,
    ) -> Result<Page<PasswordRequestRow>, DbError> {
        let mut query = self.q(
            "select r.id, r.user_id, u.name as user_name, u.email as user_email, r.asked, \
             r.created_at, r.asked_at from password_requests r \
             left join users u on u.id = r.user_id where r.closed_at is null",
        );
        push_window(
            &mut query,
            window,
            "(r.created_at, r.id)",
            Direction::Rising,
            " order by r.created_at, r.id",
        );
        let rows: Vec<PasswordRequestRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }

    /// Whose open request this is.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn asker_of(&mut self, id: PasswordRequestId) -> Result<Option<UserId>, DbError> {
        let row: Option<(UserId,)> = self
            .q("select user_id from password_requests where id = $1 and closed_at is null")
            .bind(id)
            .optional()
            .await?;
        Ok(row.map(|(user,)| user))
    }

    /// Closes the open request of a person; false where there is none.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn close_password_request(
        &mut self,
        user: UserId,
        by: Option<UserId>,
        at: Time,
    ) -> Result<bool, DbError> {
        let touched = self
            .q(
                "update password_requests set closed_at = $2, closed_by = $3 \
                where user_id = $1 and closed_at is null",
            )
            .bind(user)
            .bind(at)
            .bind(by)
            .execute()
            .await?;
        Ok(touched > 0)
    }
}
