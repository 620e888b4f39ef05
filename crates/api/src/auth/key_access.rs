//! Which of the desk's operations which role may call, and which API keys. One line an operation:
//! what has none is closed to keys.

use bsm_domain::actor::Role;
use bsm_domain::api_key::Scope::{
    EventsRead, FeedbackRead, InsightsRead, KbRead, KbWrite, ServicesRead, ServicesWrite,
    TicketsRead, TicketsWrite, UsersRead, UsersWrite,
};
use bsm_domain::api_key::{Scope, Scopes};

/// Which keys may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyAccess {
    /// None: people only.
    Never,
    /// Those with one of these scopes.
    Any(&'static [Scope]),
    /// Those with all of these scopes.
    All(&'static [Scope]),
}

impl KeyAccess {
    /// Whether a key with these scopes may call it.
    #[must_use]
    pub fn opens_to(self, scopes: Scopes) -> bool {
        match self {
            Self::Never => false,
            Self::Any(wanted) => wanted.iter().any(|scope| scopes.contains(*scope)),
            Self::All(wanted) => wanted.iter().all(|scope| scopes.contains(*scope)),
        }
    }
}

/// An operation of the desk.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    /// The HTTP method.
    pub method: &'static str,
    /// The path with its templates, behind `/api/admin`.
    pub path: &'static str,
    /// The least role that may call it.
    pub role: Role,
    /// Which keys may, if their maker may.
    pub keys: KeyAccess,
}

const fn line(method: &'static str, path: &'static str, role: Role, keys: KeyAccess) -> Line {
    Line {
        method,
        path,
        role,
        keys,
    }
}

/// Agents and admins, and keys with one of these scopes.
const fn staff(method: &'static str, path: &'static str, scopes: &'static [Scope]) -> Line {
    line(method, path, Role::Agent, KeyAccess::Any(scopes))
}

/// Admins, and their keys with one of these scopes.
const fn admin(method: &'static str, path: &'static str, scopes: &'static [Scope]) -> Line {
    line(method, path, Role::Admin, KeyAccess::Any(scopes))
}

/// Agents and admins in person.
const fn staff_only(method: &'static str, path: &'static str) -> Line {
    line(method, path, Role::Agent, KeyAccess::Never)
}

/// Admins in person.
const fn admin_only(method: &'static str, path: &'static str) -> Line {
    line(method, path, Role::Admin, KeyAccess::Never)
}

