//! Which addresses a text may lead to.

use pulldown_cmark::CowStr;

use super::names::HEADING_PREFIX;

/// Longest address in bytes.
const MAX_ADDRESS: usize = 2_000;

/// Where an image comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ImageSource {
    /// The own origin.
    Own,
    /// Another host, over HTTPS.
    Remote,
    /// Anywhere else.
    Refused,
}

/// The address as a link may have it, `None` if it may not.
pub(super) fn link_target(address: CowStr<'_>) -> Option<CowStr<'_>> {
    if address.len() > MAX_ADDRESS {
        return None;
    }
    if let Some(anchor) = address.strip_prefix('#') {
        let anchor = anchor.strip_prefix(HEADING_PREFIX).unwrap_or(anchor);
        return Some(format!("#{HEADING_PREFIX}{anchor}").into());
    }
    match scheme(&address) {
        Ok(None) => Some(address),
        Ok(Some(scheme)) if matches!(scheme.as_str(), "http" | "https" | "mailto") => Some(address),
        _ => None,
    }
}

/// Where an image of this address comes from.
pub(super) fn image_source(address: &str) -> ImageSource {
    if address.len() > MAX_ADDRESS {
        return ImageSource::Refused;
    }
    if is_own_path(address) {
        return ImageSource::Own;
    }
    match scheme(address) {
        Ok(Some(scheme)) if scheme == "https" => ImageSource::Remote,
        _ => ImageSource::Refused,
    }
}

/// Whether the address is a path of the own origin: browsers read `//host` and `/\host` as
/// another host, also with tabs and line breaks between.
pub(super) fn is_own_path(address: &str) -> bool {
    address
        .strip_prefix('/')
        .is_some_and(|path| !path.starts_with('/') && !is_devious(address))
}

/// The lower-case scheme of an absolute address, none of a relative one; an error for one with
/// characters that browsers skip, or read as a slash, before they look for the scheme.
fn scheme(address: &str) -> Result<Option<String>, ()> {
    if is_devious(address) {
        return Err(());
    }
    let end = address.find([':', '/', '?', '#']);
    let Some((scheme, rest)) = end.and_then(|end| address.split_at_checked(end)) else {
        return Ok(None);
    };
    Ok(rest.starts_with(':').then(|| scheme.to_ascii_lowercase()))
}

fn is_devious(address: &str) -> bool {
    address.contains(|c: char| c.is_control() || c == '\\') || address.trim() != address
}
