//! `bsm openapi`

use std::fs;
use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use super::{Outcome, out};

/// Where to.
#[derive(Args)]
pub(super) struct Arguments {
    /// The folder to write customer.json and admin.json into.
    #[arg(long, default_value = "openapi")]
    out: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    fs::create_dir_all(&arguments.out)?;
    write(
        arguments,
        "customer.json",
        &bsm_api::openapi::customer_document(),
    )?;
    write(arguments, "admin.json", &bsm_api::openapi::admin_document())
}

fn write(arguments: &Arguments, name: &str, document: &Value) -> Outcome {
    let path = arguments.out.join(name);
    fs::write(&path, format!("{document:#}\n"))?;
    out::line(&format!("wrote {}", path.display()));
    Ok(())
}
