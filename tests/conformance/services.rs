//! Services, their versions, lists and place in the search.

use bsm_domain::clock::{Clock as _, SystemClock, Time};
use bsm_domain::form::Form;
use bsm_domain::ids::ServiceId;
use bsm_domain::service::{PriceKind, ServiceContent, ServiceIcon, ServiceStatus};
use bsm_persistence::content::View;
use bsm_persistence::page::Window;
use bsm_persistence::service_lists::{SERVICE_KIND, ServiceFilter};
use bsm_persistence::services::NewServiceVersion;
use bsm_persistence::{Db, DbError, Tx};

fn content(name: &str, category: &str) -> ServiceContent {
    ServiceContent {
        name: name.to_owned(),
        summary: "In a line".to_owned(),
        description: "In *full*".to_owned(),
        icon: ServiceIcon::Laptop,
        category: category.to_owned(),
        price_kind: PriceKind::Fixed,
        price_minor: Some(129_900),
        currency: Some("EUR".to_owned()),
        delivery_days: Some(5),
        owner: None,
        form: serde_json::from_value::<Form>(serde_json::json!({
            "fields": [{"id": "seats", "kind": "number", "label": "Seats", "required": true}]
        }))
        .unwrap(),
    }
}

async fn put(tx: &mut Tx, id: ServiceId, n: i64, content: ServiceContent, at: Time) {
    tx.put_service_version(&NewServiceVersion {
        service_id: id,
        n,
        content,
        author_id: None,
        created_at: at,
    })
    .await
    .unwrap();
}

/// Drafts a service, and publishes it where asked.
async fn service(tx: &mut Tx, name: &str, category: &str, live: bool) -> ServiceId {
    let at = SystemClock.now();
    let id = ServiceId::generate();
    tx.insert_service(id, category, at).await.unwrap();
    put(tx, id, 1, content(name, category), at).await;
    if live {
        tx.lock_service(id).await.unwrap();
        let mut row = tx.service(id).await.unwrap().unwrap();
        row.status = ServiceStatus::Active;
        row.live_version = row.draft_version.take();
        row.published_at = Some(at);
        tx.mark_service_version_published(id, 1, at).await.unwrap();
        tx.update_service(&row).await.unwrap();
    }
    id
}

fn filter(view: View, category: &str) -> ServiceFilter {
    ServiceFilter {
        view,
        statuses: Vec::new(),
        category: Some(category.to_owned()),
    }
}

const ALL: Window = Window {
    limit: 100,
    after: None,
};

/// A category of its own keeps a test apart from the others of the same database.
fn own_category() -> String {
    format!("c{}", ServiceId::generate().0.simple())
}

