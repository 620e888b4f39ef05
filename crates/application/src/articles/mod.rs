//! The knowledge base: staff write, publish and archive articles; readers find, read and judge
//! them.

mod context;
mod create;
mod delete;
mod empty_searches;
mod from_ticket;
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
mod standing;
mod update;
mod views;
mod vote;

pub use context::{ArticleContext, context};
pub use create::{CreateArticle, create};
pub use delete::delete;
pub use empty_searches::{dismiss, empty_searches, report};
pub use from_ticket::{ArticleDraft, draft_from_ticket};
pub use list::{ArticleList, list, published};
pub use publish::{archive, publish};
pub use read::{ArticleDetail, detail};
pub(crate) use reader::find;
pub use reader::{Reader, Reading, read};
pub(crate) use record::index_again;
pub use restore::{RestoreArticle, restore};
pub use revisions::{Revisions, revision, revisions};
pub use standing::Standing;
pub use update::{UpdateArticle, update};
pub(crate) use views::day_of;
pub use views::{ViewCounter, Visitor};
pub use vote::{VoteArticle, vote};
