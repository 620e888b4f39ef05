//! What each engine tells of its own soundness, and the search, which each keeps in its own way.

use sqlx::FromRow;

use super::{Finding, texts};
use crate::{DbError, EngineKind, Tx};

const NAMED: &str = "what rows name is there (foreign keys)";

/// What everything that is searched for must be found by.
macro_rules! contents {
    ($select:literal) => {
        concat!(
            "with wanted (kind, scope, id) as (\
             select 'user', 'live', id from users \
             union all select 'organization', 'live', id from organizations \
             union all select 'service', 'draft', id from customer_services \
             union all select 'service', 'live', id from customer_services where status = 'active' \
             union all select 'article', 'draft', id from knowledge_base \
             union all select 'article', 'live', id from knowledge_base where status = 'published') ",
            $select,
            " limit 6"
        )
    };
}

/// A foreign key's columns, one pair a row.
#[derive(FromRow)]
struct KeyColumn {
    name: String,
    child: String,
    parent: String,
    child_column: String,
    parent_column: String,
}

impl Tx {
    pub(super) async fn check_engine(&mut self) -> Result<Vec<Finding>, DbError> {
        Ok(match self.engine() {
            EngineKind::Sqlite => {
                let whole = "select integrity_check from pragma_integrity_check \
                    where integrity_check <> 'ok' limit 6";
                let orphans = "select \"table\" || ' ' || coalesce(rowid, '') \
                    from pragma_foreign_key_check limit 6";
                let whole = texts(self.q(whole).all::<(String,)>().await?);
                let orphans = texts(self.q(orphans).all::<(String,)>().await?);
                vec![
                    Finding::new("the file is whole (integrity_check)", whole),
                    Finding::new(NAMED, orphans),
                ]
            }
            EngineKind::Postgres => {
                let invalid = "select indexrelid::regclass::text from pg_index \
                    where not indisvalid limit 6";
                let unsure = "select conrelid::regclass::text || ' ' || conname from pg_constraint \
                    where not convalidated and connamespace = current_schema()::regnamespace limit 6";
                let invalid = texts(self.q(invalid).all::<(String,)>().await?);
                let unsure = texts(self.q(unsure).all::<(String,)>().await?);
                vec![
                    Finding::new("indexes are valid", invalid),
                    Finding::new("constraints are validated", unsure),
                    Finding::new(NAMED, self.orphans().await?),
                ]
            }
        })
    }

    /// Foreign keys of PostgreSQL that do not hold: a restore with triggers turned off, or a disk
    /// that lost something, leaves rows that the engine does not look at again.
    async fn orphans(&mut self) -> Result<Vec<String>, DbError> {
        let columns: Vec<KeyColumn> = self
            .q(
                "select c.conname::text as name, child.relname::text as child, \
                parent.relname::text as parent, a.attname::text as child_column, \
                b.attname::text as parent_column from pg_constraint c \
                join pg_class child on child.oid = c.conrelid \
                join pg_class parent on parent.oid = c.confrelid \
                cross join unnest(c.conkey, c.confkey) as k (mine, theirs) \
                join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.mine \
                join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.theirs \
                where c.contype = 'f' and c.connamespace = current_schema()::regnamespace \
                order by child.relname, c.conname",
            )
            .all()
            .await?;
        let mut found = Vec::new();
        for key in columns.chunk_by(|a, b| (&a.child, &a.name) == (&b.child, &b.name)) {
            let (child, parent) = (&key[0].child, &key[0].parent);
            let mut query = self.q("select count(*) from ");
            query
                .push_name(child)
                .push(" c where not exists (select 1 from ");
            query.push_name(parent).push(" p where true");
            for pair in key {
                query.push(" and p.").push_name(&pair.parent_column);
                query.push(" = c.").push_name(&pair.child_column);
            }
            query.push(")");
            for pair in key {
                query.push(" and c.").push_name(&pair.child_column);
                query.push(" is not null");
            }
            let rows: i64 = query.scalar().await?;
            if rows > 0 {
                found.push(format!("{child}: {rows} rows by {}", key[0].name));
            }
        }
        Ok(found)
    }

    pub(super) async fn check_searches(&mut self) -> Result<Vec<Finding>, DbError> {
        let tickets: Vec<(i64,)> = self
            .q_either(
                "select number from tickets where number not in (select rowid from ticket_search) limit 6",
                "select number from tickets t where not exists \
                 (select 1 from ticket_search s where s.ticket_id = t.id) limit 6",
            )
            .all()
            .await?;
        let contents: Vec<(String,)> = self
            .q_either(
                contents!(
                    "select w.kind || ' ' || lower(hex(w.id)) from wanted w where not exists (\
                     select 1 from content_keys k join content_search s on s.rowid = k.key \
                     where k.kind = w.kind and k.scope = w.scope and k.id = w.id)"
                ),
                contents!(
                    "select w.kind || ' ' || w.id::text from wanted w where not exists (\
                     select 1 from content_search s \
                     where s.kind = w.kind and s.scope = w.scope and s.id = w.id)"
                ),
            )
            .all()
            .await?;
        let mut findings = vec![
            Finding::new("the search knows each ticket", texts(tickets)),
            Finding::new(
                "the search knows each person, organization, service and article",
                texts(contents),
            ),
        ];
        if self.engine() == EngineKind::Postgres {
            let behind: Vec<(i64,)> = self
                .q("select last_value from ticket_numbers \
                    where last_value < (select coalesce(max(number), 0) from tickets)")
                .all()
                .await?;
            let rule = "the next ticket number is a new one";
            findings.push(Finding::new(rule, texts(behind)));
        }
        Ok(findings)
    }
}
