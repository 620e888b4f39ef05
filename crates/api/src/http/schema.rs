//! Checks a body against the very schema that the OpenAPI documents publish for it, so that all
//! bad fields are found at once and the documents cannot promise other bounds than the server
//! keeps.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use bsm_domain::text::forbidden_character;
use jsonschema::error::ValidationErrorKind as Kind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::problem::{FieldProblem, Problem};

struct BodySchema {
    schema: Value,
    validator: Validator,
}

type Compiled = HashMap<TypeId, Arc<BodySchema>>;

/// Schemas are compiled once, when the first body of their type arrives.
static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

/// All that is wrong with a body, as far as its schema can tell.
///
/// # Errors
/// An internal [`Problem`] where the schema itself is broken.
pub(super) fn check<T: ToSchema + 'static>(body: &Value) -> Result<Vec<FieldProblem>, Problem> {
    let of_body = schema_of::<T>()?;
    let mut errors = Vec::new();
    for error in of_body.validator.iter_errors(body) {
        collect(&error, &mut errors);
    }
    forbidden_characters(body, &mut String::new(), &mut errors);
    errors.dedup();
    // A value of the wrong type breaks most other rules too: that it does so says nothing new.
    let mistyped: Vec<String> = errors
        .iter()
        .filter(|e| e.code == "wrong_type")
        .map(|e| e.pointer.clone())
        .collect();
    errors.retain(|e| e.code == "wrong_type" || !mistyped.contains(&e.pointer));
    Ok(errors)
}

/// The body with stand-ins for the fields that have these errors: see [`super::stand_in`].
///
/// # Errors
/// As [`check`].
pub(super) fn mended<T: ToSchema + 'static>(
    body: Value,
    errors: &[FieldProblem],
) -> Result<Value, Problem> {
    let of_body = schema_of::<T>()?;
    Ok(super::stand_in::mended(body, &of_body.schema, errors))
}

fn schema_of<T: ToSchema + 'static>() -> Result<Arc<BodySchema>, Problem> {
    let id = TypeId::of::<T>();
    let known = COMPILED
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(&id)
        .cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let mut parts = Vec::new();
    T::schemas(&mut parts);
    let parts: HashMap<String, _> = parts.into_iter().collect();
    let mut schema = serde_json::to_value(T::schema()).map_err(Problem::internal)?;
    schema["components"] = json!({"schemas": parts});
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        // Else an id that cannot be one is found only by serde, which names no field.
        .should_validate_formats(true)
        .build(&schema)
        .map_err(Problem::internal)?;
    let made = Arc::new(BodySchema { schema, validator });
    COMPILED
        .write()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(id, Arc::clone(&made));
    Ok(made)
}

fn collect(error: &ValidationError<'_>, out: &mut Vec<FieldProblem>) {
    let at = error.instance_path().to_string();
    let mut add = |pointer: String, code: &str, detail: String| {
        out.push(FieldProblem {
            pointer,
            code: code.to_owned(),
            detail,
        });
    };
    match error.kind() {
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            for key in unexpected {
                add(
                    child(&at, key),
                    "unknown_field",
                    "there is no such field".into(),
                );
            }
        }
        Kind::Required { property } => {
            let key = property.as_str().unwrap_or_default();
            add(child(&at, key), "required", "must be given".into());
        }
        Kind::Type { .. } => add(at, "wrong_type", "has the wrong type".into()),
        Kind::Enum { options } => {
            add(at, "not_allowed", format!("must be one of {options}"));
        }
        Kind::MinLength { limit } => {
            add(
                at,
                "too_short",
                format!("must have at least {}", characters(*limit)),
            );
        }
        Kind::MaxLength { limit } => {
            add(
                at,
                "too_long",
                format!("must have at most {}", characters(*limit)),
            );
        }
        Kind::MinItems { limit } => {
            add(
                at,
                "too_short",
                format!("must have at least {limit} entries"),
            );
        }
        Kind::MaxItems { limit } => {
            add(at, "too_many", format!("must have at most {limit} entries"));
        }
        Kind::MaxProperties { limit } => {
            add(at, "too_many", format!("must have at most {limit} entries"));
        }
        Kind::Minimum { limit } => add(at, "too_small", format!("must be at least {limit}")),
        Kind::Maximum { limit } => add(at, "too_large", format!("must be at most {limit}")),
        Kind::Pattern { .. } => add(at, "bad_format", "does not have the right form".into()),
        Kind::Format { format } => add(at, "bad_format", format!("must be a valid {format}")),
        // "null or a thing": what is wrong with the thing is what people need to know.
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
            // Of several things, the one with the fewest errors is what was meant.
            let meant = context.iter().filter(|branch| !is_about_null(branch));
            match meant.min_by_key(|branch| branch.len()) {
                Some(branch) => {
                    for inner in branch {
                        collect(inner, out);
                    }
                }
                None => add(at, "wrong_type", "has the wrong type".into()),
            }
        }
        _ => add(at, "invalid", "is not valid".into()),
    }
}

fn is_about_null(branch: &[ValidationError<'_>]) -> bool {
    branch.iter().any(|error| {
        matches!(error.kind(), Kind::Type { .. })
            && error.schema_path().to_string().contains("oneOf/0")
    })
}

fn characters(n: u64) -> String {
    if n == 1 {
        "1 character".to_owned()
    } else {
        format!("{n} characters")
    }
}

fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// PostgreSQL cannot store NUL, and no other control character has a place in a text: refused
/// everywhere, in keys and values.
fn forbidden_characters(value: &Value, at: &mut String, out: &mut Vec<FieldProblem>) {
    let mut refuse = |at: &str| {
        out.push(FieldProblem {
            pointer: at.to_owned(),
            code: "forbidden_character".to_owned(),
            detail: "contains a control character".to_owned(),
        });
    };
    match value {
        Value::String(text) if forbidden_character(text).is_some() => refuse(at),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                let length = at.len();
                at.push_str(&format!("/{n}"));
                forbidden_characters(item, at, out);
                at.truncate(length);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                let length = at.len();
                *at = child(at, key);
                if forbidden_character(key).is_some() {
                    out.push(FieldProblem {
                        pointer: at.clone(),
                        code: "forbidden_character".to_owned(),
                        detail: "its name contains a control character".to_owned(),
                    });
                }
                forbidden_characters(member, at, out);
                at.truncate(length);
            }
        }
        _ => {}
    }
}
