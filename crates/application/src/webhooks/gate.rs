//! Where webhooks may be sent to. Asked twice: when an address is saved, so that people learn of a
//! mistake at once, and whenever a connection is made, because names lead elsewhere later.

use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;

use bsm_domain::address::{is_local_name, is_public};
use bsm_domain::bounds::WEBHOOK_URL_MAX;
use url::{Host, Url};

/// Addresses of a name, to come.
pub type Resolved = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// Whoever knows where a name leads.
pub trait Resolve: Send + Sync + 'static {
    /// All addresses of a host.
    fn resolve(&self, host: &str) -> Resolved;
}

/// The resolver of the operating system.
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, host: &str) -> Resolved {
        let host = host.to_owned();
        Box::pin(async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// Why an address is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not the text of a URL, or one too long.
    #[error("must be a URL such as https://hooks.example.com/bsm")]
    NotAUrl,
    /// Not `https`.
    #[error("must begin with https://")]
    NotHttps,
    /// A name or password in it.
    #[error("must not carry a user name or password")]
    UserInfo,
    /// A fragment, which is never sent.
    #[error("must not have a part behind #")]
    Fragment,
    /// A name or an address of this machine or of a network that is not public.
    #[error("leads to this server or into a network that is not public")]
    Private,
    /// A name that leads nowhere.
    #[error("the name of the host leads nowhere")]
    Unknown,
}

/// Decides where webhooks may be sent to; cheap to clone.
#[derive(Clone)]
pub struct Gate {
    resolver: Arc<dyn Resolve>,
    private: bool,
}

impl Gate {
    /// `private` lets through what is not public, and plain `http`: for local use.
    #[must_use]
    pub fn new(resolver: Arc<dyn Resolve>, private: bool) -> Self {
        Self { resolver, private }
    }

    /// Reads a URL as browsers do, so that every spelling of an address of IPv4 (decimal, octal,
    /// hexadecimal, with fewer parts) is seen as what it is, and refuses what needs no resolver to be
    /// refused.
    ///
    /// # Errors
    /// [`Refusal`], but for [`Refusal::Unknown`].
    pub fn parse(&self, text: &str) -> Result<Url, Refusal> {
        if text.len() > WEBHOOK_URL_MAX {
            return Err(Refusal::NotAUrl);
        }
        let url = Url::parse(text).map_err(|_| Refusal::NotAUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if self.private => {}
            "http" => return Err(Refusal::NotHttps),
            _ => return Err(Refusal::NotAUrl),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refusal::UserInfo);
        }
        if url.fragment().is_some() {
            return Err(Refusal::Fragment);
        }
        match url.host().ok_or(Refusal::NotAUrl)? {
            Host::Domain(name) => self.name(name)?,
            Host::Ipv4(address) => self.address(address.into())?,
            Host::Ipv6(address) => self.address(address.into())?,
        }
        Ok(url)
    }

    /// Where a name leads to: every address of it must be one that may be connected to.
    ///
    /// # Errors
    /// [`Refusal::Private`], [`Refusal::Unknown`]
    pub async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, Refusal> {
        self.name(host)?;
        let found = self.resolver.resolve(host).await;
        let found = found.map_err(|_| Refusal::Unknown)?;
        if found.is_empty() {
            return Err(Refusal::Unknown);
        }
        for address in &found {
            self.address(*address)?;
        }
        Ok(found)
    }

    /// All of it: for an address that is about to be saved.
    ///
    /// # Errors
    /// [`Refusal`]
    pub async fn check(&self, text: &str) -> Result<Url, Refusal> {
        let url = self.parse(text)?;
        if let Some(Host::Domain(name)) = url.host() {
            self.addresses(name).await?;
        }
        Ok(url)
    }

    fn name(&self, host: &str) -> Result<(), Refusal> {
        // A dot at the end is the same name, by which lists of names are walked around.
        let local = host.ends_with('.') || is_local_name(&host.to_ascii_lowercase());
        if local && !self.private {
            return Err(Refusal::Private);
        }
        Ok(())
    }

    fn address(&self, address: IpAddr) -> Result<(), Refusal> {
        if self.private || is_public(address) {
            Ok(())
        } else {
            Err(Refusal::Private)
        }
    }
}
