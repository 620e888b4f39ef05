use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::*;

#[derive(Deserialize)]
struct Table {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    form: Form,
    values: Map<String, Value>,
    visible: Vec<String>,
    errors: Vec<Value>,
}

const TABLE: &str = include_str!("../../../../tests/form-cases.json");

fn form(fields: &Value) -> Form {
    serde_json::from_value(json!({ "fields": fields })).unwrap()
}

fn values(values: Value) -> Map<String, Value> {
    serde_json::from_value(values).unwrap()
}

fn codes(result: Result<(), Vec<FieldError>>) -> Vec<(String, &'static str)> {
    result
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|error| (error.pointer, error.code))
        .collect()
}

#[test]
fn the_table_of_cases_holds() {
    let table: Table = serde_json::from_str(TABLE).unwrap();
    assert!(table.cases.len() >= 400);
    for case in table.cases {
        let visible: Vec<_> = case
            .form
            .visible(&case.values)
            .iter()
            .map(|f| &f.id)
            .collect();
        assert_eq!(
            visible,
            case.visible.iter().collect::<Vec<_>>(),
            "{}",
            case.name
        );
        let errors: Vec<_> = case.form.evaluate(&case.values).err().unwrap_or_default();
        let errors: Vec<_> = errors
            .iter()
            .map(|e| json!({"pointer": e.pointer, "code": e.code}))
            .collect();
        assert_eq!(errors, case.errors, "{}", case.name);
    }
}

#[test]
fn answers_are_ready_to_read() {
    let options = json!([{"value": "de", "label": "Germany"}, {"value": "fr", "label": "France"}]);
    let form = form(&json!([
        {"id": "s", "kind": "section", "label": "About"},
        {"id": "a", "kind": "short_text", "label": "A"},
        {"id": "n", "kind": "number", "label": "N"},
        {"id": "one", "kind": "select", "label": "One", "options": options},
        {"id": "many", "kind": "multi_select", "label": "Many", "options": options},
        {"id": "y", "kind": "yes_no", "label": "Y"},
        {"id": "empty", "kind": "date", "label": "D"},
        {"id": "h", "kind": "email", "label": "H", "visible_if": {"all": [{"field": "y", "op": "eq", "value": true}]}},
    ]));
    assert_eq!(form.check(), Ok(()));
    let answers = form
        .evaluate(&values(json!({
            "a": "  x ", "n": 5.0, "one": "fr", "many": ["fr", "de"], "y": false, "h": "junk", "empty": null,
        })))
        .unwrap();
    let read: Vec<_> = answers
        .iter()
        .map(|a| (a.field.as_str(), a.value.as_str()))
        .collect();
    assert_eq!(
        read,
        [
            ("a", "x"),
            ("n", "5"),
            ("one", "France"),
            ("many", "France, Germany"),
            ("y", "No")
        ]
    );
    assert_eq!(answers[0].raw, json!("x"));
    assert_eq!(answers[3].raw, json!(["fr", "de"]));
    let number = |n: Value| {
        form.evaluate(&values(json!({ "n": n }))).unwrap()[0]
            .value
            .clone()
    };
    assert_eq!(
        [
            number(json!(-0.0)),
            number(json!(-10)),
            number(json!(1.25)),
            number(json!(1e300))
        ],
        ["0", "-10", "1.25", "1e+300"]
    );
}

