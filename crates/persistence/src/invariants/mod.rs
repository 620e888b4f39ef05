//! What must hold in every installation, asked of the database itself: `bsm check`.

mod engine;
mod statements;

use sqlx::FromRow;
use uuid::Uuid;

use crate::core::known;
use crate::{Db, DbError, EngineKind, Tx};
use statements::{CHECKS, Check, Named};

/// Most rows of one kind that are named.
const MOST_ROWS: usize = 5;

/// What one check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What must hold.
    pub rule: &'static str,
    /// Rows for which it does not, by their ids, a few of them; none where all is well.
    pub wrong: Vec<String>,
    /// Whether there are more of them.
    pub more: bool,
}

impl Finding {
    fn new(rule: &'static str, mut wrong: Vec<String>) -> Self {
        let more = wrong.len() > MOST_ROWS;
        wrong.truncate(MOST_ROWS);
        Self { rule, wrong, more }
    }
}

#[derive(FromRow)]
struct Applied {
    version: i64,
    success: bool,
    checksum: Vec<u8>,
}

impl Db {
    /// Looks whether all holds that must: what the engine knows of its own soundness, then the
    /// product's rules. All is read as it was at one moment, so it may run beside servers; nothing
    /// is written. Where the schema is not this version's own, that is all that is told.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn check(&self) -> Result<Vec<Finding>, DbError> {
        self.read_at_once(async |tx| {
            if tx.engine() == EngineKind::Postgres {
                // It reads whole tables, which takes longer than a request may.
                tx.q("set local statement_timeout = 0").execute().await?;
            }
            let mut findings = tx.check_engine().await?;
            let schema = tx.check_schema().await?;
            let current = schema.wrong.is_empty();
            findings.push(schema);
            if current {
                for check in CHECKS {
                    findings.push(tx.check_rule(check).await?);
                }
                findings.extend(tx.check_searches().await?);
            }
            Ok::<_, DbError>(findings)
        })
        .await
    }
}

impl Tx {
    async fn check_schema(&mut self) -> Result<Finding, DbError> {
        const RULE: &str = "the schema is this version's, whole, and no move is unfinished";
        if self.move_is_unfinished().await? {
            return Ok(Finding::new(RULE, vec!["a `bsm move`".to_owned()]));
        }
        Ok(Finding::new(RULE, self.strange_migrations().await?))
    }

    /// In what the schema is not this version's own; nothing where it is.
    pub(crate) async fn strange_migrations(&mut self) -> Result<Vec<String>, DbError> {
        let there: i64 = self
            .q_either(
                "select count(*) from sqlite_master where name = '_sqlx_migrations'",
                "select count(to_regclass('_sqlx_migrations'))",
            )
            .scalar()
            .await?;
        if there == 0 {
            return Ok(vec!["no schema at all".to_owned()]);
        }
        let applied: Vec<Applied> = self
            .q("select version, success, checksum from _sqlx_migrations order by version")
            .all()
            .await?;
        let known = known(self.engine());
        let same = |row: &Applied, m: &sqlx::migrate::Migration| {
            row.version == m.version && row.success && *row.checksum == *m.checksum
        };
        let strange = applied
            .iter()
            .filter(|row| !known.iter().any(|m| same(row, m)))
            .map(|row| format!("migration {}", row.version));
        let missing = known
            .iter()
            .filter(|m| !applied.iter().any(|row| row.version == m.version))
            .map(|m| format!("migration {} has not run", m.version));
        Ok(strange.chain(missing).collect())
    }

    async fn check_rule(&mut self, check: &Check) -> Result<Finding, DbError> {
        let mut query = self.q(check.wrong);
        query.push(" limit ").push_bind(MOST_ROWS as i64 + 1);
        let wrong = match check.named {
            Named::Id => texts(query.all::<(Uuid,)>().await?),
            Named::Number => texts(query.all::<(i64,)>().await?),
            Named::Text => texts(query.all::<(String,)>().await?),
        };
        Ok(Finding::new(check.rule, wrong))
    }
}

fn texts<T: ToString>(rows: Vec<(T,)>) -> Vec<String> {
    rows.into_iter().map(|(value,)| value.to_string()).collect()
}
