//! The `bsm` binary as an operator runs it: starting, stopping, refusing, its commands.

mod backup;
mod bodies;
mod check;
mod commands;
mod demo;
mod durable;
mod import;
mod jobs;
mod metrics;
mod moving;
mod portals;
mod restores;
mod start;
mod webhooks;
