//! `bsm check`

use bsm_api::settings::StoreSettings;
use bsm_api::store::{database_url, embedded_file};
use bsm_persistence::Db;
use clap::Args;

use super::{Outcome, out};

/// Which database.
#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    store: StoreSettings,
}

pub(super) async fn run(arguments: &Arguments) -> Outcome {
    let url = database_url(&arguments.store);
    if let Some(file) = embedded_file(&url)
        && !file.try_exists()?
    {
        return Err(format!("there is no database at {}", file.display()).into());
    }
    let db = Db::connect_to_look(&url).await?;
    let findings = db.check().await;
    db.close().await;
    let mut broken = 0;
    for finding in findings? {
        if finding.wrong.is_empty() {
            out::line(&format!("ok     {}", finding.rule));
            continue;
        }
        broken += 1;
        let more = if finding.more { ", and more" } else { "" };
        let wrong = finding.wrong.join(", ");
        out::line(&format!("WRONG  {}: {wrong}{more}", finding.rule));
    }
    match broken {
        0 => Ok(()),
        n => Err(format!("{n} of what must hold does not").into()),
    }
}
