//! Request bodies.

use std::io::ErrorKind;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use utoipa::ToSchema;
use validator::{Validate, ValidationErrors, ValidationErrorsKind};

use super::json::Once;
use super::problem::{Code, FieldProblem, Problem};
use super::schema;

/// Largest body, in bytes.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A JSON body that keeps every rule: its schema (types, bounds, no unknown keys), no control
/// characters, and what `validator` checks beyond a schema. All bad fields are reported at once.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + ToSchema + Validate + 'static> FromRequest for Body<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(request);
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(unread)?;
            json_body(is_json, &bytes).map(Self)
        })
    }
}

/// A body like [`Body`] that may be left out: an action whose parameters all have a default.
pub struct OptionalBody<T>(pub T);

impl<T: DeserializeOwned + ToSchema + Validate + Default + 'static> FromRequest
    for OptionalBody<T>
{
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(request);
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(unread)?;
            if bytes.is_empty() {
                return Ok(Self(T::default()));
            }
            json_body(is_json, &bytes).map(Self)
        })
    }
}

/// A body that may be left out: an action without parameters. What is sent must be `{}`.
pub struct NoBody;

impl FromRequest for NoBody {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(unread)?;
            if bytes.is_empty() {
                return Ok(Self);
            }
            let value: Value = parse(&bytes)?;
            match value.as_object() {
                Some(members) if members.is_empty() => Ok(Self),
                Some(members) => Err(Problem::invalid_body(
                    members
                        .keys()
                        .map(|key| FieldProblem {
                            pointer: format!("/{key}"),
                            code: "unknown_field".into(),
                            detail: "there is no such field".into(),
                        })
                        .collect(),
                )),
                None => Err(Problem::invalid_body(vec![FieldProblem {
                    pointer: String::new(),
                    code: "wrong_type".into(),
                    detail: "must be an empty object".into(),
                }])),
            }
        })
    }
}

fn json_body<T>(is_json: bool, bytes: &[u8]) -> Result<T, Problem>
where
    T: DeserializeOwned + ToSchema + Validate + 'static,
{
    if !is_json {
        return Err(Problem::new(
            Code::UnsupportedMediaType,
            "Send the body as application/json.",
        ));
    }
    read(bytes)
}

fn is_json(request: &HttpRequest) -> bool {
    let content_type = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|v| v.to_str().ok());
    content_type.is_some_and(|v| {
        let essence = v.split(';').next().unwrap_or_default().trim();
        essence.eq_ignore_ascii_case("application/json")
            || essence.eq_ignore_ascii_case("application/merge-patch+json")
    })
}

/// Why a body could not be read.
pub(super) fn unread(error: actix_web::Error) -> Problem {
    if error.as_response_error().status_code() == Code::BodyTooLarge.status() {
        return Problem::new(Code::BodyTooLarge, "A body may have at most 1 MiB.");
    }
    match error.as_error::<PayloadError>() {
        Some(error) if is_overdue(error) => stalled(),
        _ => Problem::new(Code::MalformedJson, "The body could not be read.").because(error),
    }
}

/// Whether the body stopped coming.
pub(super) fn is_overdue(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(e) if e.kind() == ErrorKind::TimedOut)
}

pub(super) fn stalled() -> Problem {
    Problem::new(
        Code::BodyStalled,
        "The rest of the body did not come in time.",
    )
}

fn parse(bytes: &[u8]) -> Result<Value, Problem> {
    // serde_json gives up at 128 levels of nesting, long before the stack does.
    let parsed = serde_json::from_slice::<Once>(bytes);
    parsed.map(|Once(value)| value).map_err(|e| {
        let what = if e.is_data() {
            "The body has a member twice"
        } else {
            "The body is not valid JSON"
        };
        let detail = format!("{what} (line {}, column {}).", e.line(), e.column());
        Problem::new(Code::MalformedJson, detail)
    })
}

fn read<T: DeserializeOwned + ToSchema + Validate + 'static>(bytes: &[u8]) -> Result<T, Problem> {
    let mut value = parse(bytes)?;
    whole_numbers(&mut value);
    let mut errors = schema::check::<T>(&value)?;
    if !errors.is_empty() {
        value = schema::mended::<T>(value, &errors)?;
    }
    match serde_json::from_value::<T>(value) {
        Ok(body) => {
            if let Err(found) = body.validate() {
                flatten(&found, "", &mut errors);
            }
            if errors.is_empty() {
                return Ok(body);
            }
        }
        Err(e) if errors.is_empty() => errors.push(FieldProblem {
            pointer: String::new(),
            code: "invalid".into(),
            detail: e.to_string(),
        }),
        Err(_) => {}
    }
    Err(Problem::invalid_body(errors))
}