#[test]
fn schema_rules_all_at_once() {
    let form = form(&json!([
        {"id": "Bad", "kind": "short_text", "label": " "},
        {"id": "a", "kind": "short_text", "label": "x".repeat(201), "help": "\0", "min": 5, "max": 3, "pattern": "(a", "options": []},
        {"id": "a", "kind": "number", "label": "L\nL", "min": -1.5, "max": 1, "default": 2, "pattern": "a"},
        {"id": "s", "kind": "select", "label": "S", "options": [
            {"value": "", "label": "x"}, {"value": "v", "label": "\u{1}"}, {"value": "v", "label": "z"}], "default": "w", "max": 1},
        {"id": "m", "kind": "multi_select", "label": "M", "min": 1.5, "max": 3},
        {"id": "n", "kind": "note", "label": "Two\nlines", "required": false, "default": "x", "min": 1},
        {"id": "d", "kind": "date", "label": "D", "default": "2026-02-30"},
        {"id": "v", "kind": "yes_no", "label": "V", "visible_if": {"any": [
            {"field": "v", "op": "answered"}, {"field": "n", "op": "answered"}, {"field": "m", "op": "eq", "value": "x"},
            {"field": "d", "op": "gt", "value": "soon"}, {"field": "d", "op": "lt"}, {"field": "s", "op": "eq", "value": "nope"},
            {"field": "d", "op": "answered", "value": "x"}, {"field": "a", "op": "eq", "value": 5}, {"field": "d", "op": "eq", "value": "2026-02-28"}]}},
        {"id": "w", "kind": "long_text", "label": "W", "max": 20001, "visible_if": {"all": []}},
    ]));
    let expected = [
        ("/fields/0/id", "bad_format"),
        ("/fields/0/label", "required"),
        ("/fields/1/label", "too_long"),
        ("/fields/1/help", "forbidden_character"),
        ("/fields/1/options", "not_allowed"),
        ("/fields/1/max", "too_small"),
        ("/fields/1/pattern", "bad_format"),
        ("/fields/2/id", "invalid"),
        ("/fields/2/label", "forbidden_character"),
        ("/fields/2/pattern", "not_allowed"),
        ("/fields/3/options/0/value", "required"),
        ("/fields/3/options/1/label", "forbidden_character"),
        ("/fields/3/options/2/value", "invalid"),
        ("/fields/3/max", "not_allowed"),
        ("/fields/4/options", "required"),
        ("/fields/4/min", "invalid"),
        ("/fields/4/max", "too_large"),
        ("/fields/5/required", "not_allowed"),
        ("/fields/5/min", "not_allowed"),
        ("/fields/5/default", "not_allowed"),
        ("/fields/6/default", "bad_format"),
        ("/fields/7/visible_if/any/0/field", "unknown_reference"),
        ("/fields/7/visible_if/any/1/field", "not_allowed"),
        ("/fields/7/visible_if/any/2/op", "not_allowed"),
        ("/fields/7/visible_if/any/3/value", "bad_format"),
        ("/fields/7/visible_if/any/4/value", "required"),
        ("/fields/7/visible_if/any/5/value", "not_allowed"),
        ("/fields/7/visible_if/any/6/value", "wrong_type"),
        ("/fields/7/visible_if/any/7/value", "wrong_type"),
        ("/fields/8/max", "too_large"),
        ("/fields/8/visible_if/all", "required"),
    ];
    let found = codes(form.check());
    let found: Vec<_> = found.iter().map(|(p, c)| (p.as_str(), *c)).collect();
    assert_eq!(found, expected);
}

#[test]
fn counts_are_bounded() {
    let field = |n: usize| json!({"id": format!("f{n}"), "kind": "note", "label": "x"});
    let many = |n: usize| form(&(0..n).map(field).collect());
    assert_eq!(many(MAX_FIELDS).check(), Ok(()));
    assert_eq!(
        codes(many(MAX_FIELDS + 1).check()),
        [("/fields".to_owned(), "too_many")]
    );
    let unknown: Map<_, _> = (0..500).map(|n| (format!("u{n}"), Value::Null)).collect();
    assert_eq!(Form::default().evaluate(&unknown).unwrap_err().len(), 20);
}

#[test]
fn patterns_of_the_common_dialect() {
    for good in [
        "a",
        "\\d{5}",
        "[A-Z]{2,4}-\\d+",
        "^a$",
        "(?:a|b)*",
        "(a|)",
        "[^a-z\\d_-]",
        "[-a]",
        "[a\\-b]",
        "\\.\\/\\(",
        ".*",
        "a{2,}",
        "é+",
        "[\\^\\]]",
        "[a-c-]",
        "a{0,500}",
    ] {
        assert_eq!(check_pattern(good), Ok(()), "{good}");
    }
    for bad in [
        "",
        "(",
        ")",
        "a)",
        "[",
        "[]",
        "[^]",
        "[a",
        "[[a]]",
        "[a&&b]",
        "[z-a]",
        "[a-\\d]",
        "[\\d-z]",
        "*",
        "a**",
        "a+?",
        "^*",
        "(?=a)",
        "(?<n>a)",
        "(?i)a",
        "\\s",
        "\\b",
        "\\1",
        "\\x41",
        "\\u0041",
        "\\p{L}",
        "\\-",
        "\\",
        "a{",
        "a{,3}",
        "a{3,2}",
        "a{501}",
        "]",
        "}",
        "a\nb",
        "a\0",
        "((((((((((((a))))))))))))",
        "((.{500}){500}){500}",
        &"a".repeat(201),
        "[a-c-e]",
    ] {
        assert!(check_pattern(bad).is_err(), "{bad}");
    }
}

#[derive(Deserialize)]
struct Patterns {
    quick: Vec<PatternCase>,
    slow: Vec<PatternCase>,
}

#[derive(Deserialize)]
struct PatternCase {
    pattern: String,
}

/// The page's tests run the quick ones against the clock.
#[test]
fn patterns_that_would_keep_a_browser_busy_are_refused() {
    let table = include_str!("../../../../tests/pattern-cases.json");
    let table: Patterns = serde_json::from_str(table).unwrap();
    for case in table.quick {
        assert_eq!(check_pattern(&case.pattern), Ok(()), "{}", case.pattern);
    }
    for case in table.slow {
        let error = check_pattern(&case.pattern).expect_err(&case.pattern);
        assert_eq!(error.code(), "invalid", "{}", case.pattern);
        assert!(error.to_string().contains("browser"), "{}", case.pattern);
        // One that was published before is still judged.
        let field =
            json!([{"id": "a", "kind": "short_text", "label": "A", "pattern": case.pattern}]);
        let errors = form(&field)
            .evaluate(&values(json!({"a": "~"})))
            .unwrap_err();
        assert_eq!(errors[0].code, "bad_format", "{}", case.pattern);
    }
}

