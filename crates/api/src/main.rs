//! The `bsm` binary: serves the product, and the commands an operator needs beside it.

mod cli;

use std::process::ExitCode;

use tikv_jemallocator::Jemalloc;

#[global_allocator]
static MEMORY: Jemalloc = Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    cli::run().await
}
