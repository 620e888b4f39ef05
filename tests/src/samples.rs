//! One thing of each kind, to put into the templates of paths.

use std::time::Duration;

use bsm_domain::actor::Portal;
use bsm_domain::api_key::Scope;
use bsm_domain::ids::{DeliveryId, UserId, WebhookId};
use bsm_persistence::webhook_deliveries::NewDelivery;
use bsm_persistence::webhooks::NewWebhook;
use reqwest::Method;
use serde_json::{Value, json};

use crate::Desk;
use crate::document::{Audience, Operation};

/// Ids of things that exist, and that the people of [`Samples::of`] may see.
#[derive(Debug, Clone)]
pub struct Samples {
    /// Ana's ticket, resolved.
    pub ticket: String,
    /// A published service.
    pub service: String,
    /// A published article.
    pub article: String,
    /// Its slug.
    pub slug: String,
    /// Ben.
    pub user: String,
    /// A sign-in of Ben's beside the one he calls with.
    pub session: String,
    /// Acme.
    pub organization: String,
    /// Words that found nothing.
    pub empty_search: String,
    /// The hash of the desk's logo.
    pub logo: String,
    /// Fay's request for a new password.
    pub request: String,
    /// A rating of Ben's.
    pub rating: String,
    /// When it was given.
    pub rated_at: String,
    /// The category of the sample article.
    pub category: String,
    /// An API key.
    pub api_key: String,
    /// A webhook.
    pub webhook: String,
    /// A delivery of it.
    pub delivery: String,
}

/// A picture of 64 by 16 pixels: PNG in base64.
pub const LOGO: &str = "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAQCAYAAACm53kpAAAAL0lEQVR42u3QwQAAAAgEsDhCSyb0Ark9JrDqnUtWAgQIECBAgAABAgQIECBAQJ4H5VTIai2lU0sAAAAASUVORK5CYII=";

impl Samples {
    /// Makes them.
    ///
    /// # Panics
    /// Where the product refuses.
    pub async fn of(desk: &Desk) -> Self {
        let ticket = desk.ticket_of(&desk.ana, "A sample ticket").await;
        desk.set_status(&ticket, "resolved").await;
        let service = desk
            .admin
            .post("/api/admin/services", json!({"name": "A sample service"}))
            .await
            .ok(201);
        let service = service.str("/id").to_owned();
        desk.admin
            .post(&format!("/api/admin/services/{service}/publish"), json!({}))
            .await
            .ok(200);
        let article = desk
            .agent
            .post(
                "/api/admin/knowledge-base",
                json!({"title": "A sample article", "body": "Text of the sample.", "category": "Support",
                    "visibility": "public"}),
            )
            .await
            .ok(201);
        let id = article.str("/id").to_owned();
        desk.agent
            .post(
                &format!("/api/admin/knowledge-base/{id}/publish"),
                json!({}),
            )
            .await
            .ok(200);
        let missed = json!({"q": "an article nobody wrote"});
        let reported = desk.ana.post("/api/customer/empty-searches", missed).await;
        reported.ok(204);
        let missing = desk.agent.get("/api/admin/empty-searches").await.ok(200);
        let logo = desk.admin.request(Method::PUT, "/api/admin/settings/logo");
        let logo = logo.header("If-Match", "*").json(&json!({"content": LOGO}));
        let logo = crate::send(logo).await.ok(200);
        let (_, logo) = logo.str("/logo/url").rsplit_once('/').expect("a path");
        let fay = json!({"email": "fay@acme.example"});
        let asked = desk.nobody().post("/api/auth/password/forgot", fay).await;
        asked.ok(202);
        let request = desk.password_request_of(desk.fay.id).await;
        let resolved = desk.ticket_in(&desk.ben, "resolved").await;
        desk.ben
            .put(
                &format!("/api/customer/tickets/{resolved}/rating"),
                json!({"score": 2}),
            )
            .await
            .ok(200);
        let rating = desk.agent.get("/api/admin/feedback").await.ok(200);
        let categories = desk
            .agent
            .get("/api/admin/categories?kind=article")
            .await
            .ok(200);
        let (webhook, delivery) = desk.webhook_with_delivery().await;
        Self {
            api_key: desk.program(&[Scope::EventsRead], None).await.id,
            webhook,
            delivery,
            empty_search: missing.str("/items/0/id").to_owned(),
            request,
            logo: logo.to_owned(),
            ticket,
            service,
            category: categories.str("/items/0/id").to_owned(),
            slug: article.str("/slug").to_owned(),
            article: id,
            user: desk.ben.id.to_string(),
            session: desk
                .sign_in(desk.ben.id, Portal::Customer)
                .await
                .session
                .to_string(),
            organization: desk.acme.to_string(),
            rating: rating.str("/items/0/id").to_owned(),
            rated_at: rating.str("/items/0/updated_at").to_owned(),
        }
    }

