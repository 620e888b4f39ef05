//! The bounds that the documents publish, which the server keeps, are those of the domain.

use bsm_domain::bounds as b;
use serde_json::Value;

fn documents() -> [Value; 2] {
    [
        bsm_api::openapi::customer_document(),
        bsm_api::openapi::admin_document(),
    ]
}

#[test]
fn the_published_bounds_are_those_of_the_domain() {
    // (document, type, member, keyword, bound)
    let table: &[(usize, &str, &str, &str, usize)] = &[
        (
            0,
            "CustomerTicketCreate",
            "/subject",
            "minLength",
            b::SUBJECT_MIN,
        ),
        (
            0,
            "CustomerTicketCreate",
            "/subject",
            "maxLength",
            b::SUBJECT_MAX,
        ),
        (
            0,
            "CustomerTicketCreate",
            "/description",
            "maxLength",
            b::MESSAGE_MAX,
        ),
        (0, "CustomerReply", "/body", "maxLength", b::MESSAGE_MAX),
        (0, "RatingPut", "/comment", "maxLength", b::COMMENT_MAX),
        (0, "RatingPut", "/reasons", "maxItems", b::REASONS_MAX),
        (
            0,
            "CustomerServiceRequest",
            "/note",
            "maxLength",
            b::REQUEST_NOTE_MAX,
        ),
        (0, "Registration", "/name", "maxLength", b::NAME_MAX),
        (0, "Registration", "/email", "maxLength", b::EMAIL_MAX),
        (0, "Registration", "/password", "minLength", b::PASSWORD_MIN),
        (0, "Registration", "/password", "maxLength", b::PASSWORD_MAX),
        (
            1,
            "AdminTicketCreate",
            "/subject",
            "minLength",
            b::SUBJECT_MIN,
        ),
        (
            1,
            "AdminTicketCreate",
            "/subject",
            "maxLength",
            b::SUBJECT_MAX,
        ),
        (
            1,
            "AdminTicketCreate",
            "/description",
            "maxLength",
            b::MESSAGE_MAX,
        ),
        (
            1,
            "AdminTicketPatch",
            "/subject",
            "maxLength",
            b::SUBJECT_MAX,
        ),
        (1, "AdminReply", "/body", "maxLength", b::MESSAGE_MAX),
        (1, "ReplyDraftPut", "/reply", "maxLength", b::MESSAGE_MAX),
        (1, "ReplyDraftPut", "/note", "maxLength", b::MESSAGE_MAX),
        (1, "UserCreate", "/name", "maxLength", b::NAME_MAX),
        (1, "OrganizationCreate", "/name", "maxLength", b::NAME_MAX),
        (
            1,
            "AdminServiceCreate",
            "/name",
            "minLength",
            b::SERVICE_NAME_MIN,
        ),
        (
            1,
            "AdminServiceCreate",
            "/name",
            "maxLength",
            b::SERVICE_NAME_MAX,
        ),
        (
            1,
            "AdminServiceCreate",
            "/summary",
            "maxLength",
            b::SERVICE_SUMMARY_MAX,
        ),
        (
            1,
            "AdminServiceCreate",
            "/description",
            "maxLength",
            b::SERVICE_DESCRIPTION_MAX,
        ),
        (
            1,
            "AdminServiceCreate",
            "/category",
            "maxLength",
            b::CATEGORY_MAX,
        ),
        (
            1,
            "AdminServiceUpdate",
            "/name",
            "maxLength",
            b::SERVICE_NAME_MAX,
        ),
        (1, "AdminArticleCreate", "/title", "minLength", b::TITLE_MIN),
        (1, "AdminArticleCreate", "/title", "maxLength", b::TITLE_MAX),
        (1, "AdminArticleCreate", "/slug", "maxLength", b::SLUG_MAX),
        (
            1,
            "AdminArticleCreate",
            "/summary",
            "maxLength",
            b::ARTICLE_SUMMARY_MAX,
        ),
        (
            1,
            "AdminArticleCreate",
            "/body",
            "maxLength",
            b::ARTICLE_BODY_MAX,
        ),
        (
            1,
            "AdminArticleCreate",
            "/category",
            "maxLength",
            b::CATEGORY_MAX,
        ),
        (1, "AdminArticleCreate", "/tags", "maxItems", b::TAGS_MAX),
        (
            1,
            "AdminArticleCreate",
            "/tags/items",
            "maxLength",
            b::TAG_MAX,
        ),
        (
            1,
            "AdminArticleUpdate",
            "/body",
            "maxLength",
            b::ARTICLE_BODY_MAX,
        ),
        (
            1,
            "AdminArticleUpdate",
            "/note",
            "maxLength",
            b::REVISION_NOTE_MAX,
        ),
        (
            1,
            "AdminArticleRestore",
            "/note",
            "maxLength",
            b::REVISION_NOTE_MAX,
        ),
    ];
    let documents = documents();
    let mut wrong = Vec::new();
    for (document, name, member, keyword, bound) in table {
        let found = bound_of(&documents[*document], name, member, keyword);
        if found != Some(*bound as u64) {
            wrong.push(format!("{name}{member} {keyword}: {found:?}, not {bound}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A keyword of a member's schema, through references and "null or a text".
fn bound_of(document: &Value, name: &str, member: &str, keyword: &str) -> Option<u64> {
    let schemas = &document["components"]["schemas"];
    let mut schema = &schemas[name]["properties"];
    for step in member.split('/').skip(1) {
        schema = resolve(schemas, &schema[step]);
    }
    schema[keyword].as_u64()
}

fn resolve<'a>(schemas: &'a Value, schema: &'a Value) -> &'a Value {
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
        return &schemas[name];
    }
    let branches = schema["oneOf"].as_array().into_iter().flatten();
    let real = branches.into_iter().find(|s| s["type"] != "null");
    real.map_or(schema, |s| resolve(schemas, s))
}
