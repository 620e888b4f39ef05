//! What clients are promised, as data: `tests/contract/contract.json`.

use reqwest::Method;
use serde_json::Value;

use crate::document::{Audience, Operation, operations};

/// The whole table.
pub struct Contract(Value);

/// One call that clients are promised.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Method and path, as the table has them.
    pub call: String,
    /// Who may call: `open`, `person`, `customer`, `staff` or `admin`.
    pub who: String,
    /// The status of success, where the table fixes it.
    pub answer: Option<u64>,
    /// The fields that its answer holds, shapes taken apart.
    pub gives: Vec<String>,
    value: Value,
}

impl Contract {
    /// Reads the table.
    ///
    /// # Panics
    /// Where it is not in order.
    #[must_use]
    pub fn read() -> Self {
        let text = include_str!("../contract/contract.json");
        Self(serde_json::from_str(text).expect("tests/contract/contract.json is JSON"))
    }

    /// A list of texts of the table.
    ///
    /// # Panics
    /// Where there is no such list.
    #[must_use]
    pub fn list(&self, name: &str) -> Vec<String> {
        let list = texts(&self.0[name]);
        assert!(!list.is_empty(), "the table has no {name}");
        list
    }

    /// All calls.
    ///
    /// # Panics
    /// Where the table is not in order.
    #[must_use]
    pub fn promises(&self) -> Vec<Promise> {
        let rows = self.0["operations"].as_array().expect("operations");
        let promise = |row: &Value| Promise {
            call: row["call"].as_str().expect("a call").to_owned(),
            who: row["who"].as_str().expect("who").to_owned(),
            answer: row["answer"].as_u64(),
            gives: self.fields(&texts(&row["gives"])),
            value: row.clone(),
        };
        rows.iter().map(promise).collect()
    }

    /// Field paths with every shape taken apart into its own.
    fn fields(&self, paths: &[String]) -> Vec<String> {
        let mut all = Vec::new();
        for path in paths {
            let (before, last) = path
                .rsplit_once('.')
                .map_or((String::new(), path.as_str()), |(b, l)| {
                    (format!("{b}."), l)
                });
            if last.starts_with(|c: char| c.is_ascii_uppercase()) {
                let shape = texts(&self.0["shapes"][last]);
                assert!(!shape.is_empty(), "there is no shape {last}");
                let inner = self.fields(&shape);
                all.extend(inner.into_iter().map(|field| format!("{before}{field}")));
            } else {
                all.push(path.clone());
            }
        }
        all
    }
}

impl Promise {
    /// The texts of one of its columns.
    #[must_use]
    pub fn column(&self, name: &str) -> Vec<String> {
        texts(&self.value[name])
    }

    /// Whether a column says yes.
    #[must_use]
    pub fn is(&self, name: &str) -> bool {
        self.value[name] == true
    }

    /// The method.
    ///
    /// # Panics
    /// Where it is none.
    #[must_use]
    pub fn method(&self) -> Method {
        let (method, _) = self.call.split_once(' ').expect("method and path");
        method.parse().expect("a method")
    }

    /// The documents that it stands in.
    #[must_use]
    pub fn audiences(&self) -> Vec<Audience> {
        if self.call.contains(" /api/auth/") {
            Audience::ALL.to_vec()
        } else if self.call.contains(" /api/admin/") {
            vec![Audience::Admin]
        } else {
            vec![Audience::Customer]
        }
    }

    /// What a document says of it; templates may have other names there.
    #[must_use]
    pub fn operation(&self, audience: Audience) -> Option<Operation> {
        let wanted = nameless(&self.call);
        operations(audience)
            .into_iter()
            .find(|o| nameless(&o.name()) == wanted)
    }
}

fn nameless(call: &str) -> String {
    let part = |p: &str| {
        if p.starts_with('{') {
            "{}".to_owned()
        } else {
            p.to_owned()
        }
    };
    call.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn texts(list: &Value) -> Vec<String> {
    let text = |v: &Value| v.as_str().expect("a text").to_owned();
    list.as_array().into_iter().flatten().map(text).collect()
}
