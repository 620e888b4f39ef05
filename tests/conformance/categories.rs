//! Categories: every statement of `categories.rs`.

use bsm_domain::article::{ArticleContent, ArticleVisibility};
use bsm_domain::category::{CategoryKind, name_key};
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_domain::form::Form;
use bsm_domain::ids::{ArticleId, CategoryId, ServiceId};
use bsm_domain::service::{PriceKind, ServiceContent, ServiceIcon};
use bsm_persistence::article_revisions::NewArticleRevision;
use bsm_persistence::categories::CategoryEntry;
use bsm_persistence::services::NewServiceVersion;
use bsm_persistence::{Db, DbError, Tx};

fn category(kind: CategoryKind, name: &str, place: i64) -> CategoryEntry {
    let at = SystemClock.now();
    CategoryEntry {
        id: CategoryId::generate(),
        kind,
        name: name.to_owned(),
        name_key: name_key(name),
        icon: ServiceIcon::Shield,
        place,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

/// A name of its own keeps a test apart from the others of the same database.
fn own_name() -> String {
    format!("Own {}", CategoryId::generate().0.simple())
}

async fn service(tx: &mut Tx, category: &str) -> ServiceId {
    let (id, at) = (ServiceId::generate(), SystemClock.now());
    tx.insert_service(id, category, at).await.unwrap();
    put_version(tx, id, 1, category).await;
    id
}

async fn put_version(tx: &mut Tx, id: ServiceId, n: i64, category: &str) {
    tx.put_service_version(&NewServiceVersion {
        service_id: id,
        n,
        content: ServiceContent {
            name: "A service".to_owned(),
            summary: String::new(),
            description: String::new(),
            icon: ServiceIcon::Laptop,
            category: category.to_owned(),
            price_kind: PriceKind::Free,
            price_minor: None,
            currency: None,
            delivery_days: None,
            owner: None,
            form: Form::default(),
        },
        author_id: None,
        created_at: SystemClock.now(),
    })
    .await
    .unwrap();
}

async fn put_revision(tx: &mut Tx, id: ArticleId, n: i64, category: &str) {
    tx.insert_article_revision(&NewArticleRevision {
        article_id: id,
        n,
        content: ArticleContent {
            title: "An article".to_owned(),
            slug: format!("an-article-{id}"),
            summary: String::new(),
            body: "Text.".to_owned(),
            category: category.to_owned(),
            tags: Vec::new(),
            visibility: ArticleVisibility::Public,
        },
        note: None,
        author_id: None,
        restored_from: None,
        created_at: SystemClock.now(),
    })
    .await
    .unwrap();
}

/// What is written is read again, changed and deleted; a folded name is unique in its kind only.
async fn a_category_is_kept_as_written(db: &Db) {
    let name = own_name();
    let first = category(CategoryKind::Service, &name, 7);
    let twin = category(CategoryKind::Service, &name.to_uppercase(), 8);
    let other = category(CategoryKind::Article, &name, 9);
    db.write(async |tx| {
        assert!(tx.insert_category(&first).await?);
        assert!(!tx.insert_category(&twin).await?);
        assert!(tx.insert_category(&other).await?);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    db.read(async |tx| {
        assert_eq!(tx.category(first.id).await?.as_ref(), Some(&first));
        assert!(tx.category(twin.id).await?.is_none());
        let found = tx
            .category_by_key(CategoryKind::Article, &name_key(&name))
            .await?;
        assert_eq!(found.as_ref(), Some(&other));
        let none = tx.category_by_key(CategoryKind::Article, "nobody").await?;
        assert!(none.is_none());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let mut changed = first.clone();
    changed.name = own_name();
    changed.name_key = name_key(&changed.name);
    changed.icon = ServiceIcon::Rocket;
    changed.version = 2;
    db.write(async |tx| {
        tx.lock_categories(CategoryKind::Service).await?;
        tx.update_category(&changed).await?;
        tx.place_category(first.id, 3).await?;
        tx.delete_category(other.id).await
    })
    .await
    .unwrap();
    changed.place = 3;
    db.read(async |tx| {
        assert_eq!(tx.category(first.id).await?.as_ref(), Some(&changed));
        assert!(tx.category(other.id).await?.is_none());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// A name that another one of the kind has is refused by the database, too.
async fn a_name_cannot_be_taken_twice(db: &Db) {
    let first = category(CategoryKind::Service, &own_name(), 1);
    let mut second = category(CategoryKind::Service, &own_name(), 1);
    db.write(async |tx| {
        tx.insert_category(&first).await?;
        tx.insert_category(&second).await
    })
    .await
    .unwrap();
    second.name_key = first.name_key.clone();
    let refused: DbError = db
        .write(async |tx| tx.update_category(&second).await)
        .await
        .unwrap_err();
    assert!(refused.is_unique_violation());
}

/// Each kind comes in the order of its places.
async fn categories_are_in_their_order(db: &Db) {
    let rows: Vec<_> = [902, 900, 901]
        .into_iter()
        .map(|place| category(CategoryKind::Article, &own_name(), place))
        .collect();
    db.write(async |tx| {
        for row in &rows {
            tx.insert_category(row).await?;
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    let all = db
        .read(async |tx| tx.categories(CategoryKind::Article).await)
        .await
        .unwrap();
    let own: Vec<_> = all.iter().filter(|row| row.place >= 900).collect();
    assert_eq!(own, [&rows[1], &rows[2], &rows[0]]);
}

/// What stands under a name by its draft or live counts once, history does not; a new name reaches
/// history, too.
async fn services_stand_under_a_name(db: &Db) {
    let (old, draft, new) = (own_name(), own_name(), own_name());
    let (both, moved) = db
        .write(async |tx| {
            let both = service(tx, &old).await;
            let moved = service(tx, &old).await;
            for (id, live, working) in [(both, 1, None), (moved, 2, Some(3))] {
                put_version(tx, id, 2, &draft).await;
                put_version(tx, id, 3, &draft).await;
                let mut row = tx.service(id).await?.unwrap();
                row.live_version = Some(live);
                row.draft_version = working;
                tx.update_service(&row).await?;
            }
            Ok::<_, DbError>((both, moved))
        })
        .await
        .unwrap();
    db.read(async |tx| {
        let uses = tx.category_uses(CategoryKind::Service).await?;
        let of = |name: &String| uses.iter().find(|u| u.category == *name).map(|u| u.items);
        assert_eq!((of(&old), of(&draft)), (Some(1), Some(1)));
        assert_eq!(tx.services_under(&old).await?, [both]);
        assert_eq!(tx.services_under(&draft).await?, [moved]);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
    db.write(async |tx| {
        tx.rename_in_content(CategoryKind::Service, &old, &new)
            .await
    })
    .await
    .unwrap();
    db.read(async |tx| {
        let history = tx.service_version(moved, 1).await?.unwrap();
        assert_eq!(history.category, new);
        assert_eq!(tx.services_under(&new).await?, [both]);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// The same of articles, whose working copy is their latest revision.
async fn articles_stand_under_a_name(db: &Db) {
    let (old, latest, new) = (own_name(), own_name(), own_name());
    let id = ArticleId::generate();
    db.write(async |tx| {
        tx.insert_article(id, &old, SystemClock.now(), None).await?;
        for (n, name) in [(1, &old), (2, &old), (3, &latest)] {
            put_revision(tx, id, n, name).await;
        }
        let mut row = tx.article(id).await?.unwrap();
        row.latest_revision = 3;
        row.live_revision = Some(2);
        tx.update_article(&row).await
    })
    .await
    .unwrap();
    db.write(async |tx| {
        let uses = tx.category_uses(CategoryKind::Article).await?;
        let of = |name: &String| uses.iter().find(|u| u.category == *name).map(|u| u.items);
        assert_eq!((of(&old), of(&latest)), (Some(1), Some(1)));
        assert_eq!(tx.articles_under(&old).await?, [id]);
        assert_eq!(tx.articles_under(&latest).await?, [id]);
        tx.rename_in_content(CategoryKind::Article, &old, &new)
            .await?;
        assert_eq!(tx.articles_under(&old).await?, []);
        assert_eq!(tx.article_revision(id, 1).await?.unwrap().category, new);
        assert_eq!(tx.article_revision(id, 3).await?.unwrap().category, latest);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

bsm_tests::on_both_engines! {
    a_category_is_kept_as_written,
    a_name_cannot_be_taken_twice,
    categories_are_in_their_order,
    services_stand_under_a_name,
    articles_stand_under_a_name,
}
