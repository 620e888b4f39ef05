//! Service request forms: their schema, its validation, and the evaluation of what was filled in.
//!
//! The page and the server enforce the same rules; this is their one written semantics. The
//! table of cases in `tests/form-cases.json` holds examples of every rule, and every evaluator
//! runs it.
//!
//! # Values
//!
//! | kind | JSON value | answered when |
//! | --- | --- | --- |
//! | `short_text`, `email`, `phone`, `person` | string of one line | not only white space |
//! | `long_text` | string | not only white space |
//! | `number` | finite number | present |
//! | `date` | string `YYYY-MM-DD`, a real day of the years 0001 to 9999 | not only white space |
//! | `select` | string, the `value` of an option | not only white space |
//! | `multi_select` | list of such strings, none twice | not empty |
//! | `yes_no` | boolean; `false` is an answer | present |
//! | `section`, `note` | none | never |
//!
//! `null` is the same as absent, for every kind. Strings of text kinds and dates are trimmed of
//! white space (Unicode's `White_Space`, in JavaScript `\p{White_Space}`) before anything else
//! looks at them; option values are taken as they are. Lengths count Unicode scalar values (in
//! JavaScript `[...text].length`). A `default` is what the page starts with: the server adds
//! none. Control characters but tab, line feed and carriage return are refused everywhere, and
//! those two and U+2028, U+2029 in texts of one line.
//!
//! `required` asks for an answer; either answer satisfies a required `yes_no`.
//!
//! # Bounds
//!
//! `min` and `max` bound the length of `short_text` (at most 500, also without `max`) and
//! `long_text` (20,000), the value of `number` and the count of `multi_select`. Other kinds have
//! none; `email` takes at most 254 characters, `phone` 40, `person` 200. An `email` is what
//! browsers take as one, with at least one dot in its domain; a `phone` has 3 to 20 digits, an
//! optional leading `+`, and besides only spaces and `( ) - . /`. A `pattern` must match the whole
//! `short_text`; its dialect is the common part of Rust's and JavaScript's regular expressions,
//! given by [`check_pattern`], where a page runs `new RegExp("^(?:" + pattern + ")$", "u")`.
//!
//! # Visibility
//!
//! Fields are looked at in order. A field without `visible_if` is visible; otherwise `all` of its
//! conditions, or `any`, must hold. A condition looks at an earlier field, and a hidden field
//! counts as unanswered whatever was sent for it. So does a value of another JSON type than the
//! kind's, and a date that is no real day; other broken rules (bounds, options, formats) do not
//! matter here. What is sent for a hidden field is dropped unchecked. Hiding a `section` hides
//! its heading only.
//!
//! An unanswered field satisfies no operator but `answered` with `false`; in particular not `ne`.
//!
//! | operator | kinds | holds when |
//! | --- | --- | --- |
//! | `eq`, `ne` | text kinds, `select` | the strings are the same, or not (case counts) |
//! | `eq`, `ne` | `number`, `date`, `yes_no` | the values are equal, or not (5 equals 5.0) |
//! | `gt`, `gte`, `lt`, `lte` | `number`, `date` | so ordered, the answer on the left |
//! | `contains` | text kinds | the string holds the condition's (case counts) |
//! | `contains` | `multi_select` | the list holds the condition's string |
//! | `answered` | all of them | answered, or with value `false`: not answered |
//!
//! The condition's own string is trimmed like an answer. An operator on a kind not listed, or
//! with a value of the wrong type, never holds; [`Form::check`] refuses both.

mod answers;
mod backtracking;
mod check;
mod check_conditions;
mod formats;
mod pattern;
mod schema;
#[cfg(test)]
mod tests;
mod value;
mod visibility;

pub use answers::{Answer, Answers};
pub use check::FieldError;
pub use pattern::{MAX_PATTERN_CHARS, PatternError, check_pattern};
pub use schema::{
    Choice, Condition, Field, FieldKind, Form, MAX_FIELDS, Op, VisibleIf, answer_schema,
};
