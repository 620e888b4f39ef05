//! A client that speaks HTTP to a served product.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

use crate::drift::Question;

/// A caller: somebody signed in, or nobody.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as text.
    pub text: String,
    /// The body as JSON; null where it is none.
    pub body: Value,
}

impl Client {
    /// A caller of the server at `base`.
    ///
    /// # Panics
    /// Where no client can be made.
    #[must_use]
    pub fn new(base: &str, token: Option<String>) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self {
            http,
            base: base.to_owned(),
            token,
        }
    }

    /// The same caller at another replica.
    #[must_use]
    pub fn at(&self, base: &str) -> Self {
        Self::new(base, self.token.clone())
    }

    /// The same caller with another token, over the same connections.
    #[must_use]
    pub fn with_token(&self, token: String) -> Self {
        Self {
            token: Some(token),
            ..self.clone()
        }
    }

    /// A request that is not sent yet.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// `GET`
    pub async fn get(&self, path: &str) -> Answer {
        send(self.request(Method::GET, path)).await
    }

    /// `POST` with JSON.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::POST, path).json(&body)).await
    }

    /// `PUT` with JSON.
    pub async fn put(&self, path: &str, body: Value) -> Answer {
        send(self.request(Method::PUT, path).json(&body)).await
    }

    /// `PATCH` with JSON, of the version that `if_match` names.
    pub async fn patch(&self, path: &str, if_match: &str, body: Value) -> Answer {
        send(
            self.request(Method::PATCH, path)
                .header("If-Match", if_match)
                .json(&body),
        )
        .await
    }

    /// `DELETE` of the version that `if_match` names.
    pub async fn delete(&self, path: &str, if_match: &str) -> Answer {
        send(
            self.request(Method::DELETE, path)
                .header("If-Match", if_match),
        )
        .await
    }

    /// `DELETE` of what has no version.
    pub async fn remove(&self, path: &str) -> Answer {
        send(self.request(Method::DELETE, path)).await
    }
}

/// Sends a request and reads the answer.
///
/// # Panics
/// Where no answer comes, or as [`try_send`].
pub async fn send(request: RequestBuilder) -> Answer {
    try_send(request).await.expect("an answer")
}

/// Sends a request and reads the answer, as far as one comes.
///
/// # Errors
/// Where the connection is refused or cut, or the request's time is over.
///
/// # Panics
/// Where a problem is not in the form of RFC 9457, or call and answer do not stand in the documents.
pub async fn try_send(request: RequestBuilder) -> Result<Answer, reqwest::Error> {
    let (http, request) = request.build_split();
    let request = request?;
    let question = Question::of(&request);
    let response = http.execute(request).await?;
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let text = response.text().await?;
    question.must_stand_in_the_documents(status, &headers, Some(&text));
    let body: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    let answer = Answer {
        status,
        headers,
        text,
        body,
    };
    if status >= 400 {
        answer.check_problem();
    }
    Ok(answer)
}

/// Sends a request whose answer is not read here, a stream's, and holds it to the documents.
///
/// # Errors
/// Where the connection is refused or cut.
///
/// # Panics
/// Where call and answer do not stand in the documents.
pub async fn open(request: RequestBuilder) -> Result<Response, reqwest::Error> {
    let (http, request) = request.build_split();
    let request = request?;
    let question = Question::of(&request);
    let response = http.execute(request).await?;
    question.must_stand_in_the_documents(response.status().as_u16(), response.headers(), None);
    Ok(response)
}

impl Answer {
    /// The answer, if it has this status.
    ///
    /// # Panics
    /// Where it has another, showing the body.
    #[allow(clippy::must_use_candidate, reason = "an assertion stands by itself")]
    pub fn ok(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The code of a problem.
    #[must_use]
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// A header's value; empty where it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|v: &HeaderValue| v.to_str().ok())
            .unwrap_or_default()
    }

    /// A text of the body.
    ///
    /// # Panics
    /// Where there is none at this pointer.
    #[must_use]
    pub fn str(&self, pointer: &str) -> &str {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no text at {pointer} in {}", self.text))
    }

    /// The ids of a list's items.
    ///
    /// # Panics
    /// Where it is no list.
    #[must_use]
    pub fn ids(&self) -> Vec<String> {
        let items = self.body["items"].as_array().expect("a list");
        items
            .iter()
            .map(|i| i["id"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The pointers of all bad fields, sorted, each with its code.
    #[must_use]
    pub fn bad_fields(&self) -> Vec<(String, String)> {
        let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
        let mut fields: Vec<_> = self.body["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|e| (text(&e["pointer"]), text(&e["code"])))
            .collect();
        fields.sort();
        fields
    }

    /// Every error is a problem of RFC 9457 that tells nothing internal.
    fn check_problem(&self) {
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{}",
            self.text
        );
        assert_eq!(self.body["status"], self.status, "{}", self.text);
        for member in ["type", "title", "detail", "code", "request_id"] {
            assert!(
                self.body[member].is_string(),
                "no {member} in {}",
                self.text
            );
        }
        let id = HeaderName::from_static("x-request-id");
        assert_eq!(
            self.headers.get(id).expect("an id"),
            self.str("/request_id")
        );
        for word in [
            "sqlx", "panicked", "src/", "SELECT", "select ", "sqlite", "postgres",
        ] {
            assert!(!self.text.contains(word), "{word} leaks in {}", self.text);
        }
    }
}
