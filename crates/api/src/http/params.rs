//! Query parameters.

use std::fmt;
use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use bsm_domain::text::forbidden_character;
use serde::Deserialize;
use serde::de::{self, DeserializeOwned, Deserializer, Visitor};
use serde_json::Value;
use utoipa::__dev::ComposeSchema;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::problem::{Code, Problem};

/// Query parameters: an unknown one, one given twice, or one with a value it cannot have is a
/// 400.
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        if !is_utf8(request.query_string()) {
            let problem = Problem::new(Code::InvalidQuery, "The query is not in UTF-8.");
            return ready(Err(problem));
        }
        let parsed = web::Query::<T>::from_query(request.query_string());
        ready(parsed.map(|q| Self(q.into_inner())).map_err(|e| {
            let text = e.to_string();
            let detail = text
                .strip_prefix("Query deserialize error: ")
                .unwrap_or(&text);
            Problem::new(Code::InvalidQuery, format!("{detail}."))
        }))
    }
}

/// Whether a query is UTF-8 once its `%` escapes are resolved; the parser would put U+FFFD in the
/// place of what is not.
fn is_utf8(query: &str) -> bool {
    let mut bytes = Vec::with_capacity(query.len());
    let mut rest = query.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = after.first_chunk::<2>().filter(|_| first == b'%');
        let byte = escaped
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    std::str::from_utf8(&bytes).is_ok()
}

/// A parameter of several values: `status=open,pending`. At least one, none empty, at most 50.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommaList<T>(pub Vec<T>);

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for CommaList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);

        impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for List<T> {
            type Value = CommaList<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values separated by commas")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                let values: Vec<T> = text
                    .split(',')
                    .map(|part| part.parse().map_err(E::custom))
                    .collect::<Result<_, E>>()?;
                if values.len() > VALUES_MAX {
                    return Err(E::custom(format_args!("at most {VALUES_MAX} values")));
                }
                Ok(CommaList(values))
            }
        }

        deserializer.deserialize_str(List(PhantomData))
    }
}

/// A parameter of one value that is parsed from its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct One<T>(pub T);

impl<'de, T: FromStr<Err: fmt::Display>> Deserialize<'de> for One<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<T>(PhantomData<T>);

        impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
            type Value = One<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                text.parse().map(One).map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text(PhantomData))
    }
}

/// Most values of a [`CommaList`].
const VALUES_MAX: usize = 50;
const UUID: &str = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

// The macro of parameters asks this trait of a type with a type inside.
impl<T: PartialSchema> ComposeSchema for CommaList<T> {
    fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        let (value, longest) = form_of::<T>();
        let more = VALUES_MAX - 1;
        matching(
            format!("^({value})(,({value})){{0,{more}}}$"),
            longest * VALUES_MAX + more,
        )
    }
}

impl<T: PartialSchema> ToSchema for CommaList<T> {}

impl<T: PartialSchema> ComposeSchema for One<T> {
    fn compose(_: Vec<RefOr<Schema>>) -> RefOr<Schema> {
        let (value, longest) = form_of::<T>();
        matching(format!("^({value})$"), longest)
    }
}

impl<T: PartialSchema> ToSchema for One<T> {}

/// A text of this pattern and at most so many characters.
#[must_use]
pub fn matching(pattern: String, longest: usize) -> RefOr<Schema> {
    let text = ObjectBuilder::new().schema_type(Type::String);
    text.min_length(Some(1))
        .max_length(Some(longest))
        .pattern(Some(pattern))
        .into()
}

/// The schema of a text that is one of these words or an id.
#[must_use]
pub fn words_or_id(words: &[&str]) -> RefOr<Schema> {
    matching(format!("^({}|{UUID})$", words.join("|")), 36)
}

/// The pattern of one value, without anchors, and its longest form.
fn form_of<T: PartialSchema>() -> (String, usize) {
    let schema = serde_json::to_value(T::schema()).unwrap_or_default();
    let words: Vec<&str> = schema["enum"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    if words.is_empty() {
        let pattern = schema["pattern"].as_str().unwrap_or(".+");
        let pattern = pattern.trim_start_matches('^').trim_end_matches('$');
        let longest = schema["maxLength"].as_u64().unwrap_or(60);
        return (pattern.to_owned(), usize::try_from(longest).unwrap_or(60));
    }
    let longest = words.iter().map(|w| w.len()).max().unwrap_or(0);
    (words.join("|").replace('.', "\\."), longest)
}

/// The values of an optional list parameter.
#[must_use]
pub fn values<T>(list: Option<CommaList<T>>) -> Vec<T> {
    list.map(|l| l.0).unwrap_or_default()
}

/// A search query of at most 200 characters, folded to its terms. `None` where it holds no word,
/// which finds nothing.
///
/// # Errors
/// `invalid_query` where it is too long or holds control characters.
pub fn search_terms(q: &str) -> Result<Vec<String>, Problem> {
    if q.chars().count() > bsm_domain::bounds::QUERY_MAX {
        return Err(Problem::new(
            Code::InvalidQuery,
            "q: at most 200 characters.",
        ));
    }
    if forbidden_character(q).is_some() {
        return Err(Problem::new(
            Code::InvalidQuery,
            "q: contains a control character.",
        ));
    }
    Ok(bsm_domain::text::terms(q))
}

/// A text parameter of at most `max` characters without control characters.
///
/// # Errors
/// `invalid_query`
pub fn text_param(name: &str, value: &str, max: usize) -> Result<(), Problem> {
    if value.chars().count() > max || forbidden_character(value).is_some() {
        return Err(Problem::new(
            Code::InvalidQuery,
            format!("{name}: not a valid value."),
        ));
    }
    Ok(())
}
