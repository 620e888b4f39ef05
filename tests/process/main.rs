//! The `bsm` binary as an operator runs it: starting, stopping, refusing, its commands.

mod bodies;
mod bsm;
mod commands;
mod demo;
mod durable;
mod import;
mod jobs;
mod metrics;
mod portals;
mod start;
