//! People: all staff may read, only admins change.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, get, patch, post, web};
use bsm_application::users::{self, NewPerson};
use bsm_application::{Error, auth};
use bsm_domain::actor::{Actor, OrganizationRole, Role};
use bsm_domain::ids::{OrganizationId, UserId};
use bsm_persistence::page::Window;
use bsm_persistence::user_lists::{UserFilter, UserSort};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::files;
use super::user_dto::{PasswordLinkAnswer, UserCreate, UserUpdate};
use crate::auth::caller::{Admin, Staff};
use crate::dto::user::User;
use crate::http::accept::Wanted;
use crate::http::body::{Body, NoBody};
use crate::http::csv_answer::{self, ROWS};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::params::{CommaList, Params, search_terms, values};
use crate::http::problem::{FieldProblem, Problem};
use crate::http::stale::or_current;
use crate::http::version::{IfMatch, created, versioned};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(index)
        .service(create)
        .service(show)
        .service(update)
        .service(password_link);
}

/// The order of a list of people.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub enum UserOrder {
    /// Newest first.
    #[default]
    #[serde(rename = "-created_at")]
    CreatedFalling,
    /// Oldest first.
    #[serde(rename = "created_at")]
    CreatedRising,
    /// Last seen first.
    #[serde(rename = "-last_seen_at")]
    SeenFalling,
}

impl From<UserOrder> for UserSort {
    fn from(order: UserOrder) -> Self {
        match order {
            UserOrder::CreatedFalling => Self::CreatedFalling,
            UserOrder::CreatedRising => Self::CreatedRising,
            UserOrder::SeenFalling => Self::SeenFalling,
        }
    }
}

/// Filters and order of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UserParams {
    /// With one of these roles, separated by commas.
    #[param(inline, example = "agent,admin")]
    role: Option<CommaList<Role>>,
    /// Whether they may sign in.
    active: Option<bool>,
    /// Of this organization.
    organization: Option<OrganizationId>,
    /// Being this in their organization.
    organization_role: Option<OrganizationRole>,
    /// Having words that begin with these, in name or address.
    #[param(max_length = 200)]
    q: Option<String>,
    /// The order.
    #[param(inline)]
    sort: Option<UserOrder>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Lists people.
///
/// All roles in one place, newest first. With `sort=-last_seen_at` who was never seen stands where
/// they were added.
///
/// With `Accept: text/csv` all rows as a file instead of a page, without `limit` and `cursor`: a
/// line of column names, which are the fields of the JSON rows (`organization.name`), then a line a
/// row; values of a list with `;` between them, and an apostrophe before a text that a spreadsheet
/// would take for a formula. A file that fails on the way is broken off, without its end. Two at
/// once a person. In the
/// order of `-last_seen_at` somebody who comes meanwhile may not be in it; by `created_at` each is
/// there once.
#[utoipa::path(tag = "People", operation_id = "users.list", params(UserParams),
    responses((status = 200, description = "A page of people. As CSV: all people, attached as a file.",
        content((ListAnswer<User> = "application/json"), (String = "text/csv")))))]
#[get("/users")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<UserParams>,
    wanted: Wanted,
) -> Result<HttpResponse, Problem> {
    let Params(params) = params;
    if wanted == Wanted::Csv {
        list::whole(params.limit, params.cursor.as_deref())?;
    }
    let filter = UserFilter {
        roles: values(params.role),
        active: params.active,
        organization: params.organization,
        organization_role: params.organization_role,
        terms: params.q.as_deref().map(search_terms).transpose()?,
    };
    let sort = UserSort::from(params.sort.unwrap_or_default());
    let order = List::USERS.in_order(sort as u8);
    let window = list::window(params.limit, params.cursor.as_deref(), order)?;
    let nothing = filter.terms.as_ref().is_some_and(Vec::is_empty);
    if wanted == Wanted::Csv {
        let (app, actor) = (state.app.for_long_reads(), caller.actor().clone());
        let read = async move |after| {
            if nothing {
                return Ok((Vec::new(), None));
            }
            let window = Window { limit: ROWS, after };
            let page = users::list(&app, &actor, &filter, sort, &window).await?;
            let page = page.map(User::from);
            Ok((page.items, page.next))
        };
        return csv_answer::answer(&state, &caller.0, files::USERS, read).await;
    }
    if nothing {
        return Ok(list::page(&ListAnswer::<User>::empty()));
    }
    let page = users::list(&state.app, caller.actor(), &filter, sort, &window).await?;
    Ok(list::page(&list::answer(page, order, User::from)))
}

