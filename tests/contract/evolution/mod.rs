//! What was released stays: the documents of today are compared with those of the newest release, and
//! whatever would break a client must be announced in the CHANGELOG. What counts as breaking stands in
//! `docs/api-stability.md`.

mod compare;
mod planted;
mod schema;

use std::fs;
use std::path::PathBuf;

use bsm_tests::document::Audience;
use serde_json::Value;

use self::compare::{Break, breaks};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The newest release, by its number.
fn newest() -> String {
    let folder = root().join("openapi/released");
    let entries = fs::read_dir(&folder).expect("openapi/released");
    let names = entries.map(|e| {
        e.expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    });
    let number = |name: &String| -> Vec<u64> {
        let parts = name.split('.').map(|part| part.parse().expect("a number"));
        parts.collect()
    };
    names.max_by_key(number).expect("a release")
}

/// What the CHANGELOG says about what is not released yet.
fn unreleased(changelog: &str) -> &str {
    let (_, rest) = changelog.split_once("## [Unreleased]").unwrap_or_default();
    rest.split("\n## [").next().unwrap_or_default()
}

/// Whether a line `Breaking: noun.verb …` announces it.
fn is_announced(found: &Break, changelog: &str) -> bool {
    let lines = unreleased(changelog).lines();
    let announced = lines.filter_map(|line| line.split_once("Breaking: ").map(|(_, rest)| rest));
    announced
        .filter_map(|rest| rest.split([' ', ':', ',']).next())
        .any(|id| id.trim_matches('`') == found.operation)
}

#[test]
fn nothing_that_was_released_breaks_unannounced() {
    let changelog = fs::read_to_string(root().join("CHANGELOG.md")).expect("CHANGELOG.md");
    let release = newest();
    let mut unannounced = Vec::new();
    for audience in Audience::ALL {
        let path = format!("openapi/released/{release}/{}.json", audience.name());
        let text = fs::read_to_string(root().join(&path)).expect("a released document");
        let old: Value = serde_json::from_str(&text).expect("JSON");
        let found = breaks(&old, &audience.document());
        let rest = found.into_iter().filter(|b| !is_announced(b, &changelog));
        unannounced
            .extend(rest.map(|b| format!("{}: {} {}", audience.name(), b.operation, b.what)));
    }
    assert!(
        unannounced.is_empty(),
        "this breaks clients of {release}; take it back, or announce it in CHANGELOG.md under \
         Unreleased with a line `Breaking: <operation id>: <what to do>`:\n{}",
        unannounced.join("\n")
    );
}
