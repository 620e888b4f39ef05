//! What each engine tells of its own soundness, and the search, which each keeps in its own way.

use super::{Finding, texts};
use crate::{DbError, EngineKind, Tx};

impl Tx {
    pub(super) async fn check_engine(&mut self) -> Result<Vec<Finding>, DbError> {
        let (whole, parents) = match self.engine() {
            EngineKind::Sqlite => (
                "select integrity_check from pragma_integrity_check where integrity_check <> 'ok' limit 6",
                "select \"table\" || ' ' || coalesce(rowid, '') from pragma_foreign_key_check limit 6",
            ),
            EngineKind::Postgres => (
                "select indexrelid::regclass::text from pg_index where not indisvalid limit 6",
                "select conrelid::regclass::text || ' ' || conname from pg_constraint \
                 where not convalidated and connamespace = current_schema()::regnamespace limit 6",
            ),
        };
        let broken = texts(self.q(whole).all::<(String,)>().await?);
        let orphans = texts(self.q(parents).all::<(String,)>().await?);
        let [first, second] = match self.engine() {
            EngineKind::Sqlite => [
                "the file is whole (integrity_check)",
                "what rows name is there (foreign_key_check)",
            ],
            EngineKind::Postgres => ["indexes are valid", "constraints are validated"],
        };
        Ok(vec![
            Finding::new(first, broken),
            Finding::new(second, orphans),
        ])
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
                "with wanted (kind, scope, id) as (\
                 select 'user', 'live', id from users \
                 union all select 'organization', 'live', id from organizations \
                 union all select 'service', 'draft', id from customer_services \
                 union all select 'service', 'live', id from customer_services where status = 'active' \
                 union all select 'article', 'draft', id from knowledge_base \
                 union all select 'article', 'live', id from knowledge_base where status = 'published') \
                 select w.kind || ' ' || lower(hex(w.id)) from wanted w where not exists (\
                 select 1 from content_keys k join content_search s on s.rowid = k.key \
                 where k.kind = w.kind and k.scope = w.scope and k.id = w.id) limit 6",
                "with wanted (kind, scope, id) as (\
                 select 'user', 'live', id from users \
                 union all select 'organization', 'live', id from organizations \
                 union all select 'service', 'draft', id from customer_services \
                 union all select 'service', 'live', id from customer_services where status = 'active' \
                 union all select 'article', 'draft', id from knowledge_base \
                 union all select 'article', 'live', id from knowledge_base where status = 'published') \
                 select w.kind || ' ' || w.id::text from wanted w where not exists (\
                 select 1 from content_search s \
                 where s.kind = w.kind and s.scope = w.scope and s.id = w.id) limit 6",
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
