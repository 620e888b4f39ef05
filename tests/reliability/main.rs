//! What is promised about crashes, cuts and retries, of real processes under load: `make test` runs
//! the short form, `make soak` the long one (`sizes.rs`).

mod at_once;
mod away;
mod cluster;
mod delivery;
mod exports;
mod figures;
mod full;
mod hostile;
mod idle;
mod kills;
mod listener;
mod rights;
mod site;
mod sizes;
mod stop;
mod syncs;
mod versions;
mod writer;
