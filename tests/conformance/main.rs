//! Every `Tx` method on both engines.

mod accounts;
mod article_readers;
mod article_seed;
mod articles;
mod categories;
mod customer_figures;
mod dashboard;
mod empty_searches;
mod event_order;
mod events;
mod figures;
mod group_commit;
mod installation;
mod jobs;
mod organizations;
mod plans;
mod reply_drafts;
mod resolutions;
mod retries;
mod services;
mod sessions;
mod settings;
mod ticket_lists;
mod ticket_talk;
mod tickets;
mod users;
