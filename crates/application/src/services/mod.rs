//! The catalog: staff draft, publish and retire services; customers order them.

mod catalog;
mod create;
mod delete;
mod list;
mod publish;
mod read;
mod record;
mod request;
mod update;

pub use catalog::{catalog, catalog_item};
pub use create::create;
pub use delete::delete;
pub use list::{ServiceList, list};
pub use publish::{publish, retire};
pub use read::{ServiceDetail, detail};
pub(crate) use record::index_again;
pub use request::{RequestService, request};
pub use update::{UpdateService, update};
