//! Putting files in their place so that a crash at any moment leaves either what was there before
//! or all that is there after.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

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

/// A rename is kept once its folder is.
fn sync_folder(file: &Path) -> io::Result<()> {
    File::open(folder(file))?.sync_all()
}

/// The folder that a file stands in.
pub(super) fn folder(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Gives a file to whom `like` belongs: an operator who works as root must not lock the server out.
pub(super) fn give_to_owner_of(like: &Path, file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, chown};
        let (wanted, is) = (fs::metadata(like)?, fs::metadata(file)?);
        if (wanted.uid(), wanted.gid()) != (is.uid(), is.gid()) && is.uid() == 0 {
            chown(file, Some(wanted.uid()), Some(wanted.gid()))?;
        }
    }
    Ok(())
}
