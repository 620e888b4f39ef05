//! Resolutions: a row for each time a ticket entered `resolved`, and the list of them.

use bsm_domain::clock::Time;
use bsm_domain::ids::{OrganizationId, ResolutionId, ServiceId, TicketId, UserId};
use sqlx::FromRow;

use crate::page::{Direction, Key, Page, Window, push_equal, push_window};
use crate::{DbError, Tx};

/// A resolution.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `resolutions`")]
pub struct ResolutionRow {
    pub id: ResolutionId,
    pub ticket_id: TicketId,
    pub n: i64,
    pub assignee_id: Option<UserId>,
    pub service_id: Option<ServiceId>,
    pub resolved_at: Time,
    pub undone_at: Option<Time>,
    pub undone_by: Option<UserId>,
    /// Undone by a customer.
    pub reopened: bool,
    pub score: Option<i64>,
}

/// A resolution about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `resolutions`")]
pub struct NewResolution {
    pub id: ResolutionId,
    pub ticket_id: TicketId,
    pub n: i64,
    pub requester_id: UserId,
    pub organization_id: Option<OrganizationId>,
    pub assignee_id: Option<UserId>,
    pub service_id: Option<ServiceId>,
    pub resolved_at: Time,
}

/// A resolution as staff read it: with its ticket and the people around it.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct ResolvedRow {
    pub id: ResolutionId,
    pub ticket_id: TicketId,
    pub ticket_number: i64,
    pub ticket_subject: String,
    pub requester_id: UserId,
    pub requester_name: String,
    pub organization_id: Option<OrganizationId>,
    pub organization_name: Option<String>,
    pub assignee_id: Option<UserId>,
    pub assignee_name: Option<String>,
    pub service_id: Option<ServiceId>,
    pub service_name: Option<String>,
    pub resolved_at: Time,
    pub undone_at: Option<Time>,
    pub reopened: bool,
    pub score: Option<i64>,
}

/// Which resolutions a list shows.
#[derive(Debug, Clone, Default)]
pub struct ResolutionFilter {
    /// Of tickets this person had then; `Some(None)` for nobody.
    pub assignee: Option<Option<UserId>>,
    /// Of orders of this service; `Some(None)` for what was no order.
    pub service: Option<Option<ServiceId>>,
    /// Whether it is rated.
    pub rated: Option<bool>,
    /// Whether a customer undid it.
    pub reopened: Option<bool>,
    /// At or after.
    pub from: Option<Time>,
    /// Before.
    pub to: Option<Time>,
}

const SELECT: &str = "select id, ticket_id, n, assignee_id, service_id, resolved_at, undone_at, \
    undone_by, reopened, score from resolutions where ticket_id = $1 and n = $2";

const ORDER: &str = " order by rs.resolved_at desc, rs.id desc";

impl Tx {
    /// Writes a resolution.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_resolution(&mut self, row: &NewResolution) -> Result<(), DbError> {
        self.q(
            "insert into resolutions (id, ticket_id, n, requester_id, organization_id, \
             assignee_id, service_id, resolved_at, reopened) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, false)",
        )
        .bind(row.id)
        .bind(row.ticket_id)
        .bind(row.n)
        .bind(row.requester_id)
        .bind(row.organization_id)
        .bind(row.assignee_id)
        .bind(row.service_id)
        .bind(row.resolved_at)
        .execute()
        .await
        .map(drop)
    }

    /// One resolution of a ticket.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn resolution(
        &mut self,
        ticket: TicketId,
        n: i64,
    ) -> Result<Option<ResolutionRow>, DbError> {
        self.q(SELECT).bind(ticket).bind(n).optional().await
    }

    /// Marks a resolution as undone; it is reopened where a customer did it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn undo_resolution(
        &mut self,
        ticket: TicketId,
        n: i64,
        at: Time,
        by: Option<UserId>,
    ) -> Result<(), DbError> {
        self.q(
            "update resolutions set undone_at = $3, undone_by = $4, reopened = exists \
             (select 1 from users u where u.id = $4 and u.role = 'customer') \
             where ticket_id = $1 and n = $2",
        )
        .bind(ticket)
        .bind(n)
        .bind(at)
        .bind(by)
        .execute()
        .await
        .map(drop)
    }

    /// Writes the score of a resolution's rating.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn score_resolution(
        &mut self,
        ticket: TicketId,
        n: i64,
        score: i64,
    ) -> Result<(), DbError> {
        self.q("update resolutions set score = $3 where ticket_id = $1 and n = $2")
            .bind(ticket)
            .bind(n)
            .bind(score)
            .execute()
            .await
            .map(drop)
    }

    /// A page of resolutions, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn resolutions(
        &mut self,
        filter: &ResolutionFilter,
        window: &Window,
    ) -> Result<Page<ResolvedRow>, DbError> {
        // The page first, then what stands around its resolutions, as with tickets.
        let mut query = self.q(
            "select rs.id, rs.ticket_id, t.number as ticket_number, t.subject as ticket_subject, \
             rs.requester_id, c.name as requester_name, rs.organization_id, \
             o.name as organization_name, rs.assignee_id, a.name as assignee_name, rs.service_id, \
             sv.name as service_name, rs.resolved_at, rs.undone_at, rs.reopened, rs.score \
             from (select * from resolutions rs where 1 = 1",
        );
        push_equal(&mut query, "rs.assignee_id", filter.assignee);
        push_equal(&mut query, "rs.service_id", filter.service);
        match filter.rated {
            None => {}
            Some(true) => {
                query.push(" and rs.score is not null");
            }
            Some(false) => {
                query.push(" and rs.score is null");
            }
        }
        match filter.reopened {
            None => {}
            Some(true) => {
                query.push(" and rs.reopened");
            }
            Some(false) => {
                query.push(" and not rs.reopened");
            }
        }
        if let Some(from) = filter.from {
            query.push(" and rs.resolved_at >= ").push_bind(from);
        }
        if let Some(to) = filter.to {
            query.push(" and rs.resolved_at < ").push_bind(to);
        }
        push_window(
            &mut query,
            window,
            "(rs.resolved_at, rs.id)",
            Direction::Falling,
            ORDER,
        );
        query
            .push(
                ") rs left join tickets t on t.id = rs.ticket_id \
                 left join users c on c.id = rs.requester_id \
                 left join organizations o on o.id = rs.organization_id \
                 left join users a on a.id = rs.assignee_id \
                 left join service_versions sv on sv.service_id = rs.service_id \
                 and sv.n = t.service_version",
            )
            .push(ORDER);
        let rows: Vec<ResolvedRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.resolved_at,
            id: row.id.0,
        }))
    }
}