/// Every operation of the desk.
pub const TABLE: &[Line] = &[
    staff("GET", "/tickets", &[TicketsRead]),
    staff("POST", "/tickets", &[TicketsWrite]),
    staff("GET", "/tickets/counts", &[TicketsRead]),
    staff("GET", "/tickets/{id}", &[TicketsRead]),
    staff("PATCH", "/tickets/{id}", &[TicketsWrite]),
    staff("GET", "/tickets/{id}/history", &[TicketsRead]),
    staff("GET", "/tickets/{id}/messages", &[TicketsRead]),
    staff("POST", "/tickets/{id}/messages", &[TicketsWrite]),
    line(
        "GET",
        "/tickets/{id}/article-draft",
        Role::Agent,
        KeyAccess::All(&[TicketsRead, KbRead]),
    ),
    // What a person has begun to write is theirs alone.
    staff_only("GET", "/tickets/{id}/draft"),
    staff_only("PUT", "/tickets/{id}/draft"),
    staff_only("DELETE", "/tickets/{id}/draft"),
    staff("GET", "/feedback", &[FeedbackRead]),
    staff("GET", "/feedback/summary", &[FeedbackRead]),
    // That somebody has looked at it is said by somebody.
    staff_only("POST", "/feedback/{id}/seen"),
    staff_only("POST", "/feedback/{id}/unseen"),
    staff("GET", "/resolutions", &[FeedbackRead]),
    staff("GET", "/customer-insights", &[InsightsRead]),
    staff("GET", "/customer-insights/{customer_id}", &[InsightsRead]),
    staff(
        "GET",
        "/customer-insights/{customer_id}/activity",
        &[InsightsRead],
    ),
    staff("GET", "/dashboard", &[InsightsRead]),
    staff("GET", "/events", &[EventsRead]),
    staff("GET", "/events/log", &[EventsRead]),
    staff("GET", "/knowledge-base", &[KbRead]),
    staff("POST", "/knowledge-base", &[KbWrite]),
    staff("GET", "/knowledge-base/{id}", &[KbRead]),
    staff("PATCH", "/knowledge-base/{id}", &[KbWrite]),
    staff("DELETE", "/knowledge-base/{id}", &[KbWrite]),
    staff("GET", "/knowledge-base/{id}/context", &[KbRead]),
    staff("POST", "/knowledge-base/{id}/publish", &[KbWrite]),
    staff("POST", "/knowledge-base/{id}/archive", &[KbWrite]),
    staff("GET", "/knowledge-base/{id}/revisions", &[KbRead]),
    staff("GET", "/knowledge-base/{id}/revisions/{n}", &[KbRead]),
    staff(
        "POST",
        "/knowledge-base/{id}/revisions/{n}/restore",
        &[KbWrite],
    ),
    staff("GET", "/empty-searches", &[KbRead]),
    staff("POST", "/empty-searches/{id}/dismiss", &[KbWrite]),
    staff("POST", "/empty-searches/{id}/take-up", &[KbWrite]),
    staff("POST", "/markdown/preview", &[KbRead, TicketsRead]),
    staff("GET", "/services", &[ServicesRead]),
    admin("POST", "/services", &[ServicesWrite]),
    staff("GET", "/services/{id}", &[ServicesRead]),
    admin("PATCH", "/services/{id}", &[ServicesWrite]),
    admin("DELETE", "/services/{id}", &[ServicesWrite]),
    admin("POST", "/services/{id}/publish", &[ServicesWrite]),
    admin("POST", "/services/{id}/retire", &[ServicesWrite]),
    // Categories are of services or of articles, which only the category itself tells.
    staff("GET", "/categories", &[ServicesRead, KbRead]),
    staff("GET", "/categories/{id}", &[ServicesRead, KbRead]),
    line("POST", "/categories", Role::Admin, CATALOGS),
    line("PATCH", "/categories/{id}", Role::Admin, CATALOGS),
    line("DELETE", "/categories/{id}", Role::Admin, CATALOGS),
    line("POST", "/categories/{id}/merge", Role::Admin, CATALOGS),
    staff("GET", "/organizations", &[UsersRead]),
    admin("POST", "/organizations", &[UsersWrite]),
    staff("GET", "/organizations/{id}", &[UsersRead]),
    admin("PATCH", "/organizations/{id}", &[UsersWrite]),
    staff("GET", "/users", &[UsersRead]),
    admin("POST", "/users", &[UsersWrite]),
    staff("GET", "/users/{id}", &[UsersRead]),
    admin("PATCH", "/users/{id}", &[UsersWrite]),
    // What lets people in, or says what they did, is for people.
    admin_only("POST", "/users/import"),
    admin_only("POST", "/users/{id}/password-link"),
    admin_only("GET", "/users/{id}/password-links"),
    admin_only("GET", "/users/{id}/sessions"),
    admin_only("DELETE", "/users/{id}/sessions"),
    admin_only("DELETE", "/users/{id}/sessions/{session_id}"),
    staff_only("GET", "/password-requests"),
    admin_only("POST", "/password-requests/{id}/dismiss"),
    admin_only("GET", "/audit"),
    staff_only("GET", "/settings"),
    admin_only("PATCH", "/settings"),
    admin_only("PUT", "/settings/logo"),
    admin_only("DELETE", "/settings/logo"),
    admin_only("GET", "/api-keys"),
    admin_only("POST", "/api-keys"),
    admin_only("GET", "/api-keys/{id}"),
    admin_only("PATCH", "/api-keys/{id}"),
    admin_only("POST", "/api-keys/{id}/revoke"),
    admin_only("GET", "/webhooks"),
    admin_only("POST", "/webhooks"),
    admin_only("GET", "/webhooks/{id}"),
    admin_only("PATCH", "/webhooks/{id}"),
    admin_only("DELETE", "/webhooks/{id}"),
    admin_only("POST", "/webhooks/{id}/rotate-secret"),
    admin_only("POST", "/webhooks/{id}/enable"),
    admin_only("POST", "/webhooks/{id}/disable"),
    admin_only("POST", "/webhooks/{id}/test"),
    admin_only("POST", "/webhooks/{id}/resend"),
    admin_only("GET", "/webhooks/{id}/deliveries"),
    admin_only("GET", "/webhooks/{id}/deliveries/{delivery_id}"),
    admin_only("POST", "/webhooks/{id}/deliveries/{delivery_id}/resend"),
];

const CATALOGS: KeyAccess = KeyAccess::All(&[ServicesWrite, KbWrite]);

/// The line of an operation, by its method and its whole path with templates.
#[must_use]
pub fn line_of(method: &str, path: &str) -> Option<&'static Line> {
    let path = path.strip_prefix("/api/admin")?;
    TABLE
        .iter()
        .find(|line| line.method == method && line.path == path)
}

/// Which keys may call an operation; none where it has no line.
#[must_use]
pub fn of(method: &str, path: &str) -> KeyAccess {
    line_of(method, path).map_or(KeyAccess::Never, |line| line.keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_open_what_they_name_and_nothing_else() {
        let of_scopes = |scopes: &[Scope]| scopes.iter().copied().collect::<Scopes>();
        let read = of_scopes(&[TicketsRead]);
        assert!(of("GET", "/api/admin/tickets/{id}").opens_to(read));
        assert!(!of("PATCH", "/api/admin/tickets/{id}").opens_to(read));
        assert!(!of("GET", "/api/admin/tickets/{id}/article-draft").opens_to(read));
        let both = of_scopes(&[TicketsRead, KbRead]);
        assert!(of("GET", "/api/admin/tickets/{id}/article-draft").opens_to(both));
        let every = Scope::ALL.iter().copied().collect();
        assert!(!of("GET", "/api/admin/audit").opens_to(every));
        assert!(!of("GET", "/api/admin/what-comes-next").opens_to(every));
        assert!(!of("GET", "/api/customer/tickets").opens_to(every));
    }

    #[test]
    fn no_operation_has_two_lines_and_each_scope_opens_something() {
        for (n, line) in TABLE.iter().enumerate() {
            let twice = TABLE[..n]
                .iter()
                .any(|other| (other.method, other.path) == (line.method, line.path));
            assert!(!twice, "{} {}", line.method, line.path);
        }
        for scope in Scope::ALL {
            let alone = of_one(*scope);
            assert!(
                TABLE.iter().any(|line| line.keys.opens_to(alone)),
                "{scope}"
            );
        }
    }

    fn of_one(scope: Scope) -> Scopes {
        [scope].into_iter().collect()
    }
}
