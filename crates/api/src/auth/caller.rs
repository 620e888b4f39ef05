//! The audience in the type: a handler that takes a [`Customer`] cannot be called by anybody else.

use std::future::{Ready, ready};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage as _, HttpRequest, web};
use bsm_application::auth::authenticate;
use bsm_domain::actor::{Actor, Portal, Role};

use super::token::Bearer;
use crate::http::problem::{Code, Problem};
use crate::state::AppState;

/// The caller of a request that passed one of the guards below.
#[derive(Clone)]
pub struct Caller {
    /// Who, with the rights of this moment.
    pub actor: Actor,
    /// What their token says.
    pub bearer: Bearer,
}

macro_rules! audience {
    ($(#[$doc:meta])* $name:ident, |$role:ident| $allowed:expr) => {
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
                        let $role = caller.actor.role;
                        if $allowed { Ok(Self(caller)) } else { Err(forbidden()) }
                    }
                })
            }
        }
    };
}

audience!(/// A customer.
    Customer, |role| role == Role::Customer);
audience!(/// An agent or an admin.
    Staff, |role| role.is_staff());
audience!(/// An admin.
    Admin, |role| role == Role::Admin);
audience!(/// Anybody who is signed in.
    Person, |role| matches!(role, Role::Customer | Role::Agent | Role::Admin));

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

/// Guard of `/api/admin/`: 401 for nobody, 403 for customers, before anything else is looked at.
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
    // A path that leads nowhere is a 404 for everybody.
    if request.match_pattern().is_some() {
        let admitted = caller_of(&request).await.and_then(|caller| {
            if allowed(caller.actor.role) {
                Ok(caller)
            } else {
                Err(forbidden())
            }
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

async fn caller_of(request: &ServiceRequest) -> Result<Caller, Problem> {
    let state = request
        .app_data::<web::Data<AppState>>()
        .ok_or_else(|| Problem::internal("no state"))?;
    let token = bearer_token(request.headers()).ok_or_else(unauthenticated)?;
    let bearer = state.tokens.check(token).ok_or_else(unauthenticated)?;
    let (actor, portal) = authenticate(&state.app, bearer.session, bearer.user).await?;
    if portal != bearer.portal {
        return Err(unauthenticated());
    }
    Ok(Caller { actor, bearer })
}

/// Whether a request to what everybody may call comes from the desk: as its token says, without
/// looking whether the sign-in still holds.
#[must_use]
pub fn is_from_desk(request: &HttpRequest, state: &AppState) -> bool {
    bearer_token(request.headers())
        .and_then(|token| state.tokens.check(token))
        .is_some_and(|bearer| bearer.portal == Portal::Admin)
}

fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn unauthenticated() -> Problem {
    Problem::new(
        Code::Unauthenticated,
        "Send a valid access token as Authorization: Bearer.",
    )
}

fn forbidden() -> Problem {
    Problem::new(Code::Forbidden, "Your role does not allow this.")
}
