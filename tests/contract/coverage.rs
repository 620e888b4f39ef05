//! Every `Tx` method is called by the conformance suite, which runs on both engines.

use std::fs;
use std::path::Path;

const SOURCES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/persistence/src");
const SUITE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/conformance");

#[test]
fn every_tx_method_is_called_by_the_conformance_suite() {
    let suite = files(Path::new(SUITE)).concat();
    let mut methods = Vec::new();
    for source in files(Path::new(SOURCES)) {
        for part in source.split("\nimpl Tx {").skip(1) {
            let body = part.split("\n}\n").next().unwrap_or(part);
            for signature in body.split("\n    pub async fn ").skip(1) {
                let name = signature.split(['(', '<']).next().unwrap_or_default();
                methods.push(name.to_owned());
            }
        }
    }
    assert!(
        methods.len() > 50,
        "only {} methods were found",
        methods.len()
    );
    let missing: Vec<_> = methods
        .iter()
        .filter(|name| !suite.contains(&format!(".{name}(")))
        .collect();
    assert!(
        missing.is_empty(),
        "never called on either engine: {missing:?}"
    );
}

fn files(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        // The core is the machinery below the methods, not one of them.
        if path.is_file() {
            texts.push(fs::read_to_string(path).expect("a file"));
        } else if !path.ends_with("core") {
            texts.extend(files(&path));
        }
    }
    texts
}
