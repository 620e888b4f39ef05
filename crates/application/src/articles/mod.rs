//! The knowledge base: staff write, publish and archive articles; readers find, read and judge
//! them.

mod create;
mod delete;
mod list;
mod mend;
mod publish;
mod read;
mod reader;
mod record;
mod related;
mod restore;
mod revise;
mod revisions;
mod slugs;
mod update;
mod vote;

pub use create::{CreateArticle, create};
pub use delete::delete;
pub use list::{ArticleList, list, published};
pub use publish::{archive, publish};
pub use read::{ArticleDetail, detail};
pub use reader::{Reader, Reading, read};
pub(crate) use record::index_again;
pub use restore::{RestoreArticle, restore};
pub use revisions::{Revisions, revision, revisions};
pub use update::{UpdateArticle, update};
pub use vote::{VoteArticle, vote};
