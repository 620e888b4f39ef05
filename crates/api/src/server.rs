//! Puts the parts together.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, HttpRequest, HttpResponse, ResponseError as _, web};
use utoipa_actix_web::{AppExt, scope};

use crate::auth::caller::{customers_only, staff_only};
use crate::http::body::payload_config;
use crate::http::problem::Problem;
use crate::http::request_id;
use crate::state::AppState;
use crate::{admin, customer, public};

/// All routes of the product around one state.
pub fn app(
    state: &AppState,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    App::new()
        .app_data(web::Data::new(state.clone()))
        .app_data(payload_config())
        .into_utoipa_app()
        .service(
            scope::scope("/api/customer")
                .wrap(from_fn(customers_only))
                .configure(customer::routes),
        )
        .service(
            scope::scope("/api/admin")
                .wrap(from_fn(staff_only))
                .configure(admin::routes),
        )
        .service(scope::scope("/knowledge-base-articles").configure(public::articles))
        .into_app()
        .default_service(web::to(nothing_here))
        .wrap(from_fn(request_id::middleware))
}

async fn nothing_here(_: HttpRequest) -> HttpResponse {
    Problem::not_found().error_response()
}
