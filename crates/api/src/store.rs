//! Opens what an installation keeps: the database, its secret, and the lock that keeps a second
//! process away from an embedded file.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_persistence::{
    ConnectError, Db, DbError, EngineKind, MigrateError, sqlite_file, sqlite_url,
};

use crate::settings::{Secret, StoreSettings};

/// Shortest secret, in bytes: what HMAC-SHA256 makes full use of.
const SECRET_BYTES: usize = 32;

/// What keeps an installation from starting. Every text is for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The data folder cannot be made or written.
    #[error("cannot use the data folder {0}: {1}")]
    DataFolder(PathBuf, io::Error),
    /// Another process serves the same file.
    #[error(
        "another bsm process is using {0}. An embedded database serves one process: stop the other one, or move to PostgreSQL to run several"
    )]
    InUse(PathBuf),
    /// PostgreSQL without a secret.
    #[error(
        "BSM_JWT_SECRET is required with PostgreSQL: at least {SECRET_BYTES} random bytes, the same on every replica (for example: openssl rand -base64 48)"
    )]
    SecretMissing,
    /// A secret that could be guessed.
    #[error("BSM_JWT_SECRET is too short: at least {SECRET_BYTES} bytes")]
    SecretTooShort,
    /// The machine gives no randomness.
    #[error("the operating system gives no random bytes: {0}")]
    NoRandomness(getrandom::Error),
    /// A move into this database broke off.
    #[error(
        "this database is the target of a `bsm move` that was not finished. Run the same command again: it goes on where it stopped. Until then only the database it came from can be served"
    )]
    HalfMoved,
    /// The database does not answer.
    #[error("the database does not answer: {0}")]
    Db(#[from] DbError),
    /// The database does not open.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// Its schema cannot be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
}

/// An opened installation.
pub struct Store {
    /// The database, its schema up to date.
    pub db: Db,
    /// What tokens are signed with.
    pub secret: Secret,
    /// Held as long as the process serves an embedded file.
    _lock: Option<File>,
}

/// Whether this process means to serve, or only to do something beside a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To serve: alone on an embedded file.
    Serve,
    /// A command such as `bsm user create`, also while a server runs.
    Command,
}

impl Store {
    /// Opens the database, runs its migrations and finds the secret.
    ///
    /// # Errors
    /// [`StoreError`], in words for the operator.
    pub async fn open(settings: &StoreSettings, purpose: Purpose) -> Result<Self, StoreError> {
        let folder = &settings.data_dir;
        let url = database_url(settings);
        if settings.database_url.is_none() {
            make_folder(folder)?;
        }
        let lock = match (embedded_file(&url), purpose) {
            (Some(file), Purpose::Serve) => Some(lock(&file)?),
            _ => None,
        };
        if let Some(file) = embedded_file(&url) {
            make_file(&file)?;
        }
        let db = Db::connect(&url).await?;
        let secret = match (&settings.jwt_secret, db.engine()) {
            (Some(secret), _) if secret.expose().len() < SECRET_BYTES => {
                return Err(StoreError::SecretTooShort);
            }
            (Some(secret), _) => secret.clone(),
            (None, EngineKind::Postgres) => return Err(StoreError::SecretMissing),
            (None, EngineKind::Sqlite) => kept_secret(folder)?,
        };
        if db.read(async |tx| tx.move_is_unfinished().await).await? {
            return Err(StoreError::HalfMoved);
        }
        db.migrate().await?;
        if purpose == Purpose::Serve {
            notice_a_restore(&db).await?;
        }
        Ok(Self {
            db,
            secret,
            _lock: lock,
        })
    }
}

/// The database that the settings name.
#[must_use]
pub fn database_url(settings: &StoreSettings) -> String {
    match &settings.database_url {
        Some(url) => url.expose().to_owned(),
        None => sqlite_url(&settings.data_dir.join("bsm.sqlite")),
    }
}

