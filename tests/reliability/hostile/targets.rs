//! The ten operations that are called most, each with a request that is good.

use bsm_tests::Client;
use reqwest::Method;
use serde_json::{Value, json};

use super::send::Sent;
use crate::site::{Site, Somebody};

/// An operation.
pub struct Target {
    /// Its id in the documents.
    pub name: &'static str,
    pub method: Method,
    /// The path of the good request.
    pub path: String,
    /// What stands in the path for an id, if anything does.
    pub id: Option<String>,
    /// The parameters that it knows; each refuses a nonsensical value, but `q`.
    pub parameters: &'static [&'static str],
    /// The body of the good request.
    pub body: Option<Value>,
    /// Fields that may be null.
    pub nullable: &'static [&'static str],
    /// Whether a change of what was read at a version.
    pub if_match: bool,
    token: Option<String>,
    client: Client,
}

const STAFF_LIST: [&str; 16] = [
    "status",
    "priority",
    "assignee",
    "requester",
    "organization",
    "service",
    "created_from",
    "created_to",
    "resolved_from",
    "resolved_to",
    "waiting",
    "reopened",
    "ordered",
    "sort",
    "limit",
    "cursor",
];

impl Target {
    /// All ten, of which the first is the one of `make test`.
    pub async fn all(site: &Site, base: &str) -> Vec<Self> {
        let (ana, agent) = (site.customers[0], site.agent);
        let customer = site.client(ana).at(base);
        let staff = site.client(agent).at(base);
        let make = async |subject: &str| {
            let body = json!({"subject": subject, "description": "It is dark."});
            let made = customer.post("/api/customer/tickets", body).await.ok(201);
            made.str("/id").to_owned()
        };
        let ticket = make("A lamp").await;
        let solved = make("A bulb").await;
        let path = format!("/api/admin/tickets/{solved}");
        let _ = staff
            .patch(&path, "*", json!({"status": "resolved"}))
            .await
            .ok(200);
        let admin = site.client(site.admin).at(base);
        let service = json!({"name": "Lamps", "summary": "A lamp", "description": "A lamp.",
            "icon": "headset", "category": "Support", "price_kind": "free",
            "form": {"fields": [{"id": "room", "kind": "number", "label": "Room"}]}});
        let made = admin.post("/api/admin/services", service).await.ok(201);
        let service = made.str("/id").to_owned();
        let path = format!("/api/admin/services/{service}/publish");
        let _ = staff_or(&admin, &path).await.ok(200);

        let of = |name, who: Option<Somebody>, method: Method, path: &str, id: Option<&str>| Self {
            name,
            method,
            path: path.replace("{id}", id.unwrap_or_default()),
            id: id.map(str::to_owned),
            parameters: &[],
            body: None,
            nullable: &[],
            if_match: false,
            token: who.map(|who| site.token(who)),
            client: who.map_or_else(|| Client::new(base, None), |who| site.client(who).at(base)),
        };
        let (get, post) = (Method::GET, Method::POST);
        let ticket = Some(ticket.as_str());
        let text = "Since this morning.";
        vec![
            Self {
                body: Some(
                    json!({"subject": "A lamp is dark", "description": text, "priority": "high",
                    "category": "incident"}),
                ),
                ..of(
                    "tickets.create",
                    Some(ana),
                    post.clone(),
                    "/api/customer/tickets",
                    None,
                )
            },
            Self {
                body: Some(
                    json!({"email": "nobody@reliable.example", "password": "not a password"}),
                ),
                ..of("auth.login", None, post.clone(), "/api/auth/login", None)
            },
            Self {
                parameters: &["status", "rated", "scope", "sort", "limit", "cursor"],
                ..of(
                    "tickets.list",
                    Some(ana),
                    get.clone(),
                    "/api/customer/tickets",
                    None,
                )
            },
            of(
                "tickets.get",
                Some(ana),
                get.clone(),
                "/api/customer/tickets/{id}",
                ticket,
            ),
            Self {
                body: Some(json!({"body": text})),
                ..of(
                    "messages.create",
                    Some(ana),
                    post.clone(),
                    "/api/customer/tickets/{id}/messages",
                    ticket,
                )
            },
            Self {
                body: Some(json!({"score": 4, "comment": text, "reasons": []})),
                nullable: &["comment"],
                ..of(
                    "tickets.rate",
                    Some(ana),
                    Method::PUT,
                    "/api/customer/tickets/{id}/rating",
                    Some(&solved),
                )
            },
            Self {
                body: Some(json!({"form": {"room": 12}, "note": text})),
                nullable: &["note"],
                ..of(
                    "services.request",
                    Some(ana),
                    post,
                    "/api/customer/services/{id}/requests",
                    Some(&service),
                )
            },
            Self {
                parameters: &STAFF_LIST,
                ..of(
                    "admin tickets.list",
                    Some(agent),
                    get.clone(),
                    "/api/admin/tickets",
                    None,
                )
            },
            Self {
                body: Some(json!({"priority": "high", "assignee_id": null, "subject": "A lamp"})),
                nullable: &["assignee_id"],
                if_match: true,
                ..of(
                    "admin tickets.update",
                    Some(agent),
                    Method::PATCH,
                    "/api/admin/tickets/{id}",
                    ticket,
                )
            },
            Self {
                parameters: &["limit", "cursor"],
                ..of("articles.list", None, get, "/knowledge-base-articles", None)
            },
        ]
    }