#[test]
fn the_wire_form_is_exact() {
    let source = json!({"fields": [{"id": "a", "kind": "number", "label": "A", "min": 1, "max": 2.5,
        "visible_if": {"any": [{"field": "b", "op": "answered"}]}}]});
    let parsed: Form = serde_json::from_value(source.clone()).unwrap();
    assert_eq!(serde_json::to_value(&parsed).unwrap(), source);
    for wrong in [
        json!({"fields": [], "x": 1}),
        json!({"fields": [{"id": "a", "kind": "file", "label": "A"}]}),
        json!({"fields": [{"id": "a", "kind": "note", "label": "A", "x": 1}]}),
        json!({"fields": [{"id": "a", "kind": "note", "label": "A", "visible_if": {"all": [], "any": []}}]}),
    ] {
        assert!(
            serde_json::from_value::<Form>(wrong.clone()).is_err(),
            "{wrong}"
        );
    }
}

#[test]
fn the_schema_has_its_bounds() {
    use utoipa::{PartialSchema, ToSchema};
    let mut schemas = vec![("Form".into(), Form::schema())];
    Form::schemas(&mut schemas);
    let names: Vec<&str> = schemas.iter().map(|(name, _)| name.as_str()).collect();
    for name in [
        "Field",
        "FieldKind",
        "Choice",
        "VisibleIf",
        "Condition",
        "Op",
    ] {
        assert!(names.contains(&name), "{name} missing in {names:?}");
    }
    let text = serde_json::to_string(&schemas).unwrap();
    for bound in [
        "\"maxItems\":60",
        "\"maxItems\":10",
        "\"maxItems\":50",
        "\"maxLength\":1000",
    ] {
        assert!(text.contains(bound), "{bound} in {text}");
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-3_i64..3).prop_map(Value::from),
        "[a-c\\PC\0\n]{0,6}".prop_map(Value::from),
        prop::collection::vec("[a-c]{0,2}", 0..4).prop_map(Value::from),
        Just(json!("2026-01-31")),
        Just(json!({"x": []})),
    ]
}

fn any_field() -> impl Strategy<Value = Value> {
    let kinds = prop::sample::select(vec![
        "short_text",
        "long_text",
        "number",
        "email",
        "phone",
        "date",
        "select",
        "multi_select",
        "yes_no",
        "person",
        "section",
        "note",
    ]);
    let ops = prop::sample::select(vec![
        "eq", "ne", "contains", "gt", "gte", "lt", "lte", "answered",
    ]);
    let condition = ("[a-d]", ops, any_value())
        .prop_map(|(field, op, value)| json!({"field": field, "op": op, "value": value}));
    let conditions = (prop::bool::ANY, prop::collection::vec(condition, 0..3))
        .prop_map(|(all, list)| json!({ if all { "all" } else { "any" }: list }));
    (
        "[a-d]",
        kinds,
        prop::option::of(conditions),
        any_value(),
        prop::option::of("[a-c().*+?\\[\\]{}^$|\\\\0-9,-]{0,8}"),
        prop::option::of(any::<f64>().prop_filter("finite", |n| n.is_finite())),
        any::<bool>(),
    )
        .prop_map(|(id, kind, visible_if, default, pattern, min, required)| {
            json!({"id": id, "kind": kind, "label": "L", "visible_if": visible_if, "default": default,
                "pattern": pattern, "min": min, "required": required,
                "options": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]})
        })
}

proptest! {
    #[test]
    fn any_form_and_values_are_answered_without_hidden_fields(
        fields in prop::collection::vec(any_field(), 0..6),
        sent in prop::collection::btree_map("[a-e]", any_value(), 0..5),
    ) {
        let form = form(&Value::Array(fields));
        let sent: Map<_, _> = sent.into_iter().collect();
        let _ = form.check();
        let visible: Vec<_> = form.visible(&sent).iter().map(|f| f.id.clone()).collect();
        match form.evaluate(&sent) {
            Ok(answers) => prop_assert!(answers.iter().all(|a| visible.contains(&a.field))),
            Err(errors) => for error in errors {
                let id = error.pointer.trim_start_matches('/');
                prop_assert!(visible.iter().any(|v| v == id) || error.code == "unknown_field");
            },
        }
    }

    #[test]
    fn any_pattern_is_judged(pattern in "[a-c().*+?\\[\\]{}^$|\\\\dw0-9,&~:=<-]{0,14}") {
        let _ = check_pattern(&pattern);
    }
}
