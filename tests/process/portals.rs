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

/// Scripts are sent as they were compressed by the build, to those who take them so; all get the same.
#[tokio::test]
async fn scripts_are_sent_compressed_to_whom_can_read_them() {
    let data = Folder::new();
    let server = Running::start(&data, &[]);
    let page = server.nobody().get("/customer/").await.text;
    let mut addresses = page
        .split('"')
        .filter(|part| part.contains("/assets/start-"));
    let script = addresses
        .find(|part| part.ends_with(".js"))
        .expect("the first script");
    let ask = async |encodings: &str| {
        let request = server.nobody().request(Method::GET, script);
        let answer = request.header("Accept-Encoding", encodings).send().await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), 200, "{encodings}");
        let of = |name: &str| {
            let value = answer.headers().get(name)?.to_str().ok()?;
            Some(value.to_owned())
        };
        let about = (of("content-encoding"), of("content-type"), of("etag"));
        let varies = of("vary").is_some_and(|vary| vary.to_lowercase().contains("accept-encoding"));
        (about, varies, answer.bytes().await.expect("a body").len())
    };
    let ((none, kind, tag), _, plain) = ask("identity").await;
    assert_eq!(none, None);
    for (wanted, encoding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0.5, gzip;q=0.1", "br"),
        ("br;q=0, gzip", "gzip"),
    ] {
        let (about, varies, size) = ask(wanted).await;
        let expected = (Some(encoding.to_owned()), kind.clone(), tag.clone());
        assert_eq!(about, expected, "{wanted}");
        assert!(varies, "{wanted}: a cache would hand it to everybody");
        assert!(size * 2 < plain, "{wanted}: {size} of {plain} bytes");
    }
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
