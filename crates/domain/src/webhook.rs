//! Webhooks: the codes of their state, of their deliveries and of what can go wrong.

use crate::codes::codes;

/// Most webhooks of an installation.
pub const WEBHOOKS_MAX: i64 = 50;

/// The type of the event that a test sends. Nobody subscribes to it.
pub const TEST_TYPE: &str = "webhook.test";

codes!(
    /// Whether a webhook is told what happens.
    WebhookState {
        /// It is.
        Active = "active",
        /// It is not.
        Disabled = "disabled",
    }
);

codes!(
    /// Why a webhook is disabled.
    DisabledReason {
        /// An admin wanted it.
        ByAdmin = "by_admin",
        /// Its receiver answered 410: it wants nothing more.
        Gone = "gone",
        /// Nothing could be delivered for days.
        Failing = "failing",
    }
);

codes!(
    /// How a delivery stands.
    DeliveryStatus {
        /// To be attempted, for the first time or again.
        Waiting = "waiting",
        /// The receiver took it.
        Delivered = "delivered",
        /// Given up after the last attempt.
        Failed = "failed",
    }
);

codes!(
    /// What went wrong with an attempt.
    AttemptError {
        /// The address is one that webhooks may not be sent to.
        ForbiddenAddress = "forbidden_address",
        /// The name of the host leads nowhere.
        UnknownHost = "unknown_host",
        /// No connection, or it was cut before an answer.
        NoConnection = "no_connection",
        /// The receiver's certificate, or another part of TLS.
        Tls = "tls",
        /// No answer in time.
        Timeout = "timeout",
        /// What came back is no HTTP.
        NotHttp = "not_http",
        /// A redirect, which is not followed.
        Redirected = "redirected",
        /// An answer that is no success.
        Refused = "refused",
        /// The secret cannot be read: it was kept under another secret of the installation.
        SecretUnreadable = "secret_unreadable",
    }
);
