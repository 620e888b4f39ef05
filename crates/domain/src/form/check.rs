//! Validation of a form's schema, when staff save it.

use std::collections::{HashMap, HashSet};

use serde_json::Number;

use super::{
    check_conditions::check_conditions,
    pattern::check_pattern,
    schema::{Field, FieldKind, Form, MAX_FIELDS},
    value::kind_bounds,
};
use crate::text::{forbidden_character, has_line_break};

const MAX_OPTIONS: usize = 50;

/// One broken rule of a form or of what was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// JSON pointer to the offending value, relative to the form or to the values.
    pub pointer: String,
    /// One of the closed list of field codes.
    pub code: &'static str,
    /// For people.
    pub detail: String,
}

/// Collects errors under a pointer.
pub(super) struct Report<'a> {
    pub errors: &'a mut Vec<FieldError>,
    pub base: String,
}

impl Report<'_> {
    pub(super) fn add(&mut self, path: &str, code: &'static str, detail: &str) {
        self.errors.push(FieldError {
            pointer: format!("{}{path}", self.base),
            code,
            detail: detail.to_owned(),
        });
    }

    /// A text of `min` to `max` characters, of one line unless `lines`.
    fn text(&mut self, path: &str, text: &str, (min, max): (usize, usize), lines: bool) {
        if forbidden_character(text).is_some() || (!lines && has_line_break(text)) {
            self.add(
                path,
                "forbidden_character",
                "The text has a forbidden character.",
            );
        }
        if text.chars().nth(max).is_some() {
            self.add(path, "too_long", &format!("At most {max} characters."));
        }
        if min > 0 && text.trim().is_empty() {
            self.add(path, "required", "A text is needed here.");
        }
    }
}

impl Form {
    /// Validates the schema: the rules of this module, and that every field can be answered.
    ///
    /// At most 60 fields with unique ids; texts within their bounds; options, bounds, pattern and
    /// default only where the kind has them; conditions only on earlier fields that carry a value.
    ///
    /// # Errors
    ///
    /// Every broken rule, in the form's order, each with a pointer such as
    /// `/fields/3/options/0/value`. Of a form with more than 60 fields only the first 60 are
    /// looked at.
    pub fn check(&self) -> Result<(), Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut earlier: HashMap<&str, &Field> = HashMap::new();
        if self.fields.len() > MAX_FIELDS {
            Report {
                errors: &mut errors,
                base: String::new(),
            }
            .add("/fields", "too_many", "A form has at most 60 fields.");
        }
        for (index, field) in self.fields.iter().take(MAX_FIELDS).enumerate() {
            let mut report = Report {
                errors: &mut errors,
                base: format!("/fields/{index}"),
            };
            if !is_field_id(&field.id) {
                report.add(
                    "/id",
                    "bad_format",
                    "A lower-case letter, then at most 39 lower-case letters, digits or _.",
                );
            } else if earlier.contains_key(field.id.as_str()) {
                report.add("/id", "invalid", "An earlier field has this id.");
            }
            check_field(field, &mut report);
            if let Some(visible_if) = &field.visible_if {
                check_conditions(visible_if, &earlier, &mut report);
            }
            earlier.entry(&field.id).or_insert(field);
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }
}

fn is_field_id(id: &str) -> bool {
    id.len() <= 40
        && id.starts_with(|c: char| c.is_ascii_lowercase())
        && id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

fn check_field(field: &Field, report: &mut Report<'_>) {
    report.text(
        "/label",
        &field.label,
        (1, 200),
        field.kind == FieldKind::Note,
    );
    if let Some(help) = &field.help {
        report.text("/help", help, (0, 1000), true);
    }
    if field.required.is_some() && !field.kind.carries_value() {
        report.add("/required", "not_allowed", "This kind takes no answer.");
    }
    check_options(field, report);
    let bounded = check_bounds(field, report);
    let matchable = check_field_pattern(field, report);
    if let Some(default) = &field.default {
        if !field.kind.carries_value() {
            report.add("/default", "not_allowed", "This kind takes no answer.");
        } else if bounded && matchable {
            // A default can only be judged by rules that are sound themselves.
            match field.accept(default) {
                Ok(Some(_)) => {}
                Ok(None) => report.add("/default", "required", "A default must be an answer."),
                Err(broken) => {
                    for (code, detail) in broken {
                        report.add("/default", code, &detail);
                    }
                }
            }
        }
    }
}

fn check_options(field: &Field, report: &mut Report<'_>) {
    if !field.kind.has_options() {
        if field.options.is_some() {
            report.add("/options", "not_allowed", "This kind has no choices.");
        }
        return;
    }
    let options = field.options.as_deref().unwrap_or_default();
    if options.is_empty() {
        report.add("/options", "required", "At least one choice is needed.");
    }
    if options.len() > MAX_OPTIONS {
        report.add("/options", "too_many", "A field has at most 50 choices.");
    }
    let mut seen = HashSet::new();
    for (index, option) in options.iter().take(MAX_OPTIONS).enumerate() {
        let path = format!("/options/{index}");
        report.text(&format!("{path}/value"), &option.value, (1, 80), false);
        report.text(&format!("{path}/label"), &option.label, (1, 200), false);
        if !seen.insert(option.value.as_str()) {
            report.add(
                &format!("{path}/value"),
                "invalid",
                "An earlier choice has this value.",
            );
        }
    }
}

/// Checks `min` and `max`; whether both are sound.
fn check_bounds(field: &Field, report: &mut Report<'_>) -> bool {
    let before = report.errors.len();
    let (least, most) = kind_bounds(field.kind, field.options.as_deref().unwrap_or_default());
    for (path, bound) in [("/min", &field.min), ("/max", &field.max)] {
        let Some(bound) = bound else { continue };
        let counts = match field.kind {
            FieldKind::Number => false,
            FieldKind::ShortText | FieldKind::LongText | FieldKind::MultiSelect => true,
            _ => {
                report.add(path, "not_allowed", "This kind has no bounds.");
                continue;
            }
        };
        match bound.as_f64().filter(|bound| bound.is_finite()) {
            None => report.add(path, "invalid", "Expected a finite number."),
            Some(bound) if counts && bound.fract() != 0.0 => {
                report.add(path, "invalid", "Expected a whole number.");
            }
            Some(bound) if bound < least => {
                report.add(path, "too_small", &format!("At least {least}."));
            }
            Some(bound) if bound > most => {
                report.add(path, "too_large", &format!("At most {most}."));
            }
            Some(_) => {}
        }
    }
    let number = |bound: &Option<Number>| bound.as_ref().and_then(Number::as_f64);
    if let (Some(min), Some(max)) = (number(&field.min), number(&field.max))
        && min > max
        && report.errors.len() == before
    {
        report.add("/max", "too_small", "The maximum is less than the minimum.");
    }
    report.errors.len() == before
}

/// Checks the pattern; whether it is sound.
fn check_field_pattern(field: &Field, report: &mut Report<'_>) -> bool {
    let Some(pattern) = &field.pattern else {
        return true;
    };
    if field.kind != FieldKind::ShortText {
        report.add(
            "/pattern",
            "not_allowed",
            "Only a short text has a pattern.",
        );
        return false;
    }
    if let Err(error) = check_pattern(pattern) {
        report.add("/pattern", error.code(), &error.to_string());
        return false;
    }
    true
}