    /// The path of an operation with things that exist in its templates.
    ///
    /// # Panics
    /// Where it has a template that is not known here: add what it stands for.
    #[must_use]
    pub fn path(&self, operation: &Operation) -> String {
        self.fill(&operation.path, |noun, name| match (noun, name) {
            (_, "slug") => self.slug.clone(),
            ("revisions", _) => "1".to_owned(),
            ("webhooks", _) => self.webhook.clone(),
            ("deliveries", _) => self.delivery.clone(),
            ("empty-searches", _) => self.empty_search.clone(),
            ("tickets", _) => self.ticket.clone(),
            ("services", _) => self.service.clone(),
            ("knowledge-base" | "knowledge-base-articles", _) => self.article.clone(),
            ("users" | "customer-insights", _) => self.user.clone(),
            ("organizations", _) => self.organization.clone(),
            ("logo", _) => self.logo.clone(),
            ("password-requests", _) => self.request.clone(),
            ("categories", _) => self.category.clone(),
            ("api-keys", _) => self.api_key.clone(),
            ("sessions", _) => self.session.clone(),
            ("feedback", _) => self.rating.clone(),
            _ => panic!("no sample for {{{name}}} of {noun} in {}", operation.path),
        })
    }

    /// A body that the operation takes as it is; `None` where it takes none.
    ///
    /// # Panics
    /// Where the operation is not known here: add a body for it.
    #[must_use]
    pub fn body(&self, operation: &Operation) -> Option<Value> {
        operation.body()?;
        let staff = operation.audience == Audience::Admin;
        Some(match (operation.id.as_str(), staff) {
            ("auth.login", _) => {
                json!({"email": "ana@acme.example", "password": "not the password"})
            }
            ("auth.logout" | "auth.refresh", _) => json!({"portal": "customer"}),
            ("auth.password_forgot", _) => json!({"email": "nobody@nowhere.example"}),
            ("auth.password", _) => {
                json!({"current_password": "not the password", "password": "a new password"})
            }
            ("auth.update_me", _) => json!({"theme": "dark"}),
            ("auth.password_reset", _) => json!({"token": "unknown", "password": "a new password"}),
            ("auth.register", _) => {
                json!({"email": "new@new.example", "password": "a new password", "name": "New"})
            }
            ("tickets.create", false) => json!({"subject": "A new one", "description": "Words."}),
            ("tickets.create", true) => {
                json!({"requester_id": self.user, "subject": "A new one", "description": "Words."})
            }
            ("tickets.update", _) => json!({"priority": "high"}),
            ("ticket_messages.create", false) => json!({"body": "Words."}),
            ("ticket_messages.create", true) => json!({"body": "Words.", "visibility": "public"}),
            ("ticket_draft.put", _) => {
                json!({"visibility": "public", "reply": "Words.", "note": ""})
            }
            ("tickets.rate", _) => json!({"score": 4}),
            ("feedback.seen", _) => json!({"updated_at": self.rated_at}),
            ("articles.vote", _) => json!({"helpful": true}),
            ("empty_searches.report", _) => json!({"q": "what nobody wrote about"}),
            ("services.request", _) => json!({"form": {}}),
            ("services.create", _) => json!({"name": "Another service"}),
            ("services.update", _) => json!({"summary": "Better."}),
            ("articles.create", _) => json!({"title": "Another article"}),
            ("articles.update", _) => json!({"summary": "Better."}),
            ("article_revisions.restore", _) => json!({"note": "As it was."}),
            ("markdown.preview", _) => json!({"body": "*Words*"}),
            ("users.create", _) => {
                json!({"email": "made@made.example", "name": "Made", "role": "customer",
                    "organization_id": self.organization})
            }
            ("users.update", _) => json!({"name": "Renamed"}),
            ("categories.create", _) => json!({"kind": "service", "name": "Made"}),
            ("categories.update", _) => json!({"icon": "laptop"}),
            ("categories.merge", _) => json!({"into": self.category}),
            ("api_keys.create", _) => json!({"name": "Billing", "scopes": ["tickets:read"]}),
            ("api_keys.update", _) => json!({"name": "Billing, new"}),
            ("organizations.create", _) => json!({"name": "Initech"}),
            ("settings.update", _) => json!({"auto_close_days": 5}),
            ("settings.put_logo", _) => json!({"content": LOGO}),
            ("webhooks.create", _) => json!({"url": "https://8.8.8.8/hook"}),
            ("webhooks.update", _) => json!({"description": "Better."}),
            ("webhooks.resend", _) => json!({"since": "2026-11-30T08:00:00Z"}),
            ("organizations.update", _) => json!({"name": "Initrode"}),
            (id, _) => panic!("no body for {id}"),
        })
    }

