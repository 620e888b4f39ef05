//! The problems that an operation can answer.

use std::collections::BTreeSet;

use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::{RefOr, Response};

use super::codes;
use super::security::is_open;
use crate::http::once;
use crate::http::problem::Code;

/// Adds the problems that any operation of this shape can answer, and `more`.
pub(super) fn complete(path: &str, operation: &mut Operation, more: &[Code]) {
    let open = is_open(path);
    let parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .flatten()
        .filter_map(|p| match p {
            RefOr::T(parameter) => Some(parameter),
            RefOr::Ref(_) => None,
        })
        .collect();
    let has = |place: ParameterIn| parameters.iter().any(|p| p.parameter_in == place);
    let if_match = parameters.iter().any(|p| p.name == "If-Match");
    let if_match_required = parameters
        .iter()
        .any(|p| p.name == "If-Match" && p.required == utoipa::openapi::Required::True);
    let mut codes = vec![Code::Internal, Code::Unavailable, Code::RateLimited];
    codes.extend(more);
    if !open {
        // One's own account is for people: keys are not let in there either.
        codes.extend([Code::Unauthenticated, Code::Forbidden]);
    }
    if has(ParameterIn::Query) {
        codes.push(Code::InvalidQuery);
        if parameters.iter().any(|p| p.name == "cursor") {
            codes.push(Code::InvalidCursor);
        }
    }
    if may_be_a_file(operation) {
        codes.push(Code::InvalidHeader);
    }
    if has(ParameterIn::Path) {
        codes.push(Code::NotFound);
    }
    if if_match || parameters.iter().any(|p| p.name == "Last-Event-ID") {
        codes.push(Code::InvalidHeader);
    }
    if if_match {
        codes.push(Code::VersionMismatch);
    }
    if if_match_required {
        codes.push(Code::IfMatchRequired);
    }
    if parameters.iter().any(|p| p.name == once::KEY_NAME) {
        codes.extend([Code::InvalidHeader, Code::InProgress, Code::KeyReused]);
    }
    if operation.request_body.is_some() {
        codes.extend([
            Code::MalformedJson,
            Code::BodyTooLarge,
            Code::UnsupportedMediaType,
            Code::InvalidBody,
            Code::BodyStalled,
        ]);
    }
    let statuses: BTreeSet<u16> = codes.iter().map(|c| c.status().as_u16()).collect();
    for status in statuses {
        let of_status = codes.iter().filter(|c| c.status().as_u16() == status);
        add(operation, status, &of_status.copied().collect::<Vec<_>>());
    }
}

/// Whether it answers with a CSV file where `Accept` asks for one.
fn may_be_a_file(operation: &Operation) -> bool {
    match operation.responses.responses.get("200") {
        Some(RefOr::T(response)) => response.content.contains_key("text/csv"),
        _ => false,
    }
}

/// Adds an answer with these codes, or the codes to what stands beside the handler.
fn add(operation: &mut Operation, status: u16, codes: &[Code]) {
    let status = status.to_string();
    let answer = operation.responses.responses.entry(status.clone());
    let answer = answer.or_insert_with(|| RefOr::T(Response::default()));
    let RefOr::T(answer) = answer else {
        return;
    };
    let known = codes::named(&status, &answer.description);
    let mut names: Vec<String> = Vec::new();
    for code in codes.iter().filter(|c| !known.contains(c)) {
        let name = format!("`{}`", code.as_str());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return;
    }
    let names = names.join(" or ");
    answer.description = match answer.description.trim_end_matches('.') {
        "" => names,
        known if known.contains(": ") => format!("{known}. Or {names}."),
        known => format!("{known} or {names}"),
    };
}
