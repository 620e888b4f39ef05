//! The audience in the type: a handler that takes a [`Customer`] cannot be called by anybody else.

use std::future::{Ready, ready};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};
use bsm_application::auth::authenticate;
use bsm_application::{App, Error as AppError, api_keys};
use bsm_domain::actor::{Actor, Portal, Role, Through};
use bsm_domain::api_key;

use super::key_access::{self, KeyAccess};
use crate::http::problem::{Code, Problem};
use crate::state::AppState;

/// The caller of a request that passed one of the guards below.
#[derive(Clone)]
pub struct Caller {
    /// Who, with the rights of this moment.
    pub actor: Actor,
    /// The portal that their token is for; keys are for the desk's side.
    pub portal: Portal,
    /// When their token or key ends, in seconds since 1970; some keys never do.
    pub expires_at: Option<i64>,
}

impl Caller {
    /// The same caller, as they are now.
    ///
    /// # Errors
    /// [`AppError::NotSignedIn`] where the sign-in or the key is good no longer.
    pub async fn again(&self, app: &App) -> Result<Self, AppError> {
        let mut caller = self.clone();
        match self.actor.through {
            Through::Session(session) => {
                let (actor, _) = authenticate(app, session, self.actor.user_id).await?;
                caller.actor = actor;
            }
            Through::ApiKey(key) => {
                let (actor, _) = api_keys::authenticate_again(app, key.id).await?;
                caller.actor = actor;
            }
        }
        Ok(caller)
    }
}

macro_rules! audience {
    ($(#[$doc:meta])* $name:ident, |$actor:ident| $allowed:expr) => {
        $(#[$doc])*
        pub struct $name(pub Caller);

        impl $name {
            /// Who calls.
            #[must_use]
            pub const fn actor(&self) -> &Actor {
                &self.0.actor
            }
        }

        impl FromRequest for $name {
            type Error = Problem;
            type Future = Ready<Result<Self, Problem>>;

            fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
                let caller = request.extensions().get::<Caller>().cloned();
                ready(match caller {
                    None => Err(unauthenticated()),
                    Some(caller) => {
                        let $actor = &caller.actor;
                        if $allowed { Ok(Self(caller)) } else { Err(forbidden()) }
                    }
                })
            }
        }
    };
}

audience!(/// A customer.
    Customer, |actor| actor.role == Role::Customer);
audience!(/// An agent or an admin, or their key.
    Staff, |actor| actor.role.is_staff());
audience!(/// An admin, or their key.
    Admin, |actor| actor.role == Role::Admin);
audience!(/// Anybody who is signed in; never a key.
    Person, |actor| actor.api_key().is_none());

/// Guard of `/api/customer/`: 401 for nobody, 403 for staff, before anything else is looked at.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn customers_only(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    guard(request, next, |role| role == Role::Customer).await
}

/// Guard of `/api/admin/`: 401 for nobody, 403 for customers and for keys that are not for this,
/// before anything else is looked at.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn staff_only(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    guard(request, next, Role::is_staff).await
}

/// Guard of the calls under `/api/auth/` that need somebody: tells who calls where somebody does.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn identify(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match caller_of(&request).await {
        Ok(caller) => {
            if let Err(problem) = count(&request, &caller) {
                return Ok(request.error_response(problem).map_into_right_body());
            }
            request.extensions_mut().insert(caller);
        }
        // A server that cannot tell who calls must not say that nobody does.
        Err(problem) if problem.code() != Code::Unauthenticated => {
            return Ok(request.error_response(problem).map_into_right_body());
        }
        Err(_) => {}
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// A refusal is an answer like any other: as an `Err` it would pass by the layers around this
/// one, and go out without its request id, its security headers and those for other origins.
async fn guard(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    allowed: fn(Role) -> bool,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // Such a request has no body for which it would wait while it has the connection.
    let reads = request.method().is_safe();
    let state = request.app_data::<web::Data<AppState>>().cloned();
    match state.filter(|_| reads) {
        Some(state) => {
            let answer = admit(request, next, allowed);
            state.app.db.on_one_reader(answer).await
        }
        None => admit(request, next, allowed).await,
    }
}

