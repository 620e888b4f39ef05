//! Problems (RFC 9457): the one form of every error answer.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use bsm_application::{Conflict, Error as AppError};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::request_id;

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $code:tt, $status:ident, $title:literal);+ $(;)?) => {
        /// The closed list of problem codes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $($(#[$doc])* $variant),+ }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it stands in an answer.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The HTTP status it comes with.
            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$variant => StatusCode::$status),+ }
            }

            const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),+ }
            }
        }
    };
}

codes! {
    /// The body is not JSON.
    MalformedJson = "malformed_json", BAD_REQUEST, "The body is not valid JSON";
    /// A query parameter is unknown or has a value it cannot have.
    InvalidQuery = "invalid_query", BAD_REQUEST, "A query parameter is not valid";
    /// The cursor was not made by this list.
    InvalidCursor = "invalid_cursor", BAD_REQUEST, "The cursor is not valid";
    /// A header has a value it cannot have.
    InvalidHeader = "invalid_header", BAD_REQUEST, "A header is not valid";
    /// Nobody is signed in, or no longer.
    Unauthenticated = "unauthenticated", UNAUTHORIZED, "Sign in first";
    /// E-mail address and password do not belong together.
    InvalidCredentials = "invalid_credentials", UNAUTHORIZED, "The sign-in failed";
    /// The person may see it, but not do this.
    Forbidden = "forbidden", FORBIDDEN, "You may not do this";
    /// The request comes from a page of another origin.
    OriginNotAllowed = "origin_not_allowed", FORBIDDEN, "This origin is not allowed";
    /// People may not register themselves here.
    RegistrationClosed = "registration_closed", FORBIDDEN, "Registration is closed";
    /// It does not exist, as far as the caller may know.
    NotFound = "not_found", NOT_FOUND, "Not found";
    /// The path exists, this method on it does not.
    MethodNotAllowed = "method_not_allowed", METHOD_NOT_ALLOWED, "Method not allowed";
    /// The rest of the body did not come.
    BodyStalled = "body_stalled", REQUEST_TIMEOUT, "The body did not come";
    /// Another person has this address.
    EmailTaken = "email_taken", CONFLICT, "The address is already in use";
    /// Another article has or had this slug.
    SlugTaken = "slug_taken", CONFLICT, "The slug is already in use";
    /// Another organization has this name.
    NameTaken = "name_taken", CONFLICT, "The name is already in use";
    /// Somebody must stay who can let others in.
    LastAdmin = "last_admin", CONFLICT, "The last active admin must stay";
    /// Admins do not lock themselves out.
    OwnAccess = "own_access", CONFLICT, "Your own access must stay";
    /// Something refers to it.
    InUse = "in_use", CONFLICT, "It is in use";
    /// The state machine has no such transition.
    InvalidTransition = "invalid_transition", CONFLICT, "This change of status is not possible";
    /// A closed ticket takes no more messages.
    TicketClosed = "ticket_closed", CONFLICT, "The ticket is closed";
    /// Only a resolution can be rated.
    TicketNotResolved = "ticket_not_resolved", CONFLICT, "The ticket is not resolved";
    /// The days in which a rating can be changed are over.
    RatingWindowClosed = "rating_window_closed", CONFLICT, "The time to rate is over";
    /// There are as many API keys in force as there may be.
    TooManyKeys = "too_many_keys", CONFLICT, "There are too many keys";
    /// There is nothing that could go live.
    NothingToPublish = "nothing_to_publish", CONFLICT, "There is nothing to publish";
    /// There are as many webhooks as there may be.
    WebhookLimit = "webhook_limit", CONFLICT, "There are too many webhooks";
    /// Nothing is sent to a webhook that is disabled.
    WebhookDisabled = "webhook_disabled", CONFLICT, "The webhook is disabled";
    /// A call with the same `Idempotency-Key` is being done.
    InProgress = "in_progress", CONFLICT, "The same call is in progress";
    /// A link that is used up, too old or was never given.
    LinkInvalid = "link_invalid", GONE, "The link is no longer valid";
    /// The event log no longer, or not yet, reaches to this position.
    PositionExpired = "position_expired", GONE, "The log does not reach to this position";
    /// It was changed since the version the caller knows.
    VersionMismatch = "version_mismatch", PRECONDITION_FAILED, "It was changed in the meantime";
    /// The body is larger than 1 MiB.
    BodyTooLarge = "body_too_large", PAYLOAD_TOO_LARGE, "The body is too large";
    /// The body is not said to be JSON, or comes in a content coding.
    UnsupportedMediaType = "unsupported_media_type", UNSUPPORTED_MEDIA_TYPE, "The media type is not supported";
    /// The body breaks rules; all of them are in `errors`.
    InvalidBody = "invalid_body", UNPROCESSABLE_ENTITY, "The body breaks a rule";
    /// An `Idempotency-Key` that was used with another body.
    KeyReused = "key_reused", UNPROCESSABLE_ENTITY, "The key was used for another call";
    /// The change needs to say which version it is made of.
    IfMatchRequired = "if_match_required", PRECONDITION_REQUIRED, "If-Match is required";
    /// Too many requests of this kind.
    RateLimited = "rate_limited", TOO_MANY_REQUESTS, "Too many requests";
    /// Something went wrong on the server.
    Internal = "internal", INTERNAL_SERVER_ERROR, "Something went wrong";
    /// The database cannot be reached, or the server is about to stop.
    Unavailable = "unavailable", SERVICE_UNAVAILABLE, "Temporarily unavailable";
    /// There is no room left on the server's disk; what is there can be read.
    StorageFull = "storage_full", INSUFFICIENT_STORAGE, "No room left to store this";
}