/// Writes `4.0` as `4`: to JSON Schema both are integers, to the parser only one is.
fn whole_numbers(value: &mut Value) {
    /// Up to here every integer has a floating-point number of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) if number.is_f64() => {
            let whole = number
                .as_f64()
                .filter(|f| f.fract() == 0.0 && f.abs() <= EXACT);
            #[allow(
                clippy::cast_possible_truncation,
                reason = "it is whole and within bounds"
            )]
            if let Some(whole) = whole {
                *value = Value::from(whole as i64);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(whole_numbers),
        Value::Object(members) => members.values_mut().for_each(whole_numbers),
        _ => {}
    }
}

/// Adds what `validator` found to what the schema found; a field is reported once.
fn flatten(found: &ValidationErrors, at: &str, out: &mut Vec<FieldProblem>) {
    for (field, kind) in found.errors() {
        let pointer = format!("{at}/{field}");
        // What stands in for a field that the schema refused is nobody's error.
        if out.iter().any(|known| is_within(&known.pointer, &pointer)) {
            continue;
        }
        match kind {
            ValidationErrorsKind::Field(errors) => {
                if let Some(error) = errors.first() {
                    let detail = error
                        .message
                        .clone()
                        .unwrap_or_else(|| "is not valid".into());
                    out.push(FieldProblem {
                        pointer: pointer.clone(),
                        code: error.code.to_string(),
                        detail: detail.into_owned(),
                    });
                }
            }
            ValidationErrorsKind::Struct(inner) => flatten(inner, &pointer, out),
            ValidationErrorsKind::List(items) => {
                for (n, inner) in items {
                    flatten(inner, &format!("{pointer}/{n}"), out);
                }
            }
        }
    }
}

fn is_within(pointer: &str, field: &str) -> bool {
    pointer
        .strip_prefix(field)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// How extractors are set up for all of the API.
#[must_use]
pub fn payload_config() -> web::PayloadConfig {
    web::PayloadConfig::new(MAX_BYTES)
}

/// Rules that a schema cannot say, for `#[validate(custom(function = …))]`.
pub mod rules {
    use bsm_domain::email::EmailAddress;
    use validator::ValidationError;

    use super::json;

    /// Text of white space alone says nothing.
    ///
    /// # Errors
    /// `too_short`
    pub fn not_blank(text: &str) -> Result<(), ValidationError> {
        if text.trim().is_empty() {
            return Err(ValidationError::new("too_short").with_message("must not be blank".into()));
        }
        Ok(())
    }

    /// A text of one line.
    ///
    /// # Errors
    /// `too_short`, `forbidden_character`
    pub fn one_line(text: &str) -> Result<(), ValidationError> {
        not_blank(text)?;
        if bsm_domain::text::has_line_break(text) {
            return Err(ValidationError::new("forbidden_character")
                .with_message("must be a single line".into()));
        }
        Ok(())
    }

    /// A text of one line or none.
    ///
    /// # Errors
    /// `forbidden_character`
    pub fn at_most_one_line(text: &str) -> Result<(), ValidationError> {
        if text.is_empty() {
            return Ok(());
        }
        one_line(text)
    }

    /// A text of one line that has at least so many characters when the white space around it is
    /// taken off, as it is before it is kept.
    ///
    /// # Errors
    /// `too_short`, `forbidden_character`
    pub fn line_of<const MIN: usize>(text: &str) -> Result<(), ValidationError> {
        one_line(text)?;
        if text.trim().chars().count() < MIN {
            let message = format!("must have at least {MIN} characters");
            return Err(ValidationError::new("too_short").with_message(message.into()));
        }
        Ok(())
    }

    /// A text of one line, or none.
    ///
    /// # Errors
    /// `forbidden_character`
    pub fn no_line_break(text: &str) -> Result<(), ValidationError> {
        if bsm_domain::text::has_line_break(text) {
            return Err(ValidationError::new("forbidden_character")
                .with_message("must be a single line".into()));
        }
        Ok(())
    }

    /// The address of a person.
    ///
    /// # Errors
    /// `bad_format`
    pub fn email(text: &str) -> Result<(), ValidationError> {
        EmailAddress::parse(text).map(drop).map_err(|e| {
            let mut error = ValidationError::new("bad_format").with_message(e.to_string().into());
            error.add_param("example".into(), &json!("name@example.com"));
            error
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::whole_numbers;

    #[test]
    fn a_whole_number_is_an_integer_however_it_is_written() {
        let mut body: Value = serde_json::from_str(r#"{"score": 4.0, "list": [1e2, 1.5, 1e300]}"#)
            .unwrap_or_default();
        whole_numbers(&mut body);
        assert_eq!(body, json!({"score": 4, "list": [100, 1.5, 1e300]}));
    }
}
