//! How many calls may come: token buckets in this process, by network address, person and API key.
//! Answers tell how they stand, in the form of draft-ietf-httpapi-ratelimit-headers-10.

use std::hash::{BuildHasher as _, Hash, RandomState};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, web};
use bsm_domain::actor::{Actor, Through};
use clap::Args;
use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

use super::limits::network;
use crate::http::client;
use crate::http::problem::{Code, Problem};
use crate::state::AppState;

/// Which limits an answer is under.
pub const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
/// How they stand.
pub const STANDING: HeaderName = HeaderName::from_static("ratelimit");

const WINDOW: u64 = 60;
/// After so many questions a bucket forgets whoever could start afresh anyway.
const TIDY_EVERY: u32 = 1_000;

/// Calls a minute. Each can also be made all at once.
#[derive(Debug, Clone, Copy, Args)]
pub struct CallQuotas {
    /// Calls a minute from one network address, whoever makes them.
    #[arg(long, env = "BSM_LIMIT_ADDRESS", default_value = "6000")]
    pub limit_address: NonZeroU32,

    /// Calls a minute of one person, on all their devices.
    #[arg(long, env = "BSM_LIMIT_USER", default_value = "1200")]
    pub limit_user: NonZeroU32,

    /// Calls a minute with one API key.
    #[arg(long, env = "BSM_LIMIT_KEY", default_value = "600")]
    pub limit_key: NonZeroU32,
}

/// The limits of this process; clones share their counts.
#[derive(Clone)]
pub struct CallLimits(Option<Arc<Buckets>>);

struct Buckets {
    address: Bucket,
    user: Bucket,
    key: Bucket,
    hasher: RandomState,
}

struct Bucket {
    name: &'static str,
    quota: NonZeroU32,
    limiter:
        RateLimiter<u64, DefaultKeyedStateStore<u64>, DefaultClock, StateInformationMiddleware>,
    questions: AtomicU32,
}

/// How one limit stands after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    name: &'static str,
    quota: u32,
    left: u32,
    /// Why the call is refused: how long until the next may come.
    wait: Option<Duration>,
}

impl CallLimits {
    /// Limits of so many calls.
    #[must_use]
    pub fn of(quotas: &CallQuotas) -> Self {
        Self(Some(Arc::new(Buckets {
            address: Bucket::new("address", quotas.limit_address),
            user: Bucket::new("user", quotas.limit_user),
            key: Bucket::new("key", quotas.limit_key),
            hasher: RandomState::new(),
        })))
    }

    /// No limits.
    #[must_use]
    pub const fn off() -> Self {
        Self(None)
    }

    /// Counts a call of somebody. Nothing where there are no limits.
    pub(super) fn of_caller(&self, actor: &Actor) -> Option<Standing> {
        let buckets = self.0.as_deref()?;
        Some(match actor.through {
            Through::Session(_) => buckets.user.take(buckets.hash(actor.user_id)),
            Through::ApiKey(key) => buckets.key.take(buckets.hash(key.id)),
        })
    }
}

impl Buckets {
    /// Hashes with a secret of this process: of one size, and not to be chosen from outside.
    fn hash(&self, of: impl Hash) -> u64 {
        self.hasher.hash_one(of)
    }
}

impl Bucket {
    fn new(name: &'static str, quota: NonZeroU32) -> Self {
        let limiter = RateLimiter::keyed(Quota::per_minute(quota));
        Self {
            name,
            quota,
            limiter: limiter.with_middleware(),
            questions: AtomicU32::new(0),
        }
    }

    fn take(&self, key: u64) -> Standing {
        let nth = self.questions.fetch_add(1, Ordering::Relaxed);
        if nth % TIDY_EVERY == TIDY_EVERY - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        let (left, wait) = match self.limiter.check_key(&key) {
            Ok(state) => (state.remaining_burst_capacity(), None),
            Err(refused) => {
                let wait = refused.wait_time_from(DefaultClock::default().now());
                (0, Some(wait))
            }
        };
        Standing {
            name: self.name,
            quota: self.quota.get(),
            left,
            wait,
        }
    }
}

impl Standing {
    /// The refusal, where it is one.
    ///
    /// # Errors
    /// `rate_limited`
    pub(super) fn check(&self) -> Result<(), Problem> {
        match self.wait {
            None => Ok(()),
            // Rounded up: whoever waits that long is let in.
            Some(wait) => Err(Problem::new(
                Code::RateLimited,
                "Too many calls. Wait a moment, then try again.",
            )
            .retry_after(wait.as_secs() + 1)),
        }
    }

    /// Seconds until all of the quota is there again.
    fn whole_again(&self) -> u64 {
        let missing = u64::from(self.quota.saturating_sub(self.left));
        (missing * WINDOW).div_ceil(u64::from(self.quota))
    }
}

/// Middleware: counts calls of the API by the address they come from, and tells on every answer
/// how that limit stands, and that of the caller where there is one.
///
/// # Errors
/// Those of the handlers, unchanged.
pub async fn middleware(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(standing) = of_address(&request) else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let mut response = match standing.check() {
        Ok(()) => next.call(request).await?.map_into_left_body(),
        Err(problem) => request.error_response(problem).map_into_right_body(),
    };
    let caller = response.request().extensions().get::<Standing>().copied();
    tell(
        response.headers_mut(),
        Some(standing).into_iter().chain(caller),
    );
    Ok(response)
}

fn of_address(request: &ServiceRequest) -> Option<Standing> {
    let path = request.path();
    if !path.starts_with("/api/") && !path.starts_with("/knowledge-base-articles") {
        return None;
    }
    let state = request.app_data::<web::Data<AppState>>()?;
    let buckets = state.calls.0.as_deref()?;
    let from = network(client::address(request.request(), &state.proxies));
    Some(buckets.address.take(buckets.hash(from)))
}

fn tell(headers: &mut HeaderMap, standings: impl Iterator<Item = Standing>) {
    let (mut policies, mut states) = (Vec::new(), Vec::new());
    for s in standings {
        policies.push(format!("\"{}\";q={};w={WINDOW}", s.name, s.quota));
        states.push(format!("\"{}\";r={};t={}", s.name, s.left, s.whole_again()));
    }
    for (name, items) in [(POLICY, policies), (STANDING, states)] {
        if let Ok(value) = HeaderValue::from_str(&items.join(", ")) {
            headers.insert(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_holds_what_it_says_and_tells_how_it_stands() {
        let bucket = Bucket::new("key", NonZeroU32::new(3).unwrap());
        let left: Vec<u32> = (0..3).map(|_| bucket.take(1).left).collect();
        assert_eq!(left, [2, 1, 0]);
        let refused = bucket.take(1);
        assert!(refused.check().is_err() && refused.left == 0);
        assert!(refused.wait.unwrap() <= Duration::from_secs(20));
        assert_eq!(refused.whole_again(), 60);
        assert!(bucket.take(2).check().is_ok(), "somebody else");
        let mut headers = HeaderMap::new();
        tell(&mut headers, [refused].into_iter());
        assert_eq!(headers.get(POLICY).unwrap(), "\"key\";q=3;w=60");
        assert_eq!(headers.get(STANDING).unwrap(), "\"key\";r=0;t=60");
    }

    #[test]
    fn forgets_whoever_could_start_afresh() {
        let bucket = Bucket::new("address", NonZeroU32::MAX);
        for key in 0..u64::from(TIDY_EVERY) * 5 {
            bucket.take(key);
        }
        assert!(bucket.limiter.len() <= TIDY_EVERY as usize);
    }
}