/// One bad field of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// JSON pointer (RFC 6901) to the field.
    #[schema(example = "/subject")]
    pub pointer: String,
    /// What kind of rule it breaks.
    #[schema(example = "too_short")]
    pub code: String,
    /// What is wrong, for people.
    #[schema(example = "must have at least 3 characters")]
    pub detail: String,
}

/// The body of every error answer, `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody<'a> {
    /// Names the kind of problem.
    #[serde(rename = "type")]
    #[schema(value_type = String, example = "urn:bsm:problem:not_found")]
    kind: String,
    /// The kind of problem, for people.
    title: &'a str,
    /// The HTTP status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// This very problem, for people.
    detail: &'a str,
    /// Which one of the closed list it is, for programs.
    code: Code,
    /// The request's id, as in the header `X-Request-Id`.
    request_id: uuid::Uuid,
    /// All bad fields of a body.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [FieldProblem],
    /// With `version_mismatch`: what is there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    current: Option<&'a Value>,
}

/// The schema of a problem, under its public name.
pub(crate) type ProblemSchema = ProblemBody<'static>;

/// An answer that tells what went wrong.
#[derive(Debug)]
pub struct Problem {
    code: Code,
    detail: String,
    errors: Vec<FieldProblem>,
    current: Option<Box<Value>>,
    retry_after: Option<u64>,
    /// What really happened: for the log only.
    cause: Option<String>,
}

impl Problem {
    /// A problem with a sentence for people.
    #[must_use]
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            current: None,
            retry_after: None,
            cause: None,
        }
    }

    /// The 404 of what does not exist or may not be seen: always the same.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            Code::NotFound,
            "There is nothing here, or you may not see it.",
        )
    }

    /// A body with these bad fields.
    #[must_use]
    pub fn invalid_body(errors: Vec<FieldProblem>) -> Self {
        let detail = match errors.len() {
            1 => "One field is not valid.".to_owned(),
            n => format!("{n} fields are not valid."),
        };
        Self {
            errors,
            ..Self::new(Code::InvalidBody, detail)
        }
    }

    /// An old version was to be changed; `current` is what is there now.
    #[must_use]
    pub fn version_mismatch(current: &impl Serialize) -> Self {
        Self {
            current: serde_json::to_value(current).ok().map(Box::new),
            ..Self::new(Code::VersionMismatch, "It was changed since you read it.")
        }
    }

    /// Tells when to try again, in whole seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Keeps the real reason for the log.
    #[must_use]
    pub fn because(mut self, cause: impl fmt::Display) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    /// Which problem it is.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }
}