/// A draft is complete and invisible to customers.
async fn a_draft_reads_back_as_it_was_written(db: &Db) {
    let id = db
        .write(async |tx| Ok::<_, DbError>(service(tx, "Laptop", "Hardware", false).await))
        .await
        .unwrap();
    db.read(async |tx| {
        let row = tx.service(id).await?.unwrap();
        assert_eq!(row.shown.content(), content("Laptop", "Hardware"));
        assert_eq!((row.status, row.version), (ServiceStatus::Draft, 1));
        assert_eq!((row.live_version, row.draft_version), (None, Some(1)));
        assert!(tx.active_service(id).await?.is_none());
        assert!(tx.live_service_versions(&[id]).await?.is_empty());
        assert!(
            tx.service_version(id, 1)
                .await?
                .unwrap()
                .version_published_at
                .is_none()
        );
        assert!(tx.service_version(id, 2).await?.is_none());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Customers see the live version while the draft beside it changes, twice in place.
async fn a_draft_stands_beside_what_is_live(db: &Db) {
    let id = db
        .write(async |tx| {
            let id = service(tx, "Before", "Hardware", true).await;
            let at = SystemClock.now();
            put(tx, id, 2, content("Half", "Hardware"), at).await;
            put(tx, id, 2, content("After", "Hardware"), at).await;
            let mut row = tx.service(id).await?.unwrap();
            row.draft_version = Some(2);
            row.version = 3;
            tx.update_service(&row).await?;
            Ok::<_, DbError>(id)
        })
        .await
        .unwrap();
    db.read(async |tx| {
        let working = tx.service(id).await?.unwrap();
        assert_eq!((working.shown.name.as_str(), working.shown.n), ("After", 2));
        let seen = tx.active_service(id).await?.unwrap();
        assert_eq!((seen.shown.name.as_str(), seen.shown.n), ("Before", 1));
        assert_eq!(seen.version, 3);
        let live = tx.live_service_versions(&[id]).await?;
        assert_eq!(live.len(), 1);
        assert!(live[0].version_published_at.is_some());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Lists are newest first, go on after a cursor, and keep to view, state and category.
async fn lists_keep_to_their_filters(db: &Db) {
    let category = own_category();
    let (first, second, draft) = db
        .write(async |tx| {
            Ok::<_, DbError>((
                service(tx, "First", &category, true).await,
                service(tx, "Second", &category, true).await,
                service(tx, "Draft", &category, false).await,
            ))
        })
        .await
        .unwrap();
    db.read(async |tx| {
        let live = filter(View::Live, &category);
        let ids = |rows: &[bsm_persistence::services::ServiceRow]| {
            rows.iter().map(|r| r.id).collect::<Vec<_>>()
        };
        let page = tx.services(&live, &ALL).await?;
        assert_eq!((ids(&page.items), page.next), (vec![second, first], None));
        let one = Window {
            limit: 1,
            after: None,
        };
        let page = tx.services(&live, &one).await?;
        assert_eq!(ids(&page.items), [second]);
        let after = Window {
            limit: 1,
            after: page.next,
        };
        let page = tx.services(&live, &after).await?;
        assert_eq!((ids(&page.items), page.next), (vec![first], None));

        let mut working = filter(View::Draft, &category);
        let page = tx.services(&working, &ALL).await?;
        assert_eq!(ids(&page.items), [draft, second, first]);
        working.statuses = vec![ServiceStatus::Draft];
        assert_eq!(ids(&tx.services(&working, &ALL).await?.items), [draft]);
        working.statuses = vec![ServiceStatus::Draft, ServiceStatus::Retired];
        assert_eq!(ids(&tx.services(&working, &ALL).await?.items), [draft]);

        for (view, expected) in [(View::Live, 2), (View::Draft, 3)] {
            let mut counted = filter(view, "anything");
            let rows = tx.service_categories(&counted).await?;
            let row = rows.iter().find(|r| r.category == category).unwrap();
            assert_eq!(row.items, expected);
            counted.statuses = vec![ServiceStatus::Retired];
            if view == View::Draft {
                let rows = tx.service_categories(&counted).await?;
                assert!(!rows.iter().any(|r| r.category == category));
            }
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Words are found by their beginnings, in the right view, until they are taken out.
async fn services_are_found_by_their_words(db: &Db) {
    let category = own_category();
    let id = db
        .write(async |tx| {
            let id = service(tx, "Zeppelin", &category, true).await;
            for (view, words) in [(View::Live, "zeppelin"), (View::Draft, "zeppelin airship")] {
                tx.index_content(SERVICE_KIND, view.scope(), id.0, [words, "fly", "high up"])
                    .await?;
            }
            Ok::<_, DbError>(id)
        })
        .await
        .unwrap();
    let found = async |view: View, terms: &[&str]| {
        let terms: Vec<String> = terms.iter().map(|t| (*t).to_owned()).collect();
        let rows = db
            .read(async |tx| tx.search_services(&filter(view, &category), &terms).await)
            .await
            .unwrap();
        rows.iter().any(|row| row.id == id)
    };
    assert!(found(View::Live, &["zepp"]).await);
    assert!(found(View::Live, &["hig", "zeppelin"]).await);
    assert!(!found(View::Live, &["airship"]).await);
    assert!(found(View::Draft, &["airship"]).await);
    assert!(!found(View::Live, &["eppelin"]).await);
    db.write(async |tx| {
        tx.index_content(SERVICE_KIND, "live", id.0, ["balloon", "", ""])
            .await?;
        tx.unindex_content(SERVICE_KIND, "draft", id.0).await
    })
    .await
    .unwrap();
    assert!(!found(View::Live, &["zeppelin"]).await);
    assert!(found(View::Live, &["balloon"]).await);
    assert!(!found(View::Draft, &["zeppelin"]).await);
}

/// What nothing refers to can be deleted with its versions.
async fn an_unused_service_can_be_deleted(db: &Db) {
    let id = db
        .write(async |tx| Ok::<_, DbError>(service(tx, "Short lived", "Hardware", true).await))
        .await
        .unwrap();
    db.write(async |tx| {
        assert!(!tx.service_is_ordered(id).await?);
        tx.delete_service_versions(id).await?;
        tx.delete_service(id).await
    })
    .await
    .unwrap();
    let gone = db.read(async |tx| tx.service(id).await).await.unwrap();
    assert!(gone.is_none());
}

bsm_tests::on_both_engines! {
    a_draft_reads_back_as_it_was_written,
    a_draft_stands_beside_what_is_live,
    lists_keep_to_their_filters,
    services_are_found_by_their_words,
    an_unused_service_can_be_deleted,
}
