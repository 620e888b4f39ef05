//! A client of the event streams.

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::{Client, open};

/// One event as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// Its `id:`, if it has one.
    pub id: Option<String>,
    /// Its `event:`.
    pub name: String,
    /// Its `data:`.
    pub data: Value,
}

/// An open stream.
pub struct Stream {
    response: Response,
    /// Read, but not a whole event yet.
    text: String,
}

impl Client {
    /// Opens the stream at `path`, to go on after `last`.
    ///
    /// # Panics
    /// Where it is refused.
    pub async fn stream(&self, path: &str, last: Option<&str>) -> Stream {
        let mut request = self.request(Method::GET, path);
        if let Some(last) = last {
            request = request.header("Last-Event-ID", last);
        }
        let response = open(request).await.expect("an answer");
        assert_eq!(response.status(), 200);
        Stream::of(response)
    }
}

/// Why nothing more can be read, though the stream did not end.
#[derive(Debug)]
pub enum Cut {
    /// The connection broke.
    Broken(reqwest::Error),
    /// Nothing came in time.
    Silent,
}

impl Stream {
    /// The stream of an answer.
    #[must_use]
    pub fn of(response: Response) -> Self {
        Self {
            response,
            text: String::new(),
        }
    }

    /// A header of the answer; empty where it is missing.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let value = self.response.headers().get(name);
        value.and_then(|v| v.to_str().ok()).unwrap_or_default()
    }

    /// The next event, which must come within ten seconds; `None` at the stream's end. Comments
    /// are passed over.
    ///
    /// # Panics
    /// Where nothing comes, or not in the form of an event.
    pub async fn next(&mut self) -> Option<Heard> {
        let heard = self.next_within(Duration::from_secs(10)).await;
        heard.expect("the stream goes on")
    }

    /// The next event; `None` at the stream's end. Comments are passed over, but show that it lives.
    ///
    /// # Errors
    /// [`Cut`], where not even a comment comes in time.
    ///
    /// # Panics
    /// Where something comes that is no event.
    pub async fn next_within(&mut self, patience: Duration) -> Result<Option<Heard>, Cut> {
        loop {
            while let Some((event, rest)) = self.text.split_once("\n\n") {
                let heard = (!event.starts_with(':')).then(|| read(event));
                self.text = rest.to_owned();
                if heard.is_some() {
                    return Ok(heard);
                }
            }
            let chunk = timeout(patience, self.response.chunk()).await;
            let chunk = chunk.map_err(|_| Cut::Silent)?.map_err(Cut::Broken)?;
            let Some(chunk) = chunk else {
                return Ok(None);
            };
            self.text
                .push_str(std::str::from_utf8(&chunk).expect("an event in one piece"));
        }
    }

    /// The data of the next event of this kind; others are passed over.
    ///
    /// # Panics
    /// Where the stream ends before.
    pub async fn until(&mut self, name: &str) -> Value {
        loop {
            let heard = self.next().await.expect("the stream goes on");
            if heard.name == name {
                return heard.data;
            }
        }
    }

    /// The data of the next event, which must be this one.
    ///
    /// # Panics
    /// Where it is another one.
    pub async fn expect(&mut self, id: &str, name: &str) -> Value {
        let heard = self.next().await.expect("the stream goes on");
        assert_eq!((heard.id.as_deref(), &*heard.name), (Some(id), name));
        heard.data
    }

    /// Nothing is left but a `bye` for this reason, after any `position`.
    ///
    /// # Panics
    /// Where something else comes.
    pub async fn expect_bye(&mut self, reason: &str) {
        let mut heard = self.next().await.expect("a goodbye");
        while heard.name == "position" {
            heard = self.next().await.expect("a goodbye");
        }
        let bye = (heard.id, &*heard.name, heard.data);
        assert_eq!(bye, (None, "bye", json!({"reason": reason})));
        assert_eq!(self.next().await, None);
    }
}

fn read(event: &str) -> Heard {
    let mut heard = Heard {
        id: None,
        name: String::new(),
        data: Value::Null,
    };
    for line in event.lines() {
        match line.split_once(": ").expect("a field") {
            ("id", id) => heard.id = Some(id.to_owned()),
            ("event", name) => heard.name = name.to_owned(),
            ("data", data) => heard.data = serde_json::from_str(data).expect("JSON"),
            other => panic!("unknown field {other:?}"),
        }
    }
    heard
}
