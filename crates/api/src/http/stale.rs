//! The answer to a change of an old version.

use bsm_application::Error;
use serde::Serialize;

use super::problem::Problem;

/// Makes a problem of an error; where an old version was to be changed, with what is there now.
pub async fn or_current<B: Serialize>(
    error: Error,
    current: impl Future<Output = Result<B, Error>>,
) -> Problem {
    if !matches!(error, Error::Stale) {
        return error.into();
    }
    match current.await {
        Ok(body) => Problem::version_mismatch(&body),
        Err(error) => error.into(),
    }
}
