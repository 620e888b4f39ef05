//! Names of headings, to link to.

use std::collections::{HashMap, HashSet};

use super::TocEntry;
use crate::text::slug_of;

/// Starts every heading's id, so that no heading takes the name of an element of the page.
pub const HEADING_PREFIX: &str = "h-";

/// The headings named so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub toc: Vec<TocEntry>,
    taken: HashSet<String>,
    repeats: HashMap<String, usize>,
}

impl Names {
    /// Adds a heading and answers its id; one without text has neither entry nor id.
    pub(super) fn add(&mut self, level: u8, text: &str) -> Option<String> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return None;
        }
        let id = self.unique_id(&text);
        self.toc.push(TocEntry {
            id: id.clone(),
            level,
            text,
        });
        Some(id)
    }

    fn unique_id(&mut self, text: &str) -> String {
        let slug = slug_of(text).unwrap_or_else(|| "section".to_owned());
        let base = format!("{HEADING_PREFIX}{slug}");
        let repeat = self.repeats.entry(base.clone()).or_insert(0);
        loop {
            *repeat += 1;
            let id = match *repeat {
                1 => base.clone(),
                n => format!("{base}-{n}"),
            };
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