    /// The same path with one text in every template.
    #[must_use]
    pub fn path_with(&self, operation: &Operation, text: &str) -> String {
        self.fill(&operation.path, |_, _| text.to_owned())
    }

    fn fill(&self, path: &str, value: impl Fn(&str, &str) -> String) -> String {
        let mut noun = "";
        let mut parts = Vec::new();
        for part in path.split('/') {
            let name = part.strip_prefix('{').and_then(|p| p.strip_suffix('}'));
            match name {
                Some(name) => parts.push(value(noun, name)),
                None => {
                    noun = part;
                    parts.push(part.to_owned());
                }
            }
        }
        parts.join("/")
    }
}

impl Desk {
    /// The open request of a person who just asked for a new password.
    ///
    /// # Panics
    /// Where none comes.
    pub async fn password_request_of(&self, user: UserId) -> String {
        let id = user.to_string();
        for _ in 0..100 {
            let list = self.agent.get("/api/admin/password-requests?limit=100");
            let list = list.await.ok(200);
            let items = list.body["items"].as_array().cloned().unwrap_or_default();
            if let Some(found) = items.iter().find(|i| i["user"]["id"] == *id) {
                return found["id"].as_str().unwrap_or_default().to_owned();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nobody heard of it");
    }

    /// A webhook that is sent nowhere, and its first delivery.
    ///
    /// # Panics
    /// Where they cannot be written.
    pub async fn webhook_with_delivery(&self) -> (String, String) {
        let id = WebhookId::generate();
        let new = NewWebhook {
            id,
            url: "https://hooks.example.com/bsm".into(),
            description: "A sample".into(),
            event_types: Vec::new(),
            secret: Vec::new(),
            created_by: Some(self.admin.id),
            created_at: self.state.app.now(),
        };
        let delivery = NewDelivery {
            id: DeliveryId::generate(),
            webhook_id: id,
            event_id: None,
            event_type: "ticket.created".into(),
            payload: "{}".into(),
            created_at: self.state.app.now(),
        };
        let written = self.db().write(async |tx| {
            tx.insert_webhook(&new, 0).await?;
            tx.insert_deliveries(std::slice::from_ref(&delivery)).await
        });
        written.await.expect("written");
        (id.to_string(), delivery.id.to_string())
    }

    /// Opens a ticket and returns its id.
    ///
    /// # Panics
    /// Where the product refuses.
    pub async fn ticket_of(&self, customer: &crate::Client, subject: &str) -> String {
        let body = json!({"subject": subject, "description": "It does not work."});
        let answer = customer.post("/api/customer/tickets", body).await.ok(201);
        answer.str("/id").to_owned()
    }

    /// A new ticket of a customer, brought into a status by the staff's own way there;
    /// `withdrawn` is closed without ever having been resolved.
    ///
    /// # Panics
    /// Where the product refuses.
    pub async fn ticket_in(&self, customer: &crate::Client, status: &str) -> String {
        let id = self.ticket_of(customer, &format!("To be {status}")).await;
        match status {
            "new" => {}
            "closed" => {
                self.set_status(&id, "resolved").await;
                self.set_status(&id, "closed").await;
            }
            "withdrawn" => {
                let path = format!("/api/customer/tickets/{id}/close");
                let answer = customer.post(&path, json!({})).await;
                answer.ok(200);
            }
            other => self.set_status(&id, other).await,
        }
        id
    }

    /// Sets a ticket's status as an agent.
    ///
    /// # Panics
    /// Where the product refuses.
    pub async fn set_status(&self, id: &str, status: &str) {
        self.change_ticket(id, json!({"status": status})).await;
    }

    /// Changes a ticket as an agent, whatever its version.
    ///
    /// # Panics
    /// Where the product refuses.
    pub async fn change_ticket(&self, id: &str, patch: Value) {
        let path = format!("/api/admin/tickets/{id}");
        self.agent.patch(&path, "*", patch).await.ok(200);
    }

    /// Writes to a ticket as an agent.
    ///
    /// # Panics
    /// Where the product refuses.
    pub async fn staff_message(&self, id: &str, visibility: &str, body: &str) {
        let path = format!("/api/admin/tickets/{id}/messages");
        let body = json!({"body": body, "visibility": visibility});
        self.agent.post(&path, body).await.ok(201);
    }
}
