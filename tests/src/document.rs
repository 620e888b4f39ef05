//! The operations of the two OpenAPI documents, for suites that go through all of them: an
//! operation that is added is tested without anybody thinking of it.

use std::sync::{Arc, LazyLock};

use reqwest::Method;
use serde_json::{Value, json};

/// One of the two documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Customers, the public, signing in.
    Customer,
    /// Staff, signing in.
    Admin,
}

impl Audience {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Customer, Self::Admin];

    /// The document's name, as in `openapi/<name>.json`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Admin => "admin",
        }
    }

    /// The document, made from the code.
    #[must_use]
    pub fn document(self) -> Arc<Value> {
        static MADE: LazyLock<[Arc<Value>; 2]> = LazyLock::new(|| {
            [
                bsm_api::openapi::customer_document(),
                bsm_api::openapi::admin_document(),
            ]
            .map(Arc::new)
        });
        Arc::clone(&MADE[self as usize])
    }

    /// The document as it is committed, which another test holds equal to what the code makes: it is
    /// there in a fifth of the time, and each test's process needs it.
    #[must_use]
    pub fn published(self) -> Arc<Value> {
        static READ: LazyLock<[Arc<Value>; 2]> = LazyLock::new(|| {
            [
                include_str!("../../openapi/customer.json"),
                include_str!("../../openapi/admin.json"),
            ]
            .map(|text| Arc::new(serde_json::from_str(text).expect("a committed document")))
        });
        Arc::clone(&READ[self as usize])
    }
}

/// What can be called.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Whose document it stands in.
    pub audience: Audience,
    /// `noun.verb`
    pub id: String,
    /// The HTTP method.
    pub method: Method,
    /// The path with its templates.
    pub path: String,
    /// What the document says of it.
    pub value: Value,
}

/// The operations of a document.
///
/// # Panics
/// Where the document is not in order.
#[must_use]
pub fn operations(audience: Audience) -> Vec<Operation> {
    let document = audience.document();
    let paths = document["paths"].as_object().expect("paths");
    let mut found = Vec::new();
    for (path, item) in paths {
        for (method, value) in item.as_object().expect("a path item") {
            found.push(Operation {
                audience,
                id: value["operationId"].as_str().unwrap_or_default().to_owned(),
                method: method.to_uppercase().parse().expect("a method"),
                path: path.clone(),
                value: value.clone(),
            });
        }
    }
    found
}

/// The operations of both documents, those that stand in both once.
#[must_use]
pub fn all_operations() -> Vec<Operation> {
    let mut all = operations(Audience::Customer);
    let admin = operations(Audience::Admin);
    let fresh = admin
        .into_iter()
        .filter(|o| !o.path.starts_with("/api/auth/") && !o.path.starts_with("/api/branding"));
    all.extend(fresh);
    all
}

impl Operation {
    /// Method and path, to tell in messages which one it is.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it answers with a stream, which never ends.
    #[must_use]
    pub fn is_stream(&self) -> bool {
        self.value["responses"]["200"]["content"]["text/event-stream"].is_object()
    }

    /// Whether it needs no sign-in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.value["security"].as_array().is_none_or(Vec::is_empty)
    }

    /// Whether it takes this header.
    #[must_use]
    pub fn takes_header(&self, name: &str) -> bool {
        self.parameters("header").iter().any(|p| p["name"] == name)
    }

    /// Its parameters in this place: `path`, `query` or `header`.
    #[must_use]
    pub fn parameters(&self, place: &str) -> Vec<&Value> {
        let all = self.value["parameters"].as_array();
        all.into_iter()
            .flatten()
            .filter(|p| p["in"] == place)
            .collect()
    }

    /// The names of its query parameters.
    #[must_use]
    pub fn query_names(&self) -> Vec<&str> {
        let parameters = self.parameters("query");
        parameters
            .into_iter()
            .filter_map(|p| p["name"].as_str())
            .collect()
    }

    /// The schema of its JSON body, without references; `None` where it takes none.
    #[must_use]
    pub fn body(&self) -> Option<Value> {
        let content = self.value["requestBody"]["content"].as_object()?;
        let (_, media) = content.iter().find(|(name, _)| name.contains("json"))?;
        Some(self.resolved(&media["schema"]))
    }

    /// Whether it takes a body of any kind: JSON, or a file.
    #[must_use]
    pub fn takes_body(&self) -> bool {
        self.value["requestBody"].is_object()
    }

    /// Whether the body it takes may be left out.
    #[must_use]
    pub fn may_lack_body(&self) -> bool {
        self.value["requestBody"]["required"] != true
    }

    /// A schema with its references followed; "null or a thing" becomes the thing, marked
    /// `nullable`.
    #[must_use]
    pub fn resolved(&self, schema: &Value) -> Value {
        let mut schema = schema.clone();
        while let Some(reference) = schema["$ref"].as_str() {
            let pointer = reference.trim_start_matches('#').to_owned();
            let found = self.audience.document().pointer(&pointer).cloned();
            schema = found.unwrap_or_else(|| panic!("{reference} leads nowhere"));
        }
        let branches = ["oneOf", "anyOf"]
            .iter()
            .find_map(|k| schema[*k].as_array());
        if let Some(branches) = branches {
            let things: Vec<_> = branches.iter().filter(|b| b["type"] != "null").collect();
            if let [thing] = things.as_slice()
                && branches.len() == 2
            {
                let mut thing = self.resolved(thing);
                thing["nullable"] = json!(true);
                return thing;
            }
        }
        if let Some(types) = schema["type"].as_array().cloned() {
            let kind = types.iter().find(|t| *t != "null").cloned();
            schema["nullable"] = json!(types.contains(&json!("null")));
            schema["type"] = kind.unwrap_or(Value::Null);
        }
        schema
    }
}