/// The file of an embedded database, where the URL names one.
#[must_use]
pub fn embedded_file(url: &str) -> Option<PathBuf> {
    let file = sqlite_file(url)?;
    // The lock, and what stands beside, are those of the file itself, by whatever link it is named.
    Some(fs::canonicalize(&file).unwrap_or(file))
}

/// On PostgreSQL nobody says that a database was restored, so it is told by its place.
async fn notice_a_restore(db: &Db) -> Result<(), DbError> {
    match db.read(async |tx| tx.event_place().await).await {
        Ok(None) => {}
        Ok(Some(place)) => {
            let now = SystemClock.now();
            let settled = db.write(async |tx| tx.settle_event_place(&place, now).await);
            if settled.await? {
                tracing::info!(
                    "this database was restored, or another server took over: listeners load everything anew"
                );
            }
        }
        Err(error) if error.is_unavailable() => return Err(error),
        Err(error) => tracing::warn!(
            %error,
            "PostgreSQL does not tell where it is, so that a restored database cannot be told from one that lost nothing"
        ),
    }
    Ok(())
}

fn make_folder(folder: &Path) -> Result<(), StoreError> {
    fs::create_dir_all(folder).map_err(|e| StoreError::DataFolder(folder.to_owned(), e))
}

/// Takes the lock beside the database file. The operating system frees it with the process,
/// however that ends.
///
/// # Errors
/// [`StoreError::InUse`] where another process has it.
pub fn lock(database: &Path) -> Result<File, StoreError> {
    let path = database.with_extension("lock");
    let broken = |e| StoreError::DataFolder(path.clone(), e);
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        make_folder(folder)?;
    }
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(broken)?;
    give_to_owner_of(folder_of(&path), &path).map_err(broken)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse(database.to_owned())),
        Err(TryLockError::Error(e)) => Err(broken(e)),
    }
}

/// Makes the file of an embedded database, where there is none: readable by its owner alone, as it
/// holds names and password hashes. What SQLite puts beside it has the same rights.
///
/// # Errors
/// [`StoreError::DataFolder`]
pub fn make_file(database: &Path) -> Result<(), StoreError> {
    let broken = |e| StoreError::DataFolder(database.to_owned(), e);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(database) {
        Ok(_) => give_to_owner_of(folder_of(database), database).map_err(broken),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(broken(e)),
    }
}

/// The folder that a file stands in.
#[must_use]
pub fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Gives a file to whom `like` belongs: an operator who works as root must not lock the server out.
///
/// # Errors
/// [`io::Error`]
pub fn give_to_owner_of(like: &Path, file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, chown};
        let (wanted, is) = (fs::metadata(like)?, fs::metadata(file)?);
        if (wanted.uid(), wanted.gid()) != (is.uid(), is.gid()) && is.uid() == 0 {
            match chown(file, Some(wanted.uid()), Some(wanted.gid())) {
                // Whoever may not give files away is not the one who would lock others out.
                Err(e) if e.kind() == io::ErrorKind::PermissionDenied => {}
                given => given?,
            }
        }
    }
    Ok(())
}

/// The secret of an embedded installation: made at its first start, readable by its owner alone.
fn kept_secret(folder: &Path) -> Result<Secret, StoreError> {
    make_folder(folder)?;
    let path = folder.join("secret");
    let broken = |e| StoreError::DataFolder(path.clone(), e);
    if !path.exists() {
        let mut bytes = [0; 48];
        getrandom::fill(&mut bytes).map_err(StoreError::NoRandomness)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(broken)?;
        file.write_all(URL_SAFE_NO_PAD.encode(bytes).as_bytes())
            .map_err(broken)?;
        file.sync_all().map_err(broken)?;
        give_to_owner_of(folder, &path).map_err(broken)?;
    }
    let mut text = String::new();
    File::open(&path)
        .and_then(|mut f| f.read_to_string(&mut text))
        .map_err(broken)?;
    if text.len() < SECRET_BYTES {
        return Err(StoreError::SecretTooShort);
    }
    Ok(Secret::from(text))
}
