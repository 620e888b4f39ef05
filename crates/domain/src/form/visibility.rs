//! Which fields are visible for given values.

use std::{cmp::Ordering, collections::HashMap};

use serde_json::{Map, Value};

use super::{
    formats::is_date,
    schema::{Condition, Field, FieldKind, Form, Op, VisibleIf},
};

/// The visible answered fields so far, with their values.
type Answered<'a> = HashMap<&'a str, (FieldKind, &'a Value)>;

impl Form {
    /// The visible fields in order, sections and notes among them, for raw values that may break
    /// any rule. Never fails, also not for a form that [`Form::check`] refuses.
    #[must_use]
    pub fn visible<'a>(&'a self, values: &'a Map<String, Value>) -> Vec<&'a Field> {
        let mut answered = Answered::new();
        let mut visible = Vec::with_capacity(self.fields.len());
        for field in &self.fields {
            let shown = match &field.visible_if {
                None => true,
                Some(VisibleIf::All(conditions)) => conditions
                    .iter()
                    .all(|condition| holds(condition, &answered)),
                Some(VisibleIf::Any(conditions)) => conditions
                    .iter()
                    .any(|condition| holds(condition, &answered)),
            };
            if !shown {
                continue;
            }
            visible.push(field);
            if let Some(value) = values.get(&field.id).filter(|v| is_answer(field.kind, v)) {
                answered.insert(&field.id, (field.kind, value));
            }
        }
        visible
    }
}

/// Whether the value counts as an answer for conditions.
fn is_answer(kind: FieldKind, value: &Value) -> bool {
    match kind {
        FieldKind::Number => number(value).is_some(),
        FieldKind::YesNo => value.is_boolean(),
        FieldKind::Date => value.as_str().is_some_and(|text| is_date(text.trim())),
        FieldKind::MultiSelect => value
            .as_array()
            .is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_string)),
        FieldKind::Section | FieldKind::Note => false,
        _ => value.as_str().is_some_and(|text| !text.trim().is_empty()),
    }
}

fn holds(condition: &Condition, answered: &Answered<'_>) -> bool {
    let answer = answered.get(condition.field.as_str());
    if condition.op == Op::Answered {
        return match &condition.value {
            None | Some(Value::Bool(true)) => answer.is_some(),
            Some(Value::Bool(false)) => answer.is_none(),
            Some(_) => false,
        };
    }
    let (Some((kind, answer)), Some(operand)) = (answer, &condition.value) else {
        return false;
    };
    match condition.op {
        Op::Contains => contains(*kind, answer, operand),
        op => compare(*kind, answer, operand).is_some_and(|(order, ordered)| match op {
            Op::Eq => order == Ordering::Equal,
            Op::Ne => order != Ordering::Equal,
            Op::Gt => ordered && order == Ordering::Greater,
            Op::Gte => ordered && order != Ordering::Less,
            Op::Lt => ordered && order == Ordering::Less,
            Op::Lte => ordered && order != Ordering::Greater,
            Op::Contains | Op::Answered => false,
        }),
    }
}

fn contains(kind: FieldKind, answer: &Value, operand: &Value) -> bool {
    let Some(operand) = operand.as_str() else {
        return false;
    };
    if kind == FieldKind::MultiSelect {
        return answer
            .as_array()
            .is_some_and(|list| list.iter().any(|item| item == operand));
    }
    kind.is_text()
        && answer
            .as_str()
            .is_some_and(|text| text.trim().contains(operand.trim()))
}

/// How the answer stands to the operand, and whether the kind has an order; `None` where the two
/// cannot be compared.
fn compare(kind: FieldKind, answer: &Value, operand: &Value) -> Option<(Ordering, bool)> {
    Some(match kind {
        FieldKind::Number => (number(answer)?.partial_cmp(&number(operand)?)?, true),
        FieldKind::Date => {
            let operand = operand.as_str()?.trim();
            if !is_date(operand) {
                return None;
            }
            (answer.as_str()?.trim().cmp(operand), true)
        }
        FieldKind::YesNo => (answer.as_bool()?.cmp(&operand.as_bool()?), false),
        FieldKind::Select => (answer.as_str()?.cmp(operand.as_str()?), false),
        kind if kind.is_text() => (answer.as_str()?.trim().cmp(operand.as_str()?.trim()), false),
        _ => return None,
    })
}

/// The value as a finite number.
pub(super) fn number(value: &Value) -> Option<f64> {
    value.as_f64().filter(|number| number.is_finite())
}
