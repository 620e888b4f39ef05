//! Validation of when a field is visible.

use std::collections::HashMap;

use serde_json::Value;

use super::{
    check::Report,
    formats::is_date,
    schema::{Condition, Field, FieldKind, Op, VisibleIf},
    visibility::number,
};
use crate::text::forbidden_character;

const MAX_CONDITIONS: usize = 10;
const MAX_OPERAND_CHARS: usize = 500;

pub(super) fn check_conditions(
    visible_if: &VisibleIf,
    earlier: &HashMap<&str, &Field>,
    report: &mut Report<'_>,
) {
    let list = match visible_if {
        VisibleIf::All(_) => "/visible_if/all",
        VisibleIf::Any(_) => "/visible_if/any",
    };
    let conditions = visible_if.conditions();
    if conditions.is_empty() {
        report.add(list, "required", "At least one condition is needed.");
    }
    if conditions.len() > MAX_CONDITIONS {
        report.add(list, "too_many", "A field has at most 10 conditions.");
    }
    for (index, condition) in conditions.iter().take(MAX_CONDITIONS).enumerate() {
        let path = format!("{list}/{index}");
        match earlier.get(condition.field.as_str()) {
            None => report.add(
                &format!("{path}/field"),
                "unknown_reference",
                "No earlier field has this id.",
            ),
            Some(field) if !field.kind.carries_value() => report.add(
                &format!("{path}/field"),
                "not_allowed",
                "This field carries no value.",
            ),
            Some(field) if !fits(condition.op, field.kind) => report.add(
                &format!("{path}/op"),
                "not_allowed",
                "The field's kind cannot be compared like this.",
            ),
            Some(field) => {
                if let Some((code, detail)) = operand_error(condition, field) {
                    report.add(&format!("{path}/value"), code, detail);
                }
            }
        }
    }
}

fn fits(op: Op, kind: FieldKind) -> bool {
    match op {
        Op::Answered => kind.carries_value(),
        Op::Eq | Op::Ne => kind.carries_value() && kind != FieldKind::MultiSelect,
        Op::Contains => kind.is_text() || kind == FieldKind::MultiSelect,
        Op::Gt | Op::Gte | Op::Lt | Op::Lte => {
            matches!(kind, FieldKind::Number | FieldKind::Date)
        }
    }
}

fn operand_error(condition: &Condition, field: &Field) -> Option<(&'static str, &'static str)> {
    let Some(value) = &condition.value else {
        return (condition.op != Op::Answered)
            .then_some(("required", "There must be a value to compare with."));
    };
    if condition.op == Op::Answered || field.kind == FieldKind::YesNo {
        return (!value.is_boolean()).then_some(("wrong_type", "Expected true or false."));
    }
    if field.kind == FieldKind::Number {
        return number(value)
            .is_none()
            .then_some(("wrong_type", "Expected a number."));
    }
    let Value::String(text) = value else {
        return Some(("wrong_type", "Expected a text."));
    };
    if field.kind.has_options() {
        let known = field.options.iter().flatten().any(|o| o.value == *text);
        return (!known).then_some(("not_allowed", "This is not one of the field's choices."));
    }
    if forbidden_character(text).is_some() {
        return Some(("forbidden_character", "The text has a forbidden character."));
    }
    if field.kind == FieldKind::Date {
        return (!is_date(text.trim())).then_some(("bad_format", "Expected a day as YYYY-MM-DD."));
    }
    if text.chars().nth(MAX_OPERAND_CHARS).is_some() {
        return Some(("too_long", "At most 500 characters."));
    }
    text.trim()
        .is_empty()
        .then_some(("required", "There must be a value to compare with."))
}
