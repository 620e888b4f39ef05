//! The wire form of a form's schema.

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Ref, RefOr, Type,
        schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, OneOfBuilder, Schema},
    },
};

/// Most fields of a form.
pub const MAX_FIELDS: usize = 60;

/// What a customer fills in to order a service. Check it with [`Form::check`] before it is kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// Its fields in the order they are shown and evaluated.
    #[schema(max_items = 60)]
    pub fields: Vec<Field>,
}

/// One field of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name in answers and conditions; unique in the form and never changed.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$", max_length = 40)]
    pub id: String,
    /// What it asks for.
    pub kind: FieldKind,
    /// The question, or the text of a section or note.
    #[schema(min_length = 1, max_length = 200)]
    pub label: String,
    /// An explanation under the question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 1000, nullable = false)]
    pub help: Option<String>,
    /// Whether an answer is needed while the field is visible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub required: Option<bool>,
    /// What the page starts with; an acceptable answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = default_schema)]
    pub default: Option<Value>,
    /// The choices of a `select` or `multi_select`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_items = 1, max_items = 50, nullable = false)]
    pub options: Option<Vec<Choice>>,
    /// Least length, value or count, by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, nullable = false)]
    pub min: Option<Number>,
    /// Greatest length, value or count, by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, nullable = false)]
    pub max: Option<Number>,
    /// What a whole short text must match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200, nullable = false)]
    pub pattern: Option<String>,
    /// When the field is shown; without it always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub visible_if: Option<VisibleIf>,
}

/// What a field asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A line of text.
    ShortText,
    /// Text of many lines.
    LongText,
    /// A number.
    Number,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A day.
    Date,
    /// One of several choices.
    Select,
    /// Some of several choices.
    MultiSelect,
    /// Yes or no.
    YesNo,
    /// A person's name as typed.
    Person,
    /// A heading over the fields that follow; carries no value.
    Section,
    /// A text between the fields; carries no value.
    Note,
}

impl FieldKind {
    /// Whether the field is answered with a value.
    #[must_use]
    pub fn carries_value(self) -> bool {
        !matches!(self, Self::Section | Self::Note)
    }

    /// Whether the value is free text.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(
            self,
            Self::ShortText | Self::LongText | Self::Email | Self::Phone | Self::Person
        )
    }

    /// Whether the value is chosen from the field's options.
    #[must_use]
    pub fn has_options(self) -> bool {
        matches!(self, Self::Select | Self::MultiSelect)
    }
}

/// One choice of a `select` or `multi_select`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// What is stored; unique in the field.
    #[schema(min_length = 1, max_length = 80)]
    pub value: String,
    /// What is shown.
    #[schema(min_length = 1, max_length = 200)]
    pub label: String,
}

/// When a field is visible: 1 to 10 conditions on earlier fields.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisibleIf {
    /// When every condition holds.
    All(Vec<Condition>),
    /// When at least one condition holds.
    Any(Vec<Condition>),
}

impl VisibleIf {
    /// Its conditions.
    #[must_use]
    pub fn conditions(&self) -> &[Condition] {
        match self {
            Self::All(conditions) | Self::Any(conditions) => conditions,
        }
    }
}

// Written out because the derive knows no bounds on the list inside a variant.
impl PartialSchema for VisibleIf {
    fn schema() -> RefOr<Schema> {
        let variant = |key: &str, description: &str| {
            let conditions = ArrayBuilder::new()
                .items(Ref::from_schema_name(Condition::name()))
                .min_items(Some(1))
                .max_items(Some(10));
            ObjectBuilder::new()
                .description(Some(description))
                .property(key, conditions)
                .required(key)
                .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        };
        OneOfBuilder::new()
            .item(variant("all", "When every condition holds."))
            .item(variant("any", "When at least one condition holds."))
            .description(Some(
                "When a field is visible: 1 to 10 conditions on earlier fields.",
            ))
            .into()
    }
}

impl ToSchema for VisibleIf {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((Condition::name().into_owned(), Condition::schema()));
        Condition::schemas(schemas);
    }
}

/// A question about the answer to an earlier field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The id of the earlier field.
    #[schema(pattern = "^[a-z][a-z0-9_]{0,39}$", max_length = 40)]
    pub field: String,
    /// How its answer is compared.
    pub op: Op,
    /// What it is compared with; optional for `answered`, where `false` turns the question round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = operand_schema)]
    pub value: Option<Value>,
}

/// How a condition compares an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Equal.
    Eq,
    /// Answered, and not equal.
    Ne,
    /// Text holds text, or list holds choice.
    Contains,
    /// Greater than.
    Gt,
    /// Greater than or equal.
    Gte,
    /// Less than.
    Lt,
    /// Less than or equal.
    Lte,
    /// Answered at all.
    Answered,
}

fn scalars(max_length: usize) -> OneOfBuilder {
    OneOfBuilder::new()
        .item(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .max_length(Some(max_length)),
        )
        .item(f64::schema())
        .item(bool::schema())
}

fn default_schema() -> RefOr<Schema> {
    values()
        .description(Some("What the page starts with; an acceptable answer."))
        .into()
}

/// What an answer can be, for the documents.
#[must_use]
pub fn answer_schema() -> RefOr<Schema> {
    values()
        .description(Some(
            "The answer as it was sent, texts trimmed: for programs, and for those who write days \
             and numbers as their readers do.",
        ))
        .into()
}

fn values() -> OneOfBuilder {
    let text = ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(80));
    scalars(20_000).item(ArrayBuilder::new().items(text).max_items(Some(50)))
}

fn operand_schema() -> RefOr<Schema> {
    scalars(500)
        .description(Some(
            "What the answer is compared with; optional for `answered`, where `false` turns the \
             question round.",
        ))
        .into()
}
