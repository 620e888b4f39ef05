//! What an operator can decide: the environment, read once at the start. `bsm serve --help` is
//! the manual.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::auth::call_limits::CallQuotas;

/// A text that never shows itself in a log or an error.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// The text itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(hidden)")
    }
}

/// Whether requests are limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LimitsMode {
    /// As documented.
    On,
    /// Not at all: for tests and benchmarks.
    Off,
}

/// Where everything is kept.
#[derive(Debug, Clone, Args)]
pub struct StoreSettings {
    /// The database: `sqlite:path/to/file` or `postgres://user:password@host/name`. Without it a
    /// SQLite file in the data folder.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<Secret>,

    /// The data folder: the SQLite file and, with it, the secret made at the first start.
    #[arg(long, env = "BSM_DATA_DIR", default_value = "./data")]
    pub data_dir: PathBuf,

    /// The address people open in their browser. Links are built from it, never from a request.
    /// Without it `http://` and the address that is listened on.
    #[arg(long, env = "BSM_PUBLIC_URL")]
    pub public_url: Option<String>,

    /// Signs access and refresh tokens: at least 32 bytes, the same on all replicas. Required
    /// with PostgreSQL; with SQLite one is made once and kept in the data folder (mode 0600).
    #[arg(long, env = "BSM_JWT_SECRET", hide_env_values = true)]
    pub jwt_secret: Option<Secret>,
}

impl StoreSettings {
    /// The address people open, where a server listens on this one.
    #[must_use]
    pub fn public_url(&self, bind: SocketAddr) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None if bind.ip().is_unspecified() => format!("http://localhost:{}", bind.port()),
            None => format!("http://{bind}"),
        }
    }
}

/// How the server runs.
#[derive(Debug, Clone, Args)]
pub struct ServeSettings {
    /// Where everything is kept.
    #[command(flatten)]
    pub store: StoreSettings,

    /// The address and port to listen on.
    #[arg(long, env = "BSM_BIND", default_value = "127.0.0.1:3000")]
    pub bind: SocketAddr,

    /// Further origins whose pages may call the API, separated by commas: portals on hosts of
    /// their own, such as `https://help.example.com`. They must share a registrable domain with
    /// the API, or browsers will not send its cookies.
    #[arg(long, env = "BSM_ALLOWED_ORIGINS", value_delimiter = ',')]
    pub allowed_origins: Vec<String>,

    /// Addresses or networks of reverse proxies whose `X-Forwarded-For` is believed, separated by commas.
    #[arg(long, env = "BSM_TRUSTED_PROXIES", default_value = "")]
    pub trusted_proxies: String,

    /// Rate limits: of all calls, and the stricter ones of sign-in, registration and password links.
    #[arg(long, env = "BSM_LIMITS", value_enum, default_value = "on")]
    pub limits: LimitsMode,

    /// How many calls may come, in each process.
    #[command(flatten)]
    pub quotas: CallQuotas,

    /// Fills an empty database with demo data, marks it, and goes on with one that carries the
    /// mark. Any other database is refused. The demo's passwords are public: never for real use.
    #[arg(long, env = "BSM_DEMO", default_value = "false", action = clap::ArgAction::Set)]
    pub demo: bool,

    /// Whether this process serves the two portals beside the API.
    #[arg(long, env = "BSM_PORTALS", default_value = "true", action = clap::ArgAction::Set)]
    pub portals: bool,

    /// The address and port of `GET /metrics` for Prometheus, such as `127.0.0.1:9464`. Nothing is
    /// served there without it, and whoever reaches it can read it: not for the outside.
    #[arg(long, env = "BSM_METRICS_BIND")]
    pub metrics_bind: Option<SocketAddr>,

    /// Lets webhooks be sent to this machine, to private networks and over plain http. For local use
    /// only: whoever is an admin could make the server call whatever it can reach.
    #[arg(long, env = "BSM_WEBHOOK_ALLOW_PRIVATE", default_value = "false", action = clap::ArgAction::Set)]
    pub webhook_allow_private: bool,

    /// How long running requests may take after a request to stop, in seconds.
    #[arg(long, env = "BSM_DRAIN_SECONDS", default_value = "10")]
    pub drain_seconds: u64,

    /// Threads that answer requests; without it one a core.
    #[arg(long, env = "BSM_WORKERS")]
    pub workers: Option<usize>,
}
