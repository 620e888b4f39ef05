//! The portals that the binary carries.

use bsm_tests::bsm::{Folder, Running};
use bsm_tests::send;
use reqwest::Method;

#[tokio::test]
async fn pages_can_be_asked_for_and_asked_about() {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    let nobody = server.nobody();
    for path in [
        "/",
        "/customer",
        "/customer/",
        "/admin/tickets/TKT-1",
        "/admin/config.json",
    ] {
        let page = nobody.get(path).await;
        let about = send(nobody.request(Method::HEAD, path)).await;
        assert!(
            page.status < 400,
            "{path}: {} (are the portals built? npm run build)",
            page.status
        );
        assert_eq!(about.status, page.status, "{path}");
        assert_eq!(about.text, "", "{path}");
        for name in ["content-type", "cache-control", "etag", "location"] {
            assert_eq!(
                about.headers.get(name),
                page.headers.get(name),
                "{path}: {name}"
            );
        }
    }
    let nothing = nobody.request(Method::HEAD, "/customer/nothing.js");
    let nothing = nothing.send().await.expect("an answer");
    assert_eq!(nothing.status(), 404);
}

/// A page that was sent compressed has a weak tag; a browser that shows it gets no second copy.
#[tokio::test]
async fn a_page_that_has_not_changed_is_not_sent_again() {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    let page = server.nobody().get("/customer/").await;
    let tag = page.headers["etag"].to_str().expect("a tag").to_owned();
    for known in [tag.clone(), format!("W/{}", tag.trim_start_matches("W/"))] {
        let request = server.nobody().request(Method::GET, "/customer/");
        let again = send(request.header("If-None-Match", &known)).await;
        assert_eq!((again.status, again.text.as_str()), (304, ""), "{known}");
    }
    let request = server.nobody().request(Method::GET, "/customer/");
    let other = send(request.header("If-None-Match", "\"another\"")).await;
    assert_eq!(other.status, 200);
}
