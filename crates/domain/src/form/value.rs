//! What one field accepts as its value.

use std::collections::HashSet;

use serde_json::{Number, Value};

use super::{
    formats::{is_date, is_email, is_phone},
    pattern,
    schema::{Choice, Field, FieldKind},
    visibility::number,
};
use crate::text::{forbidden_character, has_line_break};

/// A value's broken rule: code and detail.
pub(super) type Broken = (&'static str, String);

/// A checked value.
pub(super) struct Accepted {
    /// For storage: texts trimmed.
    pub raw: Value,
    /// For reading.
    pub readable: String,
}

impl Field {
    /// The bounds that hold for the field's length, value or count; the kind's where it has none.
    pub(super) fn bounds(&self) -> (f64, f64) {
        let (least, most) = kind_bounds(self.kind, self.options.as_deref().unwrap_or_default());
        let finite = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
        (
            finite(&self.min).map_or(least, |min| min.max(least)),
            finite(&self.max).map_or(most, |max| max.min(most)),
        )
    }

    /// Checks a value; `None` if it is no answer.
    pub(super) fn accept(&self, value: &Value) -> Result<Option<Accepted>, Vec<Broken>> {
        match (self.kind, value) {
            (_, Value::Null) => Ok(None),
            (FieldKind::Section | FieldKind::Note, _) => {
                broken("not_allowed", "This field takes no value.")
            }
            (FieldKind::YesNo, Value::Bool(yes)) => {
                accepted(value, if *yes { "Yes" } else { "No" })
            }
            (FieldKind::YesNo, _) => broken("wrong_type", "Expected true or false."),
            (FieldKind::Number, _) => match number(value) {
                Some(number) => self.accept_number(value, number),
                None => broken("wrong_type", "Expected a number."),
            },
            (FieldKind::MultiSelect, Value::Array(list)) => self.accept_list(value, list),
            (FieldKind::MultiSelect, _) => broken("wrong_type", "Expected a list of choices."),
            (FieldKind::Select, Value::String(text)) if text.trim().is_empty() => Ok(None),
            (FieldKind::Select, Value::String(text)) => match self.choice(text) {
                Some(choice) => accepted(value, &choice.label),
                None => broken("not_allowed", "This is not one of the choices."),
            },
            (_, Value::String(text)) => self.accept_text(text.trim()),
            _ => broken("wrong_type", "Expected a text."),
        }
    }

    fn choice(&self, value: &str) -> Option<&Choice> {
        self.options
            .iter()
            .flatten()
            .find(|choice| choice.value == value)
    }

    fn accept_number(&self, value: &Value, number: f64) -> Result<Option<Accepted>, Vec<Broken>> {
        let (min, max) = self.bounds();
        if number < min {
            return broken("too_small", &format!("The number must be at least {min}."));
        }
        if number > max {
            return broken("too_large", &format!("The number must be at most {max}."));
        }
        // Whole numbers read as such, however they were written; others as in JSON.
        let readable = if number.fract() == 0.0 && number.abs() < 1e15 {
            format!("{number:.0}").replacen("-0", "0", usize::from(number == 0.0))
        } else {
            value.to_string()
        };
        accepted(value, &readable)
    }

    fn accept_list(&self, value: &Value, list: &[Value]) -> Result<Option<Accepted>, Vec<Broken>> {
        if list.is_empty() {
            return Ok(None);
        }
        let mut errors = Vec::new();
        let mut seen = HashSet::new();
        let mut labels = Vec::new();
        for item in list {
            let error = match item.as_str().map(|text| (text, self.choice(text))) {
                None => ("wrong_type", "Expected a list of choices."),
                Some((_, None)) => ("not_allowed", "The list has something that is no choice."),
                Some((text, _)) if !seen.insert(text) => ("invalid", "A choice was made twice."),
                Some((_, Some(choice))) => {
                    labels.push(choice.label.as_str());
                    continue;
                }
            };
            let error = (error.0, error.1.to_owned());
            if !errors.contains(&error) {
                errors.push(error);
            }
        }
        let (min, max) = self.bounds();
        // Exact: no list in memory is longer than 2^53.
        #[allow(clippy::cast_precision_loss)]
        let count = list.len() as f64;
        if count < min {
            errors.push(("too_short", format!("Choose at least {min}.")));
        } else if count > max {
            errors.push(("too_many", format!("Choose at most {max}.")));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        accepted(value, &labels.join(", "))
    }

    fn accept_text(&self, text: &str) -> Result<Option<Accepted>, Vec<Broken>> {
        if text.is_empty() {
            return Ok(None);
        }
        let one_line = self.kind != FieldKind::LongText;
        if forbidden_character(text).is_some() || (one_line && has_line_break(text)) {
            let detail = if one_line {
                "The text must be one line without control characters."
            } else {
                "The text must have no control characters."
            };
            return broken("forbidden_character", detail);
        }
        let (min, max) = self.bounds();
        // Exact: no text in memory is longer than 2^53.
        #[allow(clippy::cast_precision_loss)]
        let chars = text.chars().count() as f64;
        let mut errors = Vec::new();
        if chars < min {
            errors.push(("too_short", format!("Write at least {min} characters.")));
        } else if chars > max {
            return broken("too_long", &format!("Write at most {max} characters."));
        }
        if let Some(error) = self.format_error(text) {
            errors.push(error);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        accepted(&Value::from(text), text)
    }

    fn format_error(&self, text: &str) -> Option<Broken> {
        let (fits, detail) = match (self.kind, &self.pattern) {
            (FieldKind::Email, _) => (is_email(text), "This is not an e-mail address."),
            (FieldKind::Phone, _) => (is_phone(text), "This is not a telephone number."),
            (FieldKind::Date, _) => (is_date(text), "Expected a day as YYYY-MM-DD."),
            (FieldKind::ShortText, Some(source)) => match pattern::compile(source) {
                Ok(pattern) => (
                    pattern.is_match(text),
                    "The text has not the expected form.",
                ),
                Err(_) => return Some(("invalid", "The field's pattern is not valid.".to_owned())),
            },
            _ => (true, ""),
        };
        (!fits).then(|| ("bad_format", detail.to_owned()))
    }
}

/// The widest bounds that a field of this kind may have.
pub(super) fn kind_bounds(kind: FieldKind, options: &[Choice]) -> (f64, f64) {
    match kind {
        FieldKind::ShortText => (0.0, 500.0),
        FieldKind::LongText => (0.0, 20_000.0),
        FieldKind::Email => (0.0, 254.0),
        FieldKind::Phone => (0.0, 40.0),
        FieldKind::Person => (0.0, 200.0),
        // Exact: a count of options.
        #[allow(clippy::cast_precision_loss)]
        FieldKind::MultiSelect => (0.0, options.len() as f64),
        _ => (f64::MIN, f64::MAX),
    }
}

fn broken<T>(code: &'static str, detail: &str) -> Result<T, Vec<Broken>> {
    Err(vec![(code, detail.to_owned())])
}

// A `Result` because every caller answers one.
#[allow(clippy::unnecessary_wraps)]
fn accepted(raw: &Value, readable: &str) -> Result<Option<Accepted>, Vec<Broken>> {
    Ok(Some(Accepted {
        raw: raw.clone(),
        readable: readable.to_owned(),
    }))
}
