//! The header that lets a call be sent again.

use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, RefOr, Required, Type};

use crate::http::once;

/// What every `POST` outside `/api/auth/` takes, but those of files.
pub(super) fn may_be_sent_again(post: &mut Operation) {
    let body = match &post.request_body {
        Some(RefOr::T(body)) => Some(body),
        _ => None,
    };
    if body.is_some_and(|b| b.content.contains_key("text/csv")) {
        return;
    }
    let key = ParameterBuilder::new()
        .name(once::KEY_NAME)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "A text of the client's own choice. The same call with the same key is done once and \
             answered the same for 24 hours; refusals are not kept.",
        ))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .min_length(Some(1))
                .max_length(Some(once::KEY_MAX)),
        ))
        .build();
    post.parameters.get_or_insert_default().push(RefOr::T(key));
}
