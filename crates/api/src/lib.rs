//! The HTTP API: extractors, bodies and answers, routes, OpenAPI documents, event streams, and
//! the portals' static files. Rules live in `bsm-domain`, use cases in `bsm-application`.

pub mod admin;
pub mod auth;
pub mod customer;
pub mod dto;
pub mod http;
pub mod openapi;
pub mod public;
pub mod server;
pub mod state;
