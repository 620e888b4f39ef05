//! Bounds of texts, in characters (Unicode scalar values), and of lists. The schemas of bodies
//! write them as literals, because the macro that makes the OpenAPI documents takes no constants;
//! a contract test holds the documents against this file.

/// Shortest subject of a ticket.
pub const SUBJECT_MIN: usize = 3;
/// Longest subject of a ticket.
pub const SUBJECT_MAX: usize = 200;
/// Longest description or message of a ticket.
pub const MESSAGE_MAX: usize = 20_000;
/// Longest comment with a rating.
pub const COMMENT_MAX: usize = 2_000;
/// Most reasons with a rating or vote.
pub const REASONS_MAX: usize = 10;
/// Longest note with a service request.
pub const REQUEST_NOTE_MAX: usize = 5_000;
/// Longest name of a person or organization.
pub const NAME_MAX: usize = 120;
/// Longest e-mail address (RFC 5321, section 4.5.3.1.3 less the brackets).
pub const EMAIL_MAX: usize = 254;
/// Shortest password.
pub const PASSWORD_MIN: usize = 10;
/// Longest password.
pub const PASSWORD_MAX: usize = 128;
/// Shortest name of a service.
pub const SERVICE_NAME_MIN: usize = 2;
/// Longest name of a service.
pub const SERVICE_NAME_MAX: usize = 120;
/// Longest one-line summary of a service.
pub const SERVICE_SUMMARY_MAX: usize = 240;
/// Longest text of a service.
pub const SERVICE_DESCRIPTION_MAX: usize = 20_000;
/// Longest category of a service or article.
pub const CATEGORY_MAX: usize = 60;
/// Shortest title of an article.
pub const TITLE_MIN: usize = 3;
/// Longest title of an article.
pub const TITLE_MAX: usize = 200;
/// Longest slug of an article.
pub const SLUG_MAX: usize = 100;
/// Longest summary of an article.
pub const ARTICLE_SUMMARY_MAX: usize = 300;
/// Longest text of an article.
pub const ARTICLE_BODY_MAX: usize = 100_000;
/// Longest note with a revision of an article.
pub const REVISION_NOTE_MAX: usize = 200;
/// Most tags of an article.
pub const TAGS_MAX: usize = 10;
/// Longest tag.
pub const TAG_MAX: usize = 40;
/// Longest search query.
pub const QUERY_MAX: usize = 200;
/// Longest brand name.
pub const BRAND_NAME_MAX: usize = 40;
/// Largest logo, in bytes.
pub const LOGO_BYTES_MAX: usize = 256 * 1024;
/// Shortest side of a logo, in pixels.
pub const LOGO_SIDE_MIN: u32 = 16;
/// Longest side of a logo, in pixels.
pub const LOGO_SIDE_MAX: u32 = 2048;
/// Longest URL of a webhook.
pub const WEBHOOK_URL_MAX: usize = 2_000;
/// Longest description of a webhook.
pub const WEBHOOK_DESCRIPTION_MAX: usize = 200;
/// Most days that auto-close waits, and in which a rating can be given. The fewest are 1.
pub const DAYS_MAX: i64 = 365;
