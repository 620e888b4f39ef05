//! Swagger UI over both documents, with a sign-in of its own. Everything comes from this server: its
//! files from the binary, no script stands in the page itself.

use std::sync::Arc;

use actix_web::http::header::{CONTENT_ENCODING, ContentEncoding};
use actix_web::{HttpResponse, ResponseError as _, web};
use utoipa_swagger_ui::{Config, Url};

use crate::http::problem::Problem;

const SIGN_IN_SCRIPT: &str = include_str!("sign-in.js");
const SIGN_IN_STYLE: &str = include_str!("sign-in.css");

/// Swagger UI with both documents in its chooser, under `/api/docs/`.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    let urls = [
        Url::new("Customer API", "/api/openapi/customer.json"),
        Url::new("Admin API", "/api/openapi/admin.json"),
    ];
    let settings = Config::new(urls)
        .persist_authorization(true)
        .try_it_out_enabled(true)
        .filter(true)
        // A hundred operations and as many types take a browser seconds to draw: the groups are
        // opened one by one, and types are shown where they are used.
        .doc_expansion("none")
        .default_models_expand_depth(-1)
        // Else the documents are sent to a validator of Swagger's.
        .validator_url("none");
    let settings: Arc<Config<'static>> = Arc::new(settings);
    config.route("/api/docs", web::get().to(to_docs)).service(
        web::resource("/api/docs/{file:.*}")
            .app_data(web::Data::from(settings))
            .route(web::get().to(file)),
    );
}

async fn to_docs() -> HttpResponse {
    HttpResponse::TemporaryRedirect()
        .insert_header(("Location", "/api/docs/"))
        .finish()
}

async fn file(file: web::Path<String>, settings: web::Data<Config<'static>>) -> HttpResponse {
    match file.as_str() {
        "sign-in.js" => own("text/javascript; charset=utf-8", SIGN_IN_SCRIPT),
        "sign-in.css" => own("text/css; charset=utf-8", SIGN_IN_STYLE),
        name => match utoipa_swagger_ui::serve(name, settings.into_inner()) {
            Ok(Some(found)) if name.is_empty() || name == "index.html" => {
                page(&String::from_utf8_lossy(&found.bytes))
            }
            Ok(Some(found)) => {
                let mut response = HttpResponse::Ok();
                if found.gzpipped {
                    response.insert_header((CONTENT_ENCODING, ContentEncoding::Gzip));
                }
                response
                    .content_type(found.content_type)
                    .body(found.bytes.into_owned())
            }
            Ok(None) => Problem::not_found().error_response(),
            Err(error) => Problem::internal(error).error_response(),
        },
    }
}

fn own(kind: &'static str, text: &'static str) -> HttpResponse {
    HttpResponse::Ok().content_type(kind).body(text)
}

/// The page of Swagger UI, with the sign-in's script and style.
fn page(html: &str) -> HttpResponse {
    let html = html
        .replacen(
            "</head>",
            "<link rel=\"stylesheet\" href=\"sign-in.css\"></head>",
            1,
        )
        .replacen("</body>", "<script src=\"sign-in.js\"></script></body>", 1);
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(html)
}
