//! The calls under `/api/auth/`, over HTTP, on a database of their own.

mod people;
mod sign_in;

use std::path::PathBuf;
use std::sync::Arc;

use actix_web::cookie::Cookie;
use actix_web::dev::ServiceResponse;
use actix_web::http::{StatusCode, header};
use actix_web::test::{self, TestRequest};
use bsm_application::articles::ViewCounter;
use bsm_application::events::{EventHub, HubOptions};
use bsm_application::users::{self, NewPerson};
use bsm_application::{App, AppSettings};
use bsm_domain::actor::Role;
use bsm_domain::clock::SystemClock;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::UserId;
use bsm_domain::password::Password;
use bsm_persistence::Db;
use serde_json::{Value, json};

use super::cookie::RefreshCookies;
use super::limits::Limits;
use super::token::AccessTokens;
use crate::health::Draining;
use crate::http::client::TrustedProxies;
use crate::http::origin::Origins;
use crate::metrics::Metrics;
use crate::server;
use crate::state::AppState;

const PUBLIC_URL: &str = "http://desk.bsm.localhost:3000";
const SECRET: &[u8] = b"a secret for tests of more than 32 bytes";
const PASSWORD: &str = "correct horse battery";

/// A server's state on a fresh database, which goes with it.
struct House {
    state: AppState,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// An answer, read to its end.
struct Answer {
    status: StatusCode,
    body: Value,
    cookies: Vec<Cookie<'static>>,
    etag: Option<String>,
}

impl Answer {
    fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    fn access_token(&self) -> String {
        self.body["access_token"].as_str().unwrap().to_owned()
    }

    fn cookie(&self) -> Cookie<'static> {
        self.cookies.first().unwrap().clone()
    }
}

impl House {
    async fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("bsm-auth-{}", UserId::generate()));
        std::fs::create_dir(&folder).unwrap();
        let file = folder.join("bsm.db");
        let db = Db::connect(&format!("sqlite:{}", file.display()))
            .await
            .unwrap();
        db.migrate().await.unwrap();
        let settings = AppSettings {
            public_url: PUBLIC_URL.to_owned(),
            secret: SECRET.into(),
        };
        let (events, _) = EventHub::start(db.clone(), HubOptions::default())
            .await
            .unwrap();
        let app = App::new(db, Arc::new(SystemClock), settings);
        let state = AppState {
            metrics: Metrics::new(app.db.engine(), app.now()),
            draining: Draining::default(),
            events,
            views: ViewCounter::start(app.clone()),
            app,
            tokens: AccessTokens::new(SECRET),
            cookies: RefreshCookies::for_public_url(PUBLIC_URL),
            origins: Origins::new(PUBLIC_URL, []).unwrap(),
            limits: Limits::off(),
            proxies: TrustedProxies::default(),
        };
        Self { state, folder }
    }

    async fn person(&self, email: &str, role: Role) -> UserId {
        let person = NewPerson {
            email: EmailAddress::parse(email).unwrap(),
            name: "Somebody".to_owned(),
            role,
            organization: None,
            organization_role: None,
        };
        let password = Password::parse(PASSWORD).unwrap();
        users::create_by_operator(&self.state.app, person, Some(password))
            .await
            .unwrap()
            .id
    }

    async fn call(&self, request: TestRequest) -> Answer {
        let app = test::init_service(server::app(self.state.clone(), false)).await;
        let response: ServiceResponse<_> =
            match test::try_call_service(&app, request.to_request()).await {
                Ok(response) => response.map_into_boxed_body(),
                Err(error) => {
                    let answer = error.error_response();
                    let status = answer.status();
                    let bytes = actix_web::body::to_bytes(answer.into_body()).await.unwrap();
                    return Answer {
                        status,
                        body: serde_json::from_slice(&bytes).unwrap_or_default(),
                        cookies: Vec::new(),
                        etag: None,
                    };
                }
            };
        let status = response.status();
        let cookies = response
            .response()
            .cookies()
            .map(Cookie::into_owned)
            .collect();
        let etag = response.headers().get(header::ETAG);
        let etag = etag.map(|tag| tag.to_str().unwrap().to_owned());
        let bytes = test::read_body(response).await;
        Answer {
            status,
            body: serde_json::from_slice(&bytes).unwrap_or_default(),
            cookies,
            etag,
        }
    }

    async fn login(&self, email: &str, password: &str) -> Answer {
        let body = json!({"email": email, "password": password});
        self.call(post("/api/auth/login", &body)).await
    }

    async fn renew(&self, portal: &str, cookie: &Cookie<'static>) -> Answer {
        let request = post("/api/auth/refresh", &json!({"portal": portal}));
        self.call(request.cookie(cookie.clone())).await
    }

    async fn me(&self, token: &str) -> Answer {
        self.call(with(TestRequest::get().uri("/api/auth/me"), token))
            .await
    }
}

fn post(path: &str, body: &Value) -> TestRequest {
    TestRequest::post().uri(path).set_json(body)
}

fn with(request: TestRequest, token: &str) -> TestRequest {
    request.insert_header((header::AUTHORIZATION, format!("Bearer {token}")))
}