/// What is logged.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.cause.as_deref().unwrap_or(&self.detail))
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    fn error_response(&self) -> HttpResponse {
        let body = ProblemBody {
            kind: format!("urn:bsm:problem:{}", self.code.as_str()),
            title: self.code.title(),
            status: self.code.status().as_u16(),
            detail: &self.detail,
            code: self.code,
            request_id: request_id::current(),
            errors: &self.errors,
            current: self.current.as_deref(),
        };
        let mut response = HttpResponse::build(self.code.status());
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        if self.code.status() == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
        }
        let mut response = response.json(body);
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        response
    }
}

/// The one place where errors of use cases become answers.
impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::NotFound => Self::not_found(),
            AppError::Forbidden => Self::new(Code::Forbidden, "Your role does not allow this."),
            AppError::InvalidCredentials => Self::new(
                Code::InvalidCredentials,
                "The e-mail address or the password is wrong.",
            ),
            AppError::NotSignedIn => Self::new(
                Code::Unauthenticated,
                "Your sign-in has ended. Sign in again.",
            ),
            AppError::RegistrationClosed => Self::new(
                Code::RegistrationClosed,
                "New accounts are made by the service desk. Please ask there.",
            ),
            AppError::LinkInvalid => Self::new(
                Code::LinkInvalid,
                "This link was used already or is too old. Ask for a new one.",
            ),
            AppError::PositionExpired => Self::new(
                Code::PositionExpired,
                "Load everything again, and go on from after=latest.",
            ),
            AppError::Stale => {
                Self::new(Code::VersionMismatch, "It was changed since you read it.")
            }
            AppError::Conflict(conflict) => {
                let code = match &conflict {
                    Conflict::EmailTaken => Code::EmailTaken,
                    Conflict::SlugTaken => Code::SlugTaken,
                    Conflict::NameTaken => Code::NameTaken,
                    Conflict::LastAdmin => Code::LastAdmin,
                    Conflict::OwnAccess => Code::OwnAccess,
                    Conflict::InUse(_) => Code::InUse,
                    Conflict::InvalidTransition(_) => Code::InvalidTransition,
                    Conflict::TicketClosed => Code::TicketClosed,
                    Conflict::TicketNotResolved => Code::TicketNotResolved,
                    Conflict::RatingWindowClosed => Code::RatingWindowClosed,
                    Conflict::TooManyKeys => Code::TooManyKeys,
                    Conflict::NothingToPublish(_) => Code::NothingToPublish,
                    Conflict::WebhookLimit => Code::WebhookLimit,
                    Conflict::WebhookDisabled => Code::WebhookDisabled,
                };
                Self::new(code, sentence(&conflict.to_string()))
            }
            AppError::Invalid(fields) => Self::invalid_body(
                fields
                    .into_iter()
                    .map(|f| FieldProblem {
                        pointer: f.pointer,
                        code: f.code.to_owned(),
                        detail: f.detail,
                    })
                    .collect(),
            ),
            AppError::Db(e) if e.is_full() => Self::new(
                Code::StorageFull,
                "The server has no room left to store this. Nothing was changed.",
            )
            .because(e),
            AppError::Db(e) if e.is_unknown() => Self::new(
                Code::Unavailable,
                "Nobody knows whether this was done. Look, or send it again with the same Idempotency-Key.",
            )
            .retry_after(2)
            .because(e),
            AppError::Db(e) if e.is_unavailable() => Self::new(
                Code::Unavailable,
                "The service is busy. Try again in a moment.",
            )
            .retry_after(2)
            .because(e),
            AppError::Db(e) => Self::internal(e),
            AppError::Internal(what) => Self::internal(what),
        }
    }
}

impl Problem {
    /// A server error; its cause goes to the log only.
    #[must_use]
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self::new(
            Code::Internal,
            "The server could not do this. The error has been logged.",
        )
        .because(cause)
    }
}

/// An error's text as a sentence: capital letter, full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        format!("{}{}.", first.to_uppercase(), chars.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_written_the_same_by_serde() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).unwrap(), code.as_str());
        }
    }
}