    /// The status of the good request. Nobody has the password of the sign-in.
    pub async fn good(&self, base: &str) -> u16 {
        let mut request = self
            .client
            .at(base)
            .request(self.method.clone(), &self.path);
        if let Some(body) = &self.body {
            request = request.json(body);
        }
        if self.if_match {
            request = request.header("If-Match", "*");
        }
        match bsm_tests::send(request).await.status {
            401 if self.token.is_none() => 200,
            status => status,
        }
    }

    /// Whether somebody must be signed in.
    pub const fn token(&self) -> Option<&String> {
        self.token.as_ref()
    }

    /// Its first line and the header fields of the good request but those of the body.
    pub fn head(&self, path: &str) -> Vec<u8> {
        let line = format!("{} {path} HTTP/1.1", self.method);
        self.head_of(line.as_bytes(), "localhost", self.token.as_deref())
    }

    /// The same behind another first line.
    pub fn head_of(&self, line: &[u8], host: &str, token: Option<&str>) -> Vec<u8> {
        let mut head = line.to_vec();
        head.extend(format!("\r\nHost: {host}\r\nConnection: close\r\n").bytes());
        if let Some(token) = token {
            head.extend(format!("Authorization: Bearer {token}\r\n").bytes());
        }
        if self.if_match {
            head.extend(b"If-Match: *\r\n");
        }
        head
    }

    /// A request with this body, or with the good one.
    pub fn with_body(&self, body: &[u8], fields: &str) -> Sent {
        let mut bytes = self.head(&self.path);
        bytes.extend(fields.bytes());
        bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).bytes());
        bytes.extend(body);
        Sent::Bytes(bytes)
    }

    /// The good body as text; empty where there is none.
    pub fn text(&self) -> String {
        self.body.as_ref().map(Value::to_string).unwrap_or_default()
    }

    /// What follows a head of the caller's own: the rest of the good request.
    pub fn ended(&self, mut head: Vec<u8>) -> Vec<u8> {
        let text = self.text();
        if self.body.is_some() {
            let kind = "Content-Type: application/json\r\n";
            head.extend(format!("{kind}Content-Length: {}\r\n", text.len()).bytes());
        }
        head.extend(b"\r\n");
        head.extend(text.bytes());
        head
    }
}

async fn staff_or(admin: &Client, path: &str) -> bsm_tests::Answer {
    let request = admin.request(Method::POST, path).header("If-Match", "*");
    bsm_tests::send(request).await
}