/// Adds a person.
///
/// Without a password: hand them a link. Only admins.
#[utoipa::path(tag = "People", operation_id = "users.create", request_body = UserCreate,
    responses((status = 201, description = "The person.", body = User,
            headers(("Location" = String, description = "Where they stand."), ("ETag" = String, description = "Their version."))),
        (status = 409, description = "`email_taken`: somebody has this address.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/users")]
async fn create(
    state: web::Data<AppState>,
    caller: Admin,
    body: Body<UserCreate>,
) -> Result<HttpResponse, Problem> {
    let person = NewPerson::try_from(body.0).map_err(|e| {
        Problem::invalid_body(vec![FieldProblem {
            pointer: "/email".to_owned(),
            code: "bad_format".to_owned(),
            detail: e.to_string(),
        }])
    })?;
    let user = User::from(users::create(&state.app, caller.actor(), person).await?);
    let location = format!("/api/admin/users/{}", user.id);
    Ok(created(user.version, &location, &user))
}

/// Reads one person.
///
/// Staff and customers alike.
#[utoipa::path(tag = "People", operation_id = "users.get",
    params(("id" = UserId, Path, description = "Their id.")),
    responses((status = 200, description = "The person.", body = User,
        headers(("ETag" = String, description = "Their version.")))))]
#[get("/users/{id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let user = read(&state, caller.actor(), parse(&id)?).await?;
    Ok(versioned(StatusCode::OK, user.version, &user))
}

/// Changes a person.
///
/// Another role and `active: false` end all their sign-ins at once. Admins cannot take their own
/// rights or those of the last active admin. Tickets stay with the organization they were asked
/// for: whoever moves to another one keeps seeing their own, and the managers they leave behind
/// keep theirs. Only admins.
#[utoipa::path(tag = "People", operation_id = "users.update", request_body = UserUpdate,
    params(("id" = UserId, Path, description = "Their id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 200, description = "The person.", body = User,
            headers(("ETag" = String, description = "Their version."))),
        (status = 409, description = "`last_admin`, `own_access`: nobody could let others in any more, or you could not.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[patch("/users/{id}")]
async fn update(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: IfMatch,
    body: Body<UserUpdate>,
) -> Result<HttpResponse, Problem> {
    let id = parse(&id)?;
    let changed = users::update(&state.app, caller.actor(), id, &expected.0, body.0.into()).await;
    match changed {
        Ok(row) => {
            let user = User::from(row);
            Ok(versioned(StatusCode::OK, user.version, &user))
        }
        Err(error) => Err(or_current(error, read(&state, caller.actor(), id)).await),
    }
}

/// Makes a link to set a password.
///
/// Hand it to the person: it works once, for 60 minutes, and older links no longer do. Only
/// admins.
#[utoipa::path(tag = "People", operation_id = "users.password_link",
    params(("id" = UserId, Path, description = "Their id.")),
    responses((status = 200, description = "The link. It is shown once.", body = PasswordLinkAnswer)))]
#[post("/users/{id}/password-link")]
async fn password_link(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let link = auth::password_link(&state.app, caller.actor(), parse(&id)?).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .json(PasswordLinkAnswer::from(link)))
}

async fn read(state: &AppState, actor: &Actor, id: UserId) -> Result<User, Error> {
    Ok(users::get(&state.app, actor, id).await?.into())
}

/// What cannot be an id is nobody's.
fn parse(id: &str) -> Result<UserId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}
