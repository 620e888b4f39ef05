//! Where a request comes from.

use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::header::USER_AGENT;
use bsm_application::auth::Client;

/// The proxies in front of us whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Arc<[Network]>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Network {
    address: IpAddr,
    prefix: u32,
}

/// A list of proxies that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an address such as 10.0.0.7 or a network such as 10.0.0.0/8")]
pub struct NotANetwork(String);

impl TrustedProxies {
    /// Reads addresses and networks separated by commas; an empty text trusts nobody.
    ///
    /// # Errors
    /// [`NotANetwork`] for the first entry that is neither.
    pub fn parse(list: &str) -> Result<Self, NotANetwork> {
        list.split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(|entry| Network::parse(entry).ok_or_else(|| NotANetwork(entry.to_owned())))
            .collect::<Result<Vec<_>, _>>()
            .map(|networks| Self(networks.into()))
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.holds(address))
    }

    /// The client behind a peer: the last address of `X-Forwarded-For` that is no proxy of ours,
    /// as far as the chain of our own proxies reaches. Whatever stands before it was written by
    /// somebody we do not know.
    fn client(&self, peer: IpAddr, forwarded: &[&str]) -> IpAddr {
        let mut client = peer.to_canonical();
        for hop in forwarded.iter().rev().flat_map(|list| list.rsplit(',')) {
            if !self.trusts(client) {
                break;
            }
            match hop.trim().parse::<IpAddr>() {
                Ok(address) => client = address.to_canonical(),
                Err(_) => break,
            }
        }
        client
    }
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(longest);
        (prefix <= longest).then_some(Self { address, prefix })
    }

    fn holds(&self, other: IpAddr) -> bool {
        match (self.address, other) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                let differ = a.to_bits() ^ b.to_bits();
                differ.leading_zeros() >= self.prefix
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                let differ = a.to_bits() ^ b.to_bits();
                differ.leading_zeros() >= self.prefix
            }
            _ => false,
        }
    }
}

/// The network address of the client.
#[must_use]
pub fn address(request: &HttpRequest, proxies: &TrustedProxies) -> IpAddr {
    let peer = request
        .peer_addr()
        .map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.ip());
    let forwarded: Vec<&str> = request
        .headers()
        .get_all("X-Forwarded-For")
        .map(|value| value.to_str().unwrap_or_default())
        .collect();
    proxies.client(peer, &forwarded)
}

/// What a session remembers of the client.
#[must_use]
pub fn describe(request: &HttpRequest, address: IpAddr) -> Client {
    let user_agent = request
        .headers()
        .get(USER_AGENT)
        .and_then(|value| value.to_str().ok());
    Client {
        address: address.to_string(),
        user_agent: user_agent.unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(proxies: &str, peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies::parse(proxies).unwrap();
        proxies.client(peer.parse().unwrap(), forwarded).to_string()
    }

    #[test]
    fn believes_nobody_but_its_own_proxies() {
        assert_eq!(client("", "203.0.113.9", &["198.51.100.1"]), "203.0.113.9");
        let ours = "10.0.0.0/8, ::1";
        assert_eq!(client(ours, "10.1.2.3", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client(ours, "::1", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(
            client(ours, "::ffff:10.1.2.3", &["198.51.100.1"]),
            "198.51.100.1"
        );
        // What a client claims to have come through does not count.
        assert_eq!(
            client(ours, "10.1.2.3", &["1.1.1.1, 198.51.100.1, 10.9.9.9"]),
            "198.51.100.1"
        );
        assert_eq!(
            client(ours, "10.1.2.3", &["1.1.1.1", "198.51.100.1", "10.9.9.9"]),
            "198.51.100.1"
        );
        assert_eq!(client(ours, "10.1.2.3", &["garbage"]), "10.1.2.3");
        assert_eq!(client(ours, "10.1.2.3", &[]), "10.1.2.3");
    }

    #[test]
    fn reads_networks() {
        for odd in ["10.0.0.0/33", "host.example", "::/129", "1.2.3.4/x"] {
            assert!(TrustedProxies::parse(odd).is_err(), "{odd}");
        }
        let all = TrustedProxies::parse("0.0.0.0/0").unwrap();
        assert!(all.trusts("8.8.8.8".parse().unwrap()));
        assert!(!all.trusts("::1".parse().unwrap()));
    }
}
