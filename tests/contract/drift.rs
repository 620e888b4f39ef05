//! The test kit sees when code and documents part: every way of parting is planted once.

use bsm_tests::document::Audience;
use bsm_tests::drift::Question;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

/// A call of an operation of the admin document, and the answer that the document gives as an example.
struct Call {
    request: reqwest::RequestBuilder,
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl Call {
    fn of(method: Method, path: &str, template: &str, status: u16) -> Self {
        let document = Audience::Admin.document();
        let operation = &document["paths"][template][method.as_str().to_lowercase()];
        let answer = &operation["responses"][status.to_string()];
        let kind = if status < 400 {
            "application/json"
        } else {
            "application/problem+json"
        };
        let mut body = answer["content"][kind]["example"].clone();
        if status >= 400 {
            body = document["components"]["schemas"]["Problem"]["example"].clone();
            body["code"] =
                answer["content"][kind]["schema"]["properties"]["code"]["enum"][0].clone();
            body["status"] = json!(status);
            body.as_object_mut()
                .expect("a problem")
                .shift_remove("errors");
        }
        let mut call = Self {
            request: reqwest::Client::new().request(method, format!("http://desk.example{path}")),
            status,
            headers: HeaderMap::new(),
            body,
        };
        call.header("x-request-id", "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f");
        call.header("content-type", kind);
        call
    }

    fn category() -> Self {
        let path = "/api/admin/categories/01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f";
        let mut call = Self::of(Method::PATCH, path, "/api/admin/categories/{id}", 200);
        call.header("etag", "\"5\"");
        call.request = call.request.header("If-Match", "\"4\"");
        call.request = call.request.json(&json!({"name": "Devices"}));
        call
    }

    fn tickets(query: &str) -> Self {
        let path = format!("/api/admin/tickets{query}");
        Self::of(Method::GET, &path, "/api/admin/tickets", 200)
    }

    fn header(&mut self, name: &'static str, value: &'static str) {
        let name = HeaderName::from_static(name);
        self.headers.insert(name, HeaderValue::from_static(value));
    }

    fn drift(self) -> Vec<String> {
        let request = self.request.build().expect("a request");
        let text = match &self.body {
            Value::Null => String::new(),
            body => body.to_string(),
        };
        Question::of(&request).drift(self.status, &self.headers, Some(&text))
    }
}

#[test]
fn what_stands_in_the_document_is_no_drift() {
    let none: Vec<String> = Vec::new();
    assert_eq!(Call::category().drift(), none);
    let query = "?status=new,open&q=vpn&limit=10&waiting=true&created_from=2026-01-15T09:30:00Z&assignee=me";
    assert_eq!(Call::tickets(query).drift(), none);
    let me = Call::of(Method::GET, "/api/auth/me", "/api/auth/me", 200);
    let mut me = me;
    me.header("etag", "\"5\"");
    assert_eq!(me.drift(), none);
    let mut refused = Call::of(Method::GET, "/api/admin/tickets", "/api/admin/tickets", 401);
    refused.header("www-authenticate", "Bearer");
    assert_eq!(refused.drift(), none);
}

#[test]
fn an_unknown_path_or_method_is_nobodys_business() {
    let unknown = Call::of(Method::GET, "/api/admin/nothing", "/api/admin/tickets", 200);
    assert!(unknown.drift().is_empty());
    let method = Call::of(Method::PUT, "/api/admin/tickets", "/api/admin/tickets", 405);
    assert!(method.drift().is_empty());
}

/// Plants one difference and expects it to be seen, and nothing else.
fn sees(what: &str, mut call: Call, plant: impl FnOnce(&mut Call)) {
    plant(&mut call);
    let found = call.drift();
    assert!(
        found.iter().any(|f| f.contains(what)),
        "{what:?} was not seen: {found:?}"
    );
}

#[test]
fn a_field_that_parts_is_seen_wherever_it_stands() {
    let rename = |object: &mut Value, from: &str, to: &str| {
        let members = object.as_object_mut().expect("an object");
        let value = members.shift_remove(from).expect("a field");
        members.insert(to.into(), value);
    };
    sees("place", Call::category(), |c| {
        rename(&mut c.body, "place", "position")
    });
    sees("surplus", Call::category(), |c| {
        c.body["surplus"] = json!(1)
    });
    sees("place", Call::category(), |c| {
        c.body["place"] = json!("first")
    });
    // In a row of a list, in an object of a row, and where a type is made of two.
    sees("surplus", Call::tickets(""), |c| {
        c.body["items"][0]["surplus"] = json!(null)
    });
    sees("email", Call::tickets(""), |c| {
        c.body["items"][0]["requester"]["email"] = json!("ana@acme.example");
    });
    let me = || {
        let mut me = Call::of(Method::GET, "/api/auth/me", "/api/auth/me", 200);
        me.header("etag", "\"5\"");
        me
    };
    sees("password_hash", me(), |c| {
        c.body["password_hash"] = json!("$argon2id$")
    });
    sees("theme", me(), |c| rename(&mut c.body, "theme", "skin"));
    sees("email", me(), |c| rename(&mut c.body, "email", "mail"));
}

#[test]
fn an_answer_that_parts_is_seen() {
    sees("it answered 202", Call::category(), |c| c.status = 202);
    sees("lacks the header ETag", Call::category(), |c| {
        c.headers.remove("etag");
    });
    sees("lacks the header X-Request-Id", Call::tickets(""), |c| {
        c.headers.remove("x-request-id");
    });
    sees("unknown header location", Call::tickets(""), |c| {
        c.header("location", "/")
    });
    sees("of the unknown kind", Call::tickets(""), |c| {
        c.header("content-type", "text/html")
    });
    let refused = || {
        let mut refused = Call::of(Method::GET, "/api/admin/tickets", "/api/admin/tickets", 401);
        refused.header("www-authenticate", "Bearer");
        refused
    };
    sees("/code", refused(), |c| {
        c.body["code"] = json!("invalid_credentials")
    });
    sees("trace", refused(), |c| c.body["trace"] = json!("main.rs:1"));
}

#[test]
fn a_question_that_parts_is_seen_where_it_is_taken() {
    sees(
        "unknown parameter colour",
        Call::tickets("?colour=red"),
        |_| {},
    );
    sees("it took \"status\"", Call::tickets("?status=odd"), |_| {});
    sees("it took \"limit\"", Call::tickets("?limit=1000"), |_| {});
    sees("it took \"cursor\"", Call::tickets("?cursor=a%20b"), |_| {});
    sees("unknown header x-colour", Call::tickets(""), |c| {
        let request = std::mem::replace(&mut c.request, reqwest::Client::new().get("http://a"));
        c.request = request.header("X-Colour", "red");
    });
    let body = |body: Value| {
        let mut call = Call::category();
        call.request = call.request.json(&body);
        call
    };
    sees("surplus", body(json!({"surplus": 1})), |_| {});
    sees("/name", body(json!({"name": "n".repeat(61)})), |_| {});
    let path = "/api/admin/categories/odd";
    let mut odd = Call::of(Method::GET, path, "/api/admin/categories/{id}", 200);
    odd.header("etag", "\"5\"");
    sees("it took \"id\"", odd, |_| {});
    // Where it is refused, it may be anything.
    let refused = Call::of(
        Method::GET,
        "/api/admin/tickets?colour=red",
        "/api/admin/tickets",
        400,
    );
    assert!(refused.drift().is_empty());
}