async fn admit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    allowed: fn(Role) -> bool,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    // A path that leads nowhere is a 404 for everybody.
    if let Some(path) = request.match_pattern() {
        let admitted = caller_of(&request).await.and_then(|caller| {
            count(&request, &caller)?;
            if !allowed(caller.actor.role) {
                return Err(forbidden());
            }
            if let Some(key) = caller.actor.api_key() {
                let access = key_access::of(request.method().as_str(), &path);
                if !access.opens_to(key.scopes) {
                    return Err(beyond_key(access));
                }
            }
            Ok(caller)
        });
        match admitted {
            Ok(caller) => {
                request.extensions_mut().insert(caller);
            }
            Err(problem) => return Ok(request.error_response(problem).map_into_right_body()),
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}

/// Counts a call of somebody; how they stand goes out with the answer.
fn count(request: &ServiceRequest, caller: &Caller) -> Result<(), Problem> {
    let state = request.app_data::<web::Data<AppState>>();
    let standing = state.and_then(|state| state.calls.of_caller(&caller.actor));
    let Some(standing) = standing else {
        return Ok(());
    };
    request.extensions_mut().insert(standing);
    standing.check()
}

async fn caller_of(request: &ServiceRequest) -> Result<Caller, Problem> {
    let state = request
        .app_data::<web::Data<AppState>>()
        .ok_or_else(|| Problem::internal("no state"))?;
    let token = bearer_token(request.headers()).ok_or_else(unauthenticated)?;
    if token.starts_with(api_key::PREFIX) {
        let (actor, expires_at) = api_keys::authenticate(&state.app, &state.key_uses, token)
            .await
            .map_err(|error| match error {
                AppError::NotSignedIn => unauthenticated(),
                other => other.into(),
            })?;
        return Ok(Caller {
            actor,
            portal: Portal::Admin,
            // Up to the whole second: with a stream that ends then, its key has ended, too.
            expires_at: expires_at.map(|at| at.timestamp() + 1),
        });
    }
    let bearer = state.tokens.check(token).ok_or_else(unauthenticated)?;
    let (actor, portal) = authenticate(&state.app, bearer.session, bearer.user).await?;
    if portal != bearer.portal {
        return Err(unauthenticated());
    }
    Ok(Caller {
        actor,
        portal,
        expires_at: Some(bearer.expires_at),
    })
}

/// Whether a request to what everybody may call comes from the desk: as its token says, without
/// looking whether the sign-in still holds.
#[must_use]
pub fn is_from_desk(request: &HttpRequest, state: &AppState) -> bool {
    bearer_token(request.headers()).is_some_and(|token| {
        let bearer = state.tokens.check(token);
        api_key::read(token).is_some() || bearer.is_some_and(|b| b.portal == Portal::Admin)
    })
}

fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn unauthenticated() -> Problem {
    Problem::new(
        Code::Unauthenticated,
        "Send a valid access token or API key as Authorization: Bearer.",
    )
}

fn forbidden() -> Problem {
    Problem::new(Code::Forbidden, "Your role does not allow this.")
}

/// A key that its scopes, or what it is, keep from this.
fn beyond_key(access: KeyAccess) -> Problem {
    let detail = match access {
        KeyAccess::Never => "No API key can do this: sign in.".to_owned(),
        KeyAccess::Any(scopes) => {
            let names: Vec<&str> = scopes.iter().map(|s| s.as_str()).collect();
            format!("This needs a key with {}.", names.join(" or "))
        }
        KeyAccess::All(scopes) => {
            let names: Vec<&str> = scopes.iter().map(|s| s.as_str()).collect();
            format!("This needs a key with {}.", names.join(" and "))
        }
    };
    Problem::new(Code::Forbidden, detail)
}
