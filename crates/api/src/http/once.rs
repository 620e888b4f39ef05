//! `Idempotency-Key`: a `POST` that is sent again is done once, and answered as the first time.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderName, LOCATION};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Bytes;
use actix_web::{Error, HttpMessage as _, HttpResponse, web};
use bsm_application::retries::{Before, before, seal};
use bsm_application::{App, Error as AppError};
use bsm_persistence::retries::Call;
use bsm_persistence::{Done, Held, NotBegun};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::body::unread;
use super::problem::{Code, Problem};
use crate::auth::caller::Caller;
use crate::state::AppState;

/// The header, as documents write it.
pub const KEY_NAME: &str = "Idempotency-Key";
const KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Longest key, in characters.
pub const KEY_MAX: usize = 255;
/// The headers of an answer that belong to what was done.
const KEPT: [HeaderName; 3] = [CONTENT_TYPE, LOCATION, ETAG];

/// An answer as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// Middleware behind the guards: whatever a call with a key writes is committed with its answer.
/// Refusals are not kept: nothing was done, and the same call may succeed later. A file is taken
/// in many transactions and changes nothing the second time; its key is not looked at.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn middleware(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (app, call) = match call_of(&mut request).await {
        Ok(Some(known)) => known,
        Ok(None) => return Ok(next.call(request).await?.map_into_boxed_body()),
        Err(problem) => return Ok(request.error_response(problem)),
    };
    match answered(&app, &call).await {
        Ok(None) => {}
        Ok(Some(answer)) => return Ok(request.into_response(answer)),
        Err(problem) => return Ok(request.error_response(problem)),
    }
    let (response, done) = app.db.once(call.clone(), next.call(request)).await;
    match done {
        Done::Nothing => Ok(response?.map_into_boxed_body()),
        Done::Not(why) => Ok(response?.into_response(instead(&app, &call, why).await)),
        Done::Wrote(held) => match response {
            Ok(response) if response.status().is_success() => {
                let (request, response) = response.into_parts();
                let answer = keep(&app, &call, held, response).await;
                let answer = answer.unwrap_or_else(HttpResponse::from_error);
                Ok(ServiceResponse::new(request, answer))
            }
            refused => match held.undo().await {
                Ok(()) => Ok(refused?.map_into_boxed_body()),
                Err(lost) => {
                    let (request, _) = refused?.into_parts();
                    let answer = HttpResponse::from_error(Problem::from(AppError::from(lost)));
                    Ok(ServiceResponse::new(request, answer))
                }
            },
        },
    }
}

/// The call of a request that is to be done once.
async fn call_of(request: &mut ServiceRequest) -> Result<Option<(App, Call)>, Problem> {
    if request.method() != Method::POST || is_file(request) {
        return Ok(None);
    }
    let actor = request
        .extensions()
        .get::<Caller>()
        .map(|c| c.actor.clone());
    let (Some(key), Some(actor)) = (request.headers().get(KEY), actor) else {
        return Ok(None);
    };
    let key = key
        .to_str()
        .ok()
        .filter(|key| (1..=KEY_MAX).contains(&key.len()) && !key.contains('\t'))
        .ok_or_else(|| {
            let detail = format!("Idempotency-Key: must be 1 to {KEY_MAX} visible characters.");
            Problem::new(Code::InvalidHeader, detail)
        })?
        .to_owned();
    let state = request
        .app_data::<web::Data<AppState>>()
        .ok_or_else(|| Problem::internal("no state"))?;
    let app = state.app.clone();
    let body = request.extract::<Bytes>().await.map_err(unread)?;
    // What one program sends is not what another one does, nor their maker in person.
    let with = actor
        .api_key()
        .map_or_else(String::new, |key| format!(" with API key {}", key.id));
    let call = Call {
        caller: actor.user_id,
        route: format!("POST {}{with}", request.path()),
        key,
        body_hash: Sha256::digest(&body).to_vec(),
        at: app.now(),
    };
    let body = stream::once(async { Ok(body) });
    request.set_payload(Payload::Stream {
        payload: Box::pin(body),
    });
    Ok(Some((app, call)))
}

fn is_file(request: &ServiceRequest) -> bool {
    let kind = request.headers().get(CONTENT_TYPE);
    kind.and_then(|v| v.to_str().ok())
        .is_some_and(|v| v.trim_start().to_ascii_lowercase().starts_with("text/csv"))
}

/// What was answered to this call before.
async fn answered(app: &App, call: &Call) -> Result<Option<HttpResponse>, Problem> {
    match before(app, call).await? {
        Before::New => Ok(None),
        Before::OtherBody => Err(Problem::new(
            Code::KeyReused,
            "This Idempotency-Key was used with another body: a new call needs a new key.",
        )),
        Before::Answered(kept) => {
            let kept: Kept = serde_json::from_slice(&kept).map_err(Problem::internal)?;
            let status = StatusCode::from_u16(kept.status).map_err(Problem::internal)?;
            let mut response = HttpResponse::build(status);
            for header in kept.headers {
                response.append_header(header);
            }
            Ok(Some(response.body(kept.body)))
        }
    }
}

/// The answer to a call that was not begun, since another of the same key was faster.
async fn instead(app: &App, call: &Call, why: NotBegun) -> HttpResponse {
    let answer = match why {
        NotBegun::Answered => answered(app, call).await,
        NotBegun::Running => Ok(None),
    };
    let in_progress = || {
        Problem::new(
            Code::InProgress,
            "The same call is being done. Ask again soon.",
        )
        .retry_after(1)
    };
    answer
        .and_then(|answer| answer.ok_or_else(in_progress))
        .unwrap_or_else(HttpResponse::from_error)
}

/// Commits what was done with its answer.
async fn keep(
    app: &App,
    call: &Call,
    held: Box<Held>,
    response: HttpResponse<impl MessageBody>,
) -> Result<HttpResponse, Problem> {
    let (head, body) = response.into_parts();
    let body = to_bytes(body)
        .await
        .map_err(|_| Problem::internal("an answer cannot be read"))?;
    let headers = KEPT.iter().filter_map(|name| {
        let value = head.headers().get(name)?.to_str().ok()?;
        Some((name.to_string(), value.to_owned()))
    });
    let kept = Kept {
        status: head.status().as_u16(),
        headers: headers.collect(),
        body: String::from_utf8(body.to_vec()).map_err(Problem::internal)?,
    };
    let kept = serde_json::to_vec(&kept).map_err(Problem::internal)?;
    let committed = held.commit(&seal(app, call, &kept)?).await;
    committed.map_err(AppError::from)?;
    Ok(head.set_body(BoxBody::new(body)))
}
