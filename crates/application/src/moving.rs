//! The search of an installation, made anew of what it says: after a move to another engine.

use bsm_domain::text;
use bsm_domain::ticket::{MessageVisibility, TicketNumber};
use bsm_persistence::{Db, Tx};
use uuid::Uuid;

use crate::tickets::TICKET_WORDS;
use crate::{Result, articles, organizations, services, users};

/// How much is put into the search in one transaction.
const PAGE: i64 = 100;

/// Empties the search and fills it again, telling how many tickets it knows after each page. Cut
/// off, it is begun again.
///
/// # Errors
/// [`crate::Error::Db`]
pub async fn index_everything(db: &Db, tell: &mut impl FnMut(u64)) -> Result<()> {
    db.write(async |tx| tx.clear_search().await).await?;
    all(db, users_from, &mut |_| {}).await?;
    all(db, organizations_from, &mut |_| {}).await?;
    all(db, services_from, &mut |_| {}).await?;
    all(db, articles_from, &mut |_| {}).await?;
    all(db, tickets_from, tell).await
}

/// What one page did: how much, and where it ended.
type Page = Option<(u64, Uuid)>;

async fn all(
    db: &Db,
    page: impl AsyncFn(&mut Tx, Uuid) -> Result<Page>,
    tell: &mut impl FnMut(u64),
) -> Result<()> {
    let (mut after, mut done) = (Uuid::nil(), 0);
    while let Some((n, last)) = db.write(async |tx| page(tx, after).await).await? {
        after = last;
        done += n;
        tell(done);
    }
    Ok(())
}

fn page_of<T>(rows: &[T], id: impl Fn(&T) -> Uuid) -> Page {
    rows.last().map(|last| (rows.len() as u64, id(last)))
}

async fn users_from(tx: &mut Tx, after: Uuid) -> Result<Page> {
    let rows = tx.sought_users(after, PAGE).await?;
    for row in &rows {
        users::input::index(tx, row.id, &row.name, &row.email).await?;
    }
    Ok(page_of(&rows, |row| row.id.0))
}

async fn organizations_from(tx: &mut Tx, after: Uuid) -> Result<Page> {
    let rows = tx.sought_organizations(after, PAGE).await?;
    for row in &rows {
        organizations::index_again(tx, row.id, &row.name).await?;
    }
    Ok(page_of(&rows, |row| row.id.0))
}

async fn services_from(tx: &mut Tx, after: Uuid) -> Result<Page> {
    let rows = tx.sought_services(after, PAGE).await?;
    for id in &rows {
        services::index_again(tx, *id).await?;
    }
    Ok(page_of(&rows, |id| id.0))
}

async fn articles_from(tx: &mut Tx, after: Uuid) -> Result<Page> {
    let rows = tx.sought_articles(after, PAGE).await?;
    for id in &rows {
        articles::index_again(tx, *id).await?;
    }
    Ok(page_of(&rows, |id| id.0))
}

async fn tickets_from(tx: &mut Tx, after: Uuid) -> Result<Page> {
    let rows = tx.sought_tickets(after, PAGE).await?;
    for row in &rows {
        let name = TicketNumber(row.number).to_string();
        let mut texts = vec![name.as_str(), &row.subject, &row.description];
        texts.extend(row.answers.0.iter().map(|a| a.value.as_str()));
        let words = text::document(&texts, TICKET_WORDS);
        tx.index_ticket(row.id, row.number, &words).await?;
        for message in tx.sought_messages(row.id).await? {
            let internal = message.visibility == MessageVisibility::Internal;
            let words = text::document(&[&message.body], TICKET_WORDS);
            tx.index_message(row.id, row.number, &words, internal)
                .await?;
        }
    }
    Ok(page_of(&rows, |row| row.id.0))
}
