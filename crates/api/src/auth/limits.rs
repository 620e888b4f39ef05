//! How often somebody may try to sign in, register or set a password: token buckets in this
//! process, by network address and account.

use std::hash::{BuildHasher as _, Hash, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bsm_domain::clock::Time;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::UserId;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::pauses::Pauses;
use crate::http::problem::{Code, Problem};

/// Wrong passwords in a row for one account from one network before the first pause.
const GUESSES: u32 = 5;
/// Wrong passwords for one account from everywhere before the first pause: far more than its owner
/// ever types.
const GUESSES_OF_ALL: u32 = 50;
/// Wrong links in a row from one network before the first pause.
const LINKS: u32 = 5;

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

/// After so many questions a limiter forgets whoever could start afresh anyway.
const TIDY_EVERY: u32 = 1_000;

/// The limits of this process; clones share their counts.
#[derive(Clone)]
pub struct Limits(Option<Arc<Buckets>>);

struct Buckets {
    sign_in: Bucket,
    account: Bucket,
    registration: Bucket,
    password: Bucket,
    empty_search: Bucket,
    forgot: Bucket,
    forgot_account: Bucket,
    guesses: Pauses,
    guesses_of_all: Pauses,
    links: Pauses,
    hasher: RandomState,
}

struct Bucket {
    limiter: DefaultKeyedRateLimiter<u64>,
    questions: AtomicU32,
}

impl Limits {
    /// What holds unless an operator turns it off: sign-ins 30 a minute from one address, and 10 a
    /// minute (5 at once) to one account from there; registrations 10 an hour; passwords set by
    /// link 20 an hour; new ones asked for 20 an hour from one address, 6 for one account; searches
    /// without an answer reported 60 an hour by one person.
    #[must_use]
    pub fn standard() -> Self {
        Self(Some(Arc::new(Buckets {
            sign_in: Bucket::new(30, MINUTE, 30),
            account: Bucket::new(10, MINUTE, 5),
            registration: Bucket::new(10, HOUR, 10),
            password: Bucket::new(20, HOUR, 20),
            empty_search: Bucket::new(60, HOUR, 20),
            forgot: Bucket::new(20, HOUR, 10),
            forgot_account: Bucket::new(6, HOUR, 3),
            guesses: Pauses::after(GUESSES),
            guesses_of_all: Pauses::after(GUESSES_OF_ALL),
            links: Pauses::after(LINKS),
            hasher: RandomState::new(),
        })))
    }

    /// No limits: for tests and measurements.
    #[must_use]
    pub const fn off() -> Self {
        Self(None)
    }

    /// Somebody tries to sign in.
    ///
    /// # Errors
    /// `rate_limited`
    pub fn sign_in(&self, from: IpAddr, account: Option<&EmailAddress>) -> Result<(), Problem> {
        self.ask(|b| b.sign_in.ask(b.key(network(from))))?;
        let account = account.map(EmailAddress::as_str);
        self.ask(|b| b.account.ask(b.key((network(from), account))))
    }

    /// Somebody who tries to sign in failed before, from this network: with the fifth wrong password
    /// in a row the pauses begin, a second, then twice as long each time, up to a quarter of an hour.
    ///
    /// # Errors
    /// `rate_limited`
    pub fn guess(&self, from: IpAddr, account: &EmailAddress, now: Time) -> Result<(), Problem> {
        self.pause(|b| {
            b.guesses
                .wait(b.key((network(from), account.as_str())), now)
        })
    }

    /// Somebody tries to sign in to an account for which others failed before, from anywhere: with
    /// the fiftieth wrong password the pauses begin. They are for strangers: whoever comes from where
    /// the account's owner was signed in before passes, so that nobody can lock them out.
    ///
    /// # Errors
    /// `rate_limited`
    pub fn guess_of_stranger(&self, account: &EmailAddress, now: Time) -> Result<(), Problem> {
        self.pause(|b| b.guesses_of_all.wait(b.key(account.as_str()), now))
    }

    /// A sign-in failed.
    pub fn guessed_wrong(&self, from: IpAddr, account: &EmailAddress, now: Time) {
        if let Some(b) = self.0.as_deref() {
            b.guesses
                .failed(b.key((network(from), account.as_str())), now);
            b.guesses_of_all.failed(b.key(account.as_str()), now);
        }
    }

    /// A sign-in succeeded: whoever is there knows the password. What strangers did elsewhere still
    /// counts.
    pub fn guessed_right(&self, from: IpAddr, account: &EmailAddress) {
        if let Some(b) = self.0.as_deref() {
            b.guesses
                .succeeded(b.key((network(from), account.as_str())));
        }
    }

    /// Somebody who opens a password link has opened links before that were none: with the fifth in
    /// a row the pauses begin, as for [`Limits::guess`].
    ///
    /// # Errors
    /// `rate_limited`
    pub fn link(&self, from: IpAddr, now: Time) -> Result<(), Problem> {
        self.pause(|b| b.links.wait(b.key(network(from)), now))
    }

    /// A password link was none, or was one.
    pub fn link_was(&self, good: bool, from: IpAddr, now: Time) {
        if let Some(b) = self.0.as_deref() {
            let key = b.key(network(from));
            if good {
                b.links.succeeded(key);
            } else {
                b.links.failed(key, now);
            }
        }
    }

    fn pause(&self, ask: impl FnOnce(&Buckets) -> Option<chrono::Duration>) -> Result<(), Problem> {
        self.ask(|buckets| match ask(buckets) {
            None => Ok(()),
            Some(wait) => Err(wait.to_std().unwrap_or_default()),
        })
    }

    /// Somebody registers.
    ///
    /// # Errors
    /// `rate_limited`
    pub fn registration(&self, from: IpAddr) -> Result<(), Problem> {
        self.ask(|b| b.registration.ask(b.key(network(from))))
    }

    /// Somebody sets a password by a link.
    ///
    /// # Errors
    /// `rate_limited`
    pub fn password(&self, from: IpAddr) -> Result<(), Problem> {
        self.ask(|b| b.password.ask(b.key(network(from))))
    }

    /// A customer's portal reports a search that found nothing.
    ///
    /// # Errors
    /// `rate_limited`
    pub fn empty_search(&self, by: UserId) -> Result<(), Problem> {
        self.ask(|b| b.empty_search.ask(b.key(by)))
    }

    /// Somebody says that they forgot a password. What they may ask for does not depend on whether
    /// anybody has the address.
    ///
    /// # Errors
    /// `rate_limited`
    pub fn forgot(&self, from: IpAddr, account: &EmailAddress) -> Result<(), Problem> {
        self.ask(|b| b.forgot.ask(b.key(network(from))))?;
        self.ask(|b| b.forgot_account.ask(b.key(account.as_str())))
    }

    /// Somebody who is signed in tries to change their password.
    ///
    /// # Errors
    /// `rate_limited`
    pub fn own_password(&self, from: IpAddr, user: UserId) -> Result<(), Problem> {
        self.ask(|b| b.account.ask(b.key((network(from), user))))
    }

    fn ask(&self, ask: impl FnOnce(&Buckets) -> Result<(), Duration>) -> Result<(), Problem> {
        let asked = self.0.as_deref().map_or(Ok(()), ask);
        asked.map_err(|wait| {
            // Rounded up: whoever waits that long is let in.
            let seconds = wait.as_secs() + 1;
            Problem::new(
                Code::RateLimited,
                "That was too often. Wait a moment, then try again.",
            )
            .retry_after(seconds)
        })
    }
}

impl Buckets {
    /// Keys are hashes with a secret of this process: of one size, whatever was sent.
    fn key(&self, of: impl Hash) -> u64 {
        self.hasher.hash_one(of)
    }
}

impl Bucket {
    /// `times` in each `period`, and `at_once` of them in a row.
    fn new(times: u32, period: Duration, at_once: u32) -> Self {
        let at_once = NonZeroU32::new(at_once).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(period / times)
            .unwrap_or_else(|| Quota::per_minute(at_once))
            .allow_burst(at_once);
        Self {
            limiter: RateLimiter::keyed(quota),
            questions: AtomicU32::new(0),
        }
    }

    fn ask(&self, key: u64) -> Result<(), Duration> {
        let nth = self.questions.fetch_add(1, Ordering::Relaxed);
        if nth % TIDY_EVERY == TIDY_EVERY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        self.limiter
            .check_key(&key)
            .map_err(|refused| refused.wait_time_from(DefaultClock::default().now()))
    }
}

/// A household has one IPv4 address, but 2^64 IPv6 addresses.
pub(super) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let prefix = v6.to_bits() >> 64 << 64;
            IpAddr::V6(Ipv6Addr::from_bits(prefix))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use actix_web::ResponseError as _;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn five_quick_sign_ins_to_one_account_then_a_wait() {
        let limits = Limits::standard();
        let ana = EmailAddress::parse("ana@acme.example").unwrap();
        let ben = EmailAddress::parse("ben@acme.example").unwrap();
        let here = ip("203.0.113.9");
        for _ in 0..5 {
            limits.sign_in(here, Some(&ana)).unwrap();
        }
        let refused = limits.sign_in(here, Some(&ana)).unwrap_err();
        assert_eq!(refused.code(), Code::RateLimited);
        let answer = refused.error_response();
        let wait = answer.headers().get("Retry-After").unwrap();
        let wait: u64 = wait.to_str().unwrap().parse().unwrap();
        assert!((1..=7).contains(&wait), "{wait}");
        limits.sign_in(here, Some(&ben)).unwrap();
        limits.sign_in(ip("203.0.113.10"), Some(&ana)).unwrap();
    }

    #[test]
    fn an_address_has_a_limit_over_all_accounts() {
        let limits = Limits::standard();
        let tries = (0..40).filter(|n| {
            let who = EmailAddress::parse(&format!("p{n}@acme.example")).unwrap();
            let from = ip(&format!("2001:db8::{n:x}"));
            limits.sign_in(from, Some(&who)).is_ok()
        });
        assert_eq!(tries.count(), 30);
        let off = Limits::off();
        assert!((0..100).all(|_| off.registration(ip("::1")).is_ok()));
        let on = Limits::standard();
        let registered = (0..100).filter(|_| on.registration(ip("::1")).is_ok());
        assert_eq!(registered.count(), 10);
    }

    #[test]
    fn a_stranger_waits_and_the_owner_does_not() {
        let limits = Limits::standard();
        let ana = EmailAddress::parse("ana@acme.example").unwrap();
        let now = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let home = ip("203.0.113.9");
        for n in 0..60 {
            let from = ip(&format!("198.51.100.{n}"));
            limits.guessed_wrong(from, &ana, now);
            assert!(
                limits.guess(from, &ana, now).is_ok(),
                "one failure from there"
            );
        }
        assert!(limits.guess_of_stranger(&ana, now).is_err());
        assert!(limits.guess(home, &ana, now).is_ok());
        for _ in 0..6 {
            limits.guessed_wrong(home, &ana, now);
        }
        let late = now + chrono::Duration::seconds(1);
        assert!(limits.guess(home, &ana, late).is_err());
        assert!(
            limits
                .guess(home, &ana, late + chrono::Duration::seconds(1))
                .is_ok()
        );
        limits.guessed_right(home, &ana);
        assert!(limits.guess(home, &ana, now).is_ok());
        assert!(
            limits.guess_of_stranger(&ana, now).is_err(),
            "strangers still wait"
        );
        assert!(Limits::off().guess_of_stranger(&ana, now).is_ok());
    }

    #[test]
    fn wrong_links_are_slowed_down() {
        let limits = Limits::standard();
        let now = chrono::DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let here = ip("2001:db8::1");
        for _ in 0..5 {
            limits.link(here, now).unwrap();
            limits.link_was(false, here, now);
        }
        let refused = limits.link(ip("2001:db8::2"), now).unwrap_err();
        assert_eq!(refused.code(), Code::RateLimited);
        limits.link_was(true, here, now);
        limits.link(here, now).unwrap();
    }

    #[test]
    fn forgets_whoever_could_start_afresh() {
        let bucket = Bucket::new(1_000, Duration::from_secs(1), 1);
        for key in 0..u64::from(TIDY_EVERY) * 3 {
            let _ = bucket.ask(key);
            if key % 500 == 0 {
                std::thread::sleep(Duration::from_millis(3));
            }
        }
        assert!(bucket.limiter.len() < TIDY_EVERY as usize * 2);
    }
}
