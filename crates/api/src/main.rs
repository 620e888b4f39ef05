//! The `bsm` binary: serves the product, and the commands an operator needs beside it.

mod cli;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    cli::run().await
}
