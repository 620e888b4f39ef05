//! An admin makes a key.

use bsm_domain::actor::Actor;
use bsm_domain::api_key::{self, MOST_ACTIVE, Scope, Scopes};
use bsm_domain::clock::Time;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::{ApiKeyId, OrganizationId};
use bsm_domain::policy::{self, Capability};
use bsm_persistence::api_keys::{ApiKeyRow, NewApiKey};
use chrono::Duration;
use serde_json::{Map, json};

use super::record::{hash, name, tell};
use crate::users::input::field;
use crate::{App, Conflict, Error, FieldError, Result, Stamp};

/// The furthest that an expiry may lie ahead.
const LONGEST: Duration = Duration::days(3_660);
/// Random bytes to make a secret of: far more than it takes.
const RANDOM: usize = 128;

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// What it is called: one line of 1 to 80 characters.
    pub name: String,
    /// What it is for, at least one.
    pub scopes: Scopes,
    /// The one organization whose things it is to see.
    pub organization: Option<OrganizationId>,
    /// When it ends by itself: in the future, at most ten years ahead.
    pub expires_at: Option<Time>,
}

/// A new key: the only time that the whole of it is there to read.
#[derive(Clone)]
pub struct CreatedKey {
    /// What is kept of it.
    pub row: ApiKeyRow,
    /// The key itself.
    pub key: String,
}

/// Makes a key. It acts for its maker, with their rights of the moment it is used.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] where name, scopes, organization or expiry do not fit;
/// [`Conflict::TooManyKeys`].
pub async fn create(app: &App, actor: &Actor, input: NewKey) -> Result<CreatedKey> {
    policy::require(actor, Capability::Manage)?;
    policy::in_person(actor)?;
    let stamp = Stamp::of(app, actor);
    let input = check(input, stamp.at)?;
    let id = ApiKeyId::generate();
    let mut random = [0; RANDOM];
    getrandom::fill(&mut random).map_err(|_| Error::Internal("no randomness"))?;
    let secret = api_key::secret(random).ok_or(Error::Internal("too little randomness"))?;
    let key = api_key::write(id, &secret);
    let new = NewApiKey {
        id,
        name: input.name,
        hint: api_key::hint(&key),
        key_hash: hash(&key),
        scopes: input.scopes,
        organization_id: input.organization,
        created_by: actor.user_id,
        created_at: stamp.at,
        expires_at: input.expires_at,
    };
    let row = app
        .db
        .write(async |tx| {
            // Two that are made at once take turns, so that they are counted right.
            tx.lock_active_admins().await?;
            if tx.count_active_api_keys(stamp.at).await? >= MOST_ACTIVE {
                return Err(Conflict::TooManyKeys.into());
            }
            if let Some(organization) = new.organization_id
                && tx.organization(organization).await?.is_none()
            {
                let pointer = "/organization_id";
                let unknown = FieldError::unknown_reference(pointer, "names no organization");
                return Err(Error::Invalid(vec![unknown]));
            }
            tx.insert_api_key(&new).await?;
            let scopes: Vec<&str> = new.scopes.iter().map(Scope::as_str).collect();
            let detail = Map::from_iter([
                ("scopes".into(), json!(scopes)),
                ("organization_id".into(), json!(new.organization_id)),
                ("expires_at".into(), json!(new.expires_at)),
            ]);
            let kind = EventKind::ApiKeyCreated;
            tell(tx, &stamp, id, kind, Changes::none(), detail).await?;
            tx.api_key(id).await?.ok_or(Error::NotFound)
        })
        .await?;
    Ok(CreatedKey { row, key })
}

fn check(input: NewKey, now: Time) -> Result<NewKey> {
    let name = name(&input.name)?;
    if input.scopes.is_empty() {
        return Err(field(
            "/scopes",
            "too_short",
            "must name at least one scope",
        ));
    }
    if input.organization.is_some()
        && let Some(scope) = input.scopes.iter().find(|s| !s.is_by_organization())
    {
        let detail = format!("{scope} cannot be limited to an organization");
        return Err(field("/scopes", "not_allowed", &detail));
    }
    if let Some(at) = input.expires_at
        && (at <= now || at > now + LONGEST)
    {
        let detail = "must lie in the future, at most ten years ahead";
        return Err(field("/expires_at", "out_of_range", detail));
    }
    Ok(NewKey { name, ..input })
}
