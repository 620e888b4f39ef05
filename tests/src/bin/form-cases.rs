//! Forms, what was filled in, and what the server makes of it: 10,000 lines of JSON, always the same.
//! The page's evaluator is held to them (`frontend-shared/src/forms/generated.test.ts`).

use std::io::{self, BufWriter, Write as _};

use bsm_domain::form::Form;
use serde_json::{Map, Value, json};

const CASES: usize = 10_000;
const SEED: u64 = 2026;

const KINDS: [&str; 12] = [
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
];
const OPS: [&str; 8] = ["eq", "ne", "contains", "gt", "gte", "lt", "lte", "answered"];
const IDS: [&str; 7] = ["a", "b", "c", "d", "e", "constructor", "f_1"];
const TEXTS: [&str; 16] = [
    "",
    " ",
    "x",
    " x ",
    "X",
    "laptop",
    "lap",
    "\u{e9}",
    "e\u{301}",
    "\u{a0}x",
    "\u{200b}",
    "a\nb",
    "tab\there",
    "\u{1f600}\u{1f600}",
    "\u{feff}x",
    "\u{0}",
];
const DAYS: [&str; 10] = [
    "2026-01-31",
    "2026-02-29",
    "2024-02-29",
    "0001-01-01",
    "9999-12-31",
    " 2026-01-31 ",
    "2026-1-31",
    "0000-01-01",
    "1900-02-29",
    "tomorrow",
];
const ADDRESSES: [&str; 5] = ["a@b.co", "a@b", "o'neil@x.ie", " a@b.co ", "a b@c.de"];
const PHONES: [&str; 5] = ["112", "+49 (30) 1", "12", "++491", "call me"];
const NUMBERS: [f64; 12] = [
    0.0,
    -0.0,
    1.0,
    2.0,
    2.5,
    -3.0,
    0.1,
    0.30000000000000004,
    9_007_199_254_740_992.0,
    1e300,
    -1e-300,
    5e-324,
];
const PATTERNS: [&str; 6] = ["[a-z]+", "\\d{2,4}", "x|lap", ".*", "[^x]*", "(la|x)?p?"];

/// Splitmix64: small, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        usize::try_from(z % sides as u64).unwrap_or_default()
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.roll(sides) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.roll(of.len())]
    }
}

fn main() -> io::Result<()> {
    let mut dice = Dice(SEED);
    let mut out = BufWriter::new(io::stdout().lock());
    for _ in 0..CASES {
        writeln!(out, "{}", case(&mut dice))?;
    }
    out.flush()
}

fn case(dice: &mut Dice) -> Value {
    let count = 1 + dice.roll(6);
    let mut fields: Vec<Value> = Vec::with_capacity(count);
    for id in &IDS[..count] {
        let field = field(dice, id, &fields);
        fields.push(field);
    }
    let mut values = Map::new();
    for field in &fields {
        if !dice.one_in(5) {
            let id = field["id"].as_str().unwrap_or_default().to_owned();
            values.insert(id, answer(dice, field["kind"].as_str().unwrap_or_default()));
        }
    }
    if dice.one_in(12) {
        values.insert(
            dice.pick(&["zz", "toString", "a/b", "x~y"]).to_owned(),
            json!("x"),
        );
    }
    let form: Form = serde_json::from_value(json!({ "fields": fields })).expect("a form");
    let visible: Vec<_> = form.visible(&values).iter().map(|f| f.id.clone()).collect();
    let errors: Vec<_> = form
        .evaluate(&values)
        .err()
        .unwrap_or_default()
        .iter()
        .map(|e| json!({"pointer": e.pointer, "code": e.code}))
        .collect();
    json!({"form": {"fields": fields}, "values": values, "visible": visible, "errors": errors})
}

