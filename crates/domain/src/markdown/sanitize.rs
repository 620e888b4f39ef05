//! The allow-list behind the renderer.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};

use super::{links::is_own_path, names::HEADING_PREFIX};

const TAGS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
    "wbr",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "title"]),
    ("code", &["class"]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("img", &["alt", "src", "title"]),
    ("ol", &["start"]),
];

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes: HashMap<_, HashSet<_>> = ATTRIBUTES
        .iter()
        .map(|(tag, names)| (*tag, names.iter().copied().collect()))
        .collect();
    let mut builder = Builder::empty();
    builder
        .tags(TAGS.iter().copied().collect())
        .clean_content_tags(["script", "style"].into())
        .tag_attributes(attributes)
        .url_schemes(["http", "https", "mailto"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("noopener noreferrer nofollow"))
        .strip_comments(true)
        .attribute_filter(|tag, name, value| {
            let kept = match (tag, name) {
                ("code", "class") => value.strip_prefix("language-").is_some_and(is_language),
                ("img", "src") => is_own_path(value),
                (_, "id") => value.starts_with(HEADING_PREFIX),
                _ => true,
            };
            kept.then_some(Cow::Borrowed(value))
        });
    builder
});

/// Keeps of the HTML what the renderer makes.
pub(super) fn sanitize(html: &str) -> String {
    SANITIZER.clean(html).to_string()
}

/// Whether a code block's language is fit for a class.
pub(super) fn is_language(name: &str) -> bool {
    (1..=30).contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+#.-_".contains(&b))
}
