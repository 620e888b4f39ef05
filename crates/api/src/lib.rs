//! The HTTP API: extractors, bodies and answers, routes, OpenAPI documents, event streams, and
//! the portals' static files. Rules live in `bsm-domain`, use cases in `bsm-application`.

pub mod admin;
pub mod assemble;
pub mod auth;
pub mod customer;
mod docs;
pub mod dto;
pub mod exports;
pub mod health;
pub mod http;
pub mod metrics;
pub mod openapi;
mod openapi_routes;
mod portals;
pub mod public;
pub mod server;
pub mod settings;
pub mod sockets;
pub mod state;
pub mod store;
pub mod webhooks;
