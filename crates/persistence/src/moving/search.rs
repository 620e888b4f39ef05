//! What the search of an installation is made anew from: each engine keeps it in its own way, so it
//! is not copied.

use bsm_domain::ids::{ArticleId, OrganizationId, ServiceId, TicketId, UserId};
use bsm_domain::ticket::MessageVisibility;
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::tickets::StoredAnswer;
use crate::{DbError, Tx};

/// A person, as the search knows them.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `users`")]
pub struct SoughtUser {
    pub id: UserId,
    pub name: String,
    pub email: String,
}

/// An organization, as the search knows it.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `organizations`")]
pub struct SoughtOrganization {
    pub id: OrganizationId,
    pub name: String,
}

/// A ticket, as the search knows it.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `tickets`")]
pub struct SoughtTicket {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub description: String,
    pub answers: Json<Vec<StoredAnswer>>,
}

/// What was said in a ticket.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `ticket_messages`")]
pub struct SoughtMessage {
    pub visibility: MessageVisibility,
    pub body: String,
}

impl Tx {
    /// Empties the search.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn clear_search(&mut self) -> Result<(), DbError> {
        self.q("delete from ticket_search").execute().await?;
        self.q("delete from content_search").execute().await?;
        if self.engine() == crate::EngineKind::Sqlite {
            self.q("delete from content_keys").execute().await?;
        }
        Ok(())
    }

    /// The next people in the order of their ids.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn sought_users(
        &mut self,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<SoughtUser>, DbError> {
        self.q("select id, name, email from users where id > $1 order by id limit $2")
            .bind(after)
            .bind(limit)
            .all()
            .await
    }

    /// The next organizations in the order of their ids.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn sought_organizations(
        &mut self,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<SoughtOrganization>, DbError> {
        self.q("select id, name from organizations where id > $1 order by id limit $2")
            .bind(after)
            .bind(limit)
            .all()
            .await
    }

    /// The next services in the order of their ids.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn sought_services(
        &mut self,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<ServiceId>, DbError> {
        let rows: Vec<(ServiceId,)> = self
            .q("select id from customer_services where id > $1 order by id limit $2")
            .bind(after)
            .bind(limit)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// The next articles in the order of their ids.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn sought_articles(
        &mut self,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<ArticleId>, DbError> {
        let rows: Vec<(ArticleId,)> = self
            .q("select id from knowledge_base where id > $1 order by id limit $2")
            .bind(after)
            .bind(limit)
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// The next tickets in the order of their ids.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn sought_tickets(
        &mut self,
        after: Uuid,
        limit: i64,
    ) -> Result<Vec<SoughtTicket>, DbError> {
        self.q(
            "select id, number, subject, description, answers from tickets \
             where id > $1 order by id limit $2",
        )
        .bind(after)
        .bind(limit)
        .all()
        .await
    }

    /// All that was said in a ticket, in its order.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn sought_messages(
        &mut self,
        ticket: TicketId,
    ) -> Result<Vec<SoughtMessage>, DbError> {
        self.q(
            "select visibility, body from ticket_messages where ticket_id = $1 \
             order by created_at, id",
        )
        .bind(ticket)
        .all()
        .await
    }
}
