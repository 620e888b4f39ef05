//! Markdown to safe HTML, in one place.
//!
//! `CommonMark` with tables, strikethrough and task lists. What is decided here:
//!
//! * Raw HTML is shown as the text it is; nothing of it is interpreted.
//! * Links go to `http`, `https` and `mailto`, to relative addresses and to headings (`#heading`
//!   finds the prefixed id); of other links the text stays.
//! * Images load from the own origin only (`/…`). One from elsewhere tells its host who reads
//!   when and from where, so it becomes a link to it; other images leave their alternative text.
//! * Headings are moved down one level (a page has its own `h1`).
//! * Task list boxes are the characters ☐ and ☑: an `input` without a label is no help to anyone.
//! * Column alignment is dropped: it would need `style`.
//! * Quotes, lists and emphasis nested deeper than 24 levels are flattened, and at most 20,000
//!   table cells are made, so that a small source cannot cost much time or memory.
//! * Addresses over 2,000 bytes and titles over 1,000 characters are dropped.
//!
//! The output passes an allow-list sanitizer although the renderer makes nothing else: two walls.

mod escapes;
mod links;
mod names;
mod plain;
mod sanitize;
mod shape;
#[cfg(test)]
mod tests;

use pulldown_cmark::{Options, Parser, html};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use names::HEADING_PREFIX;
pub use plain::{headings, plain_text};

/// Characters of a source that are read; the rest is ignored. Callers refuse longer sources.
pub const MAX_SOURCE_CHARS: usize = 100_000;

/// A rendered source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML.
    pub html: String,
    /// The headings that can be linked to, in their order.
    pub toc: Vec<TocEntry>,
}

/// An entry of a table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TocEntry {
    /// The heading's id in the HTML.
    #[schema(max_length = 120)]
    pub id: String,
    /// The level it is rendered with, 2 to 6.
    #[schema(minimum = 2, maximum = 6)]
    pub level: u8,
    /// Its plain text.
    #[schema(max_length = 100_000)]
    pub text: String,
}

/// Renders a document (article, description) with heading ids and its table of contents.
#[must_use]
pub fn render(source: &str) -> Rendered {
    let shaped = shape::shape(parser(source), shape::Flavor::Document);
    Rendered {
        html: to_html(shaped.events),
        toc: shaped.toc,
    }
}

/// Renders a message of a conversation: line breaks are kept as typed, headings have no ids
/// (many messages share a page).
#[must_use]
pub fn render_message(source: &str) -> String {
    to_html(shape::shape(parser(source), shape::Flavor::Message).events)
}

fn to_html(events: Vec<pulldown_cmark::Event<'_>>) -> String {
    let mut unsafe_html = String::new();
    html::push_html(&mut unsafe_html, events.into_iter());
    sanitize::sanitize(&unsafe_html)
}

fn parser(source: &str) -> Parser<'_> {
    let source = source
        .char_indices()
        .nth(MAX_SOURCE_CHARS)
        .and_then(|(end, _)| source.get(..end))
        .unwrap_or(source);
    Parser::new_ext(
        source,
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS,
    )
}
