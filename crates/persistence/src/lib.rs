//! Rows and SQL, written once for SQLite and PostgreSQL. Each noun has a file with its rows and
//! its part of `impl Tx`, one statement a method; `differences/` holds what the engines do not
//! share.

pub mod api_keys;
pub mod article_lists;
pub mod article_revisions;
pub mod article_slugs;
pub mod article_tags;
pub mod article_views;
pub mod article_votes;
pub mod articles;
pub mod audit;
pub mod auto_close;
pub mod categories;
pub mod content;
mod core;
pub mod customer_activity;
pub mod customer_figures;
pub mod customer_insights;
pub mod dashboard;
mod differences;
pub mod empty_searches;
mod event_epochs;
pub mod events;
pub mod figures;
pub mod history;
pub mod installation;
pub mod invariants;
pub mod jobs;
pub mod messages;
pub mod moving;
pub mod organizations;
pub mod page;
pub mod password_links;
pub mod password_requests;
pub mod ratings;
pub mod reply_drafts;
pub mod resolutions;
pub mod retries;
pub mod search_words;
pub mod service_lists;
pub mod services;
pub mod sessions;
pub mod settings;
pub mod ticket_counts;
pub mod ticket_filter;
pub mod ticket_lists;
mod ticket_order;
mod ticket_periods;
mod ticket_search;
pub mod tickets;
pub mod user_lists;
pub mod users;
pub mod webhook_deliveries;
pub mod webhooks;

pub use core::{
    ConnectError, Db, DbError, Done, EngineKind, FileContents, FileError, Held, MigrateError,
    NotBegun, Notices, Plan, PoolState, Query, Row, Tx, TxError, Val, Wakeups, copy_sqlite,
    settle_sqlite, sqlite_file, sqlite_url, verify_sqlite,
};