fn field(dice: &mut Dice, id: &str, earlier: &[Value]) -> Value {
    let kind = dice.pick(&KINDS);
    let mut field = json!({"id": id, "kind": kind, "label": "L"});
    if dice.one_in(3) {
        field["required"] = json!(!dice.one_in(5));
    }
    match kind {
        "select" | "multi_select" => {
            let labels = ["x", "lap", "\u{e9}"].map(|v| json!({"value": v, "label": v}));
            field["options"] = json!(labels[..1 + dice.roll(3)]);
        }
        "short_text" if dice.one_in(3) => field["pattern"] = json!(dice.pick(&PATTERNS)),
        _ => {}
    }
    if matches!(kind, "short_text" | "long_text" | "number" | "multi_select") && dice.one_in(3) {
        field["min"] = json!(dice.roll(4));
        if dice.one_in(2) {
            field["max"] = json!(1 + dice.roll(6));
        }
    }
    if !earlier.is_empty() && !dice.one_in(3) {
        let list: Vec<_> = (0..=dice.roll(3))
            .map(|_| condition(dice, earlier))
            .collect();
        field["visible_if"] = json!({ dice.pick(&["all", "any"]): list });
    }
    field
}

/// Most look at an earlier field in a way that fits it; some at none, or in any way.
fn condition(dice: &mut Dice, earlier: &[Value]) -> Value {
    let of = &earlier[dice.roll(earlier.len())];
    let kind = of["kind"].as_str().unwrap_or_default();
    let wild = dice.one_in(8);
    let field = if dice.one_in(20) {
        json!("zz")
    } else {
        of["id"].clone()
    };
    let op = match kind {
        _ if wild || dice.one_in(6) => *OPS.get(dice.roll(8)).unwrap_or(&"eq"),
        "number" | "date" => dice.pick(&["eq", "ne", "gt", "gte", "lt", "lte"]),
        "multi_select" => "contains",
        "select" | "yes_no" => dice.pick(&["eq", "ne"]),
        _ => dice.pick(&["eq", "ne", "contains"]),
    };
    let value = match op {
        "answered" if dice.one_in(2) => return json!({"field": field, "op": op}),
        "answered" if !wild => json!(dice.one_in(2)),
        _ if wild => anything(dice),
        _ if kind == "multi_select" => json!(dice.pick(&["x", "lap", "\u{e9}", "none"])),
        _ => scalar(answer(dice, kind)),
    };
    json!({"field": field, "op": op, "value": value})
}

/// What a condition can compare with: no list, nothing empty.
fn scalar(value: Value) -> Value {
    if value.is_array() || value.is_null() || value.is_object() {
        json!("x")
    } else {
        value
    }
}

/// Mostly of the kind's own type.
fn answer(dice: &mut Dice, kind: &str) -> Value {
    if dice.one_in(9) {
        return anything(dice);
    }
    match kind {
        "number" if dice.one_in(3) => json!(dice.roll(5)),
        "number" => json!(NUMBERS[dice.roll(NUMBERS.len())]),
        "email" => json!(dice.pick(&ADDRESSES)),
        "phone" => json!(dice.pick(&PHONES)),
        "date" => json!(dice.pick(&DAYS)),
        "select" => json!(dice.pick(&["x", "lap", "\u{e9}", "none", " x"])),
        "multi_select" => {
            let list: Vec<_> = (0..dice.roll(4))
                .map(|_| dice.pick(&["x", "lap", "\u{e9}", "none"]))
                .collect();
            json!(list)
        }
        "yes_no" => json!(dice.one_in(2)),
        "section" | "note" => Value::Null,
        _ => json!(dice.pick(&TEXTS)),
    }
}

fn anything(dice: &mut Dice) -> Value {
    match dice.roll(7) {
        0 => Value::Null,
        1 => json!(dice.one_in(2)),
        2 => json!(NUMBERS[dice.roll(NUMBERS.len())]),
        3 => json!(["x"]),
        4 => json!(["x", 1]),
        5 => json!({"x": []}),
        _ => json!(dice.pick(&TEXTS)),
    }
}
