//! What admins decide for the whole desk, and its logo.

use bsm_domain::image::{Image, ImageKind};
use sqlx::FromRow;

use crate::{DbError, Tx};

/// The one row of settings.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `settings`")]
pub struct SettingsRow {
    pub registration_open: bool,
    /// 0 says never; see [`Self::auto_close_after`].
    pub auto_close_days: i64,
    pub rating_window_days: i64,
    pub brand_name: Option<String>,
    pub accent_colour: Option<String>,
    /// The hash of the logo.
    pub logo: Option<String>,
    pub logo_width: Option<i64>,
    pub logo_height: Option<i64>,
    pub version: i64,
}

impl SettingsRow {
    /// After how many days without a word a resolved ticket is closed; `None` for never.
    #[must_use]
    pub fn auto_close_after(&self) -> Option<i64> {
        (self.auto_close_days > 0).then_some(self.auto_close_days)
    }

    /// Makes a picture the logo, or none.
    pub fn set_logo(&mut self, logo: Option<(String, Image)>) {
        let (hash, image) = logo.unzip();
        self.logo = hash;
        self.logo_width = image.map(|i| i.width.into());
        self.logo_height = image.map(|i| i.height.into());
    }
}

/// A logo.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `logos`")]
pub struct LogoRow {
    pub hash: String,
    pub kind: ImageKind,
    pub content: Vec<u8>,
}

const SELECT: &str = "select registration_open, auto_close_days, rating_window_days, brand_name, \
    accent_colour, logo, logo_width, logo_height, version from settings where id = 1";

impl Tx {
    /// The settings; the first migration wrote them.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn settings(&mut self) -> Result<SettingsRow, DbError> {
        self.q(SELECT).one().await
    }

    /// As [`Tx::settings`], and keeps other writers away until the transaction ends.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_settings(&mut self) -> Result<SettingsRow, DbError> {
        self.q(SELECT).for_update().one().await
    }

    /// Writes the settings. The caller has locked them.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn update_settings(&mut self, settings: &SettingsRow) -> Result<(), DbError> {
        self.q(
            "update settings set registration_open = $1, auto_close_days = $2, \
             rating_window_days = $3, brand_name = $4, accent_colour = $5, logo = $6, \
             logo_width = $7, logo_height = $8, version = $9 where id = 1",
        )
        .bind(settings.registration_open)
        .bind(settings.auto_close_days)
        .bind(settings.rating_window_days)
        .bind(settings.brand_name.clone())
        .bind(settings.accent_colour.clone())
        .bind(settings.logo.clone())
        .bind(settings.logo_width)
        .bind(settings.logo_height)
        .bind(settings.version)
        .execute()
        .await
        .map(drop)
    }

    /// Keeps a logo.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_logo(&mut self, logo: &LogoRow) -> Result<(), DbError> {
        self.q("insert into logos (hash, kind, content) values ($1, $2, $3)")
            .bind(logo.hash.clone())
            .bind(logo.kind)
            .bind(logo.content.clone())
            .execute()
            .await
            .map(drop)
    }

    /// Forgets the logo.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delete_logo(&mut self) -> Result<(), DbError> {
        self.q("delete from logos").execute().await.map(drop)
    }

    /// The logo with this hash, if it is the one of now.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn logo(&mut self, hash: &str) -> Result<Option<LogoRow>, DbError> {
        self.q("select hash, kind, content from logos where hash = $1")
            .bind(hash.to_owned())
            .optional()
            .await
    }
}
