//! Putting files in their place so that a crash at any moment leaves either what was there before
//! or all that is there after.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use bsm_api::store::folder_of;
use uuid::Uuid;

/// A file that is being written. It goes with its value, unless it was put in its place.
pub(super) struct Part {
    path: PathBuf,
}

impl Part {
    /// An empty file beside `target`, readable by its owner alone.
    pub(super) fn beside(target: &Path) -> io::Result<Self> {
        let path = with_suffix(target, &format!(".{}.part", Uuid::now_v7().simple()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path)?;
        Ok(Self { path })
    }

    /// Fills it. Who may read it stays as it is, whoever may read `from`.
    pub(super) fn fill(&self, from: &Path) -> io::Result<()> {
        let mut part = OpenOptions::new().write(true).open(&self.path)?;
        io::copy(&mut File::open(from)?, &mut part).map(drop)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it in its place, where nothing may be.
    pub(super) fn put_new(self, target: &Path) -> io::Result<()> {
        match fs::hard_link(&self.path, target) {
            Ok(()) => {}
            Err(e) if e.kind() == ErrorKind::AlreadyExists => return Err(e),
            // A file system without hard links: between looking and moving is a moment, then.
            Err(_) if target.try_exists()? => return Err(ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(&self.path, target)?,
        }
        sync_folder(target)
    }

    /// Puts it in its place instead of what is there.
    pub(super) fn put_over(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        sync_folder(target)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(with_suffix(&self.path, suffix));
        }
    }
}

/// The path with something at its end.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A rename is kept once its folder is. Some file systems of networks know no such thing.
fn sync_folder(file: &Path) -> io::Result<()> {
    match File::open(folder_of(file))?.sync_all() {
        Err(e) if matches!(e.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
        synced => synced,
    }
}
