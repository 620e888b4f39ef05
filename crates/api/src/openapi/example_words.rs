//! What fields say in examples, by their names and formats.

use serde_json::{Number, Value};

const ID: &str = "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f";

/// A text that the schema allows; `holder` is the named schema that the field is part of.
pub(super) fn text(schema: &Value, holder: &str, name: &str) -> String {
    let by_format = match schema["format"].as_str() {
        Some("uuid") => Some(ID),
        Some("date-time") => Some("2026-01-15T09:30:00Z"),
        Some("date") => Some("2026-01-15"),
        Some("byte") => Some("iVBORw0KGgo="),
        Some("time-zone") => Some("Europe/Berlin"),
        Some("language") => Some("en"),
        Some("uri") => Some("https://desk.example/customer/"),
        _ => None,
    };
    let wanted = by_format.unwrap_or_else(|| by_name(holder, name));
    let longest = schema["maxLength"].as_u64().unwrap_or(u64::MAX);
    let shortest = schema["minLength"].as_u64().unwrap_or(0);
    let longest = usize::try_from(longest).unwrap_or(usize::MAX);
    let mut text: String = wanted.chars().take(longest).collect();
    while (text.chars().count() as u64) < shortest {
        text.push('x');
    }
    text
}

fn by_name(holder: &str, name: &str) -> &'static str {
    match name {
        "name" if holder.contains("Organization") => "Acme",
        "name" if holder.contains("Service") => "Laptop for a new colleague",
        "name" if holder.contains("Category") => "Support",
        "name" if holder.contains("Key") => "Nightly export",
        "email" | "requester_email" => "ana@acme.example",
        "password" | "current_password" | "new_password" => "correct horse battery",
        "access_token" => "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl",
        "token" => "c2luZ2xlLXVzZS1saW5r",
        "name" | "author" | "actor" => "Ana Alves",
        "brand_name" => "Acme Service Desk",
        "subject" => "The printer on the second floor is offline",
        "title" => "Reset your password",
        "summary" => "In three steps, without calling anybody.",
        "description" | "body" | "reply" | "note" => "It blinks **red** since this morning.",
        "description_html" | "body_html" => {
            "<p>It blinks <strong>red</strong> since this morning.</p>\n"
        }
        "comment" => "Fast and friendly, thank you.",
        "category" => "Support",
        "slug" | "old_slugs" => "reset-your-password",
        "tags" | "tag" => "accounts",
        "number" | "follow_up_of" => "TKT-12",
        "currency" => "EUR",
        "pattern" => "^[A-Z]{2}-[0-9]{4}$",
        "id" | "field" => "cost_center",
        "label" => "Cost center",
        "help" => "As it stands on the invoice.",
        "value" | "default" | "raw" => "DE-1234",
        "user_agent" => "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "address" => "203.0.113.7",
        "q" => "vpn",
        "url" => "/api/branding/logo/5f0c",
        "code" => "too_short",
        "detail" => "must have at least 3 characters",
        "pointer" => "/subject",
        "type" => "urn:bsm:problem:not_found",
        "changes" => "status",
        "organizations" => "Acme",
        _ => "text",
    }
}

/// A whole number for a field of this name.
pub(super) fn count(name: &str) -> Number {
    Number::from(match name {
        "status" => 404,
        "score" => 5,
        "price_minor" => 4_900,
        "delivery_days" => 3,
        "expires_in" => 600,
        "version" | "published_version" | "service_version" => 5,
        _ if name.ends_with("_seconds") || name == "median" => 5_400,
        "p90" => 14_400,
        "total" | "count" => 12,
        _ => 2,
    })
}

/// A number that need not be whole.
pub(super) fn measure(name: &str) -> Number {
    let value = match name {
        "average" => 4.5,
        "satisfied_percent" | "percent" => 87.5,
        _ => 0.5,
    };
    Number::from_f64(value).unwrap_or_else(|| Number::from(0))
}

/// Yes or no.
pub(super) fn truth(name: &str) -> bool {
    !matches!(name, "more" | "reopened" | "required" | "dry_run")
}
