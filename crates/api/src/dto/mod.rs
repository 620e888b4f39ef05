//! Shapes on the wire that both audiences share. What only one of them may see has its type in
//! that audience's folder, so that a customer's answer cannot hold an internal field.

pub mod article;
pub mod article_query;
pub mod catalog;
pub mod event;
pub mod search;
pub mod ticket;
pub mod user;
