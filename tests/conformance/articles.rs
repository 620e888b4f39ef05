//! Articles, their revisions, slugs, lists and place in the search.

use bsm_domain::article::{ArticleContent, ArticleStatus, ArticleVisibility};
use bsm_domain::clock::{Clock as _, SystemClock};
use bsm_domain::ids::{ArticleId, TicketId};
use bsm_persistence::article_lists::{ARTICLE_KIND, ArticleFilter, ArticleSort};
use bsm_persistence::article_revisions::NewArticleRevision;
use bsm_persistence::content::View;
use bsm_persistence::page::Window;
use bsm_persistence::{Db, DbError};
use bsm_tests::seed::{self, at};
use uuid::Uuid;

use crate::article_seed::*;

/// A draft is complete and no reader's.
async fn a_draft_reads_back_as_it_was_written(db: &Db) {
    let written = content("Draft", "Support", &["vpn", "remote work"]);
    let id = db
        .write(async |tx| Ok::<_, DbError>(article(tx, written.clone(), false).await))
        .await
        .unwrap();
    db.read(async |tx| {
        let row = tx.article(id).await?.unwrap();
        assert_eq!(row.shown.content(), written);
        assert_eq!((row.status, row.version), (ArticleStatus::Draft, 1));
        assert_eq!((row.latest_revision, row.live_revision), (1, None));
        for view in [View::Draft, View::Live, View::Public] {
            assert!(tx.published_article(id, view).await?.is_none());
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Readers see the live revision while newer ones are written, and only what is for them.
async fn readers_see_the_live_revision(db: &Db) {
    let (open, closed) = db
        .write(async |tx| {
            let open = article(tx, content("Before", "Support", &[]), true).await;
            save(tx, open, 2, content("After", "Support", &[])).await;
            let mut row = tx.article(open).await?.unwrap();
            row.latest_revision = 2;
            tx.update_article(&row).await?;
            let closed = ArticleContent {
                visibility: ArticleVisibility::Customers,
                ..content("Closed", "Support", &[])
            };
            Ok::<_, DbError>((open, article(tx, closed, true).await))
        })
        .await
        .unwrap();
    db.read(async |tx| {
        assert_eq!(tx.article(open).await?.unwrap().shown.title, "After");
        for view in [View::Live, View::Public] {
            let seen = tx.published_article(open, view).await?.unwrap();
            assert_eq!((seen.shown.title.as_str(), seen.shown.n), ("Before", 1));
        }
        assert_eq!(tx.article_revision(open, 1).await?.unwrap().title, "Before");
        assert!(tx.article_revision(open, 3).await?.is_none());
        assert!(tx.published_article(closed, View::Live).await?.is_some());
        assert!(tx.published_article(closed, View::Public).await?.is_none());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Revisions come newest first, page by page, with all that was saved with them.
async fn revisions_are_listed_newest_first(db: &Db) {
    let told = NewArticleRevision {
        article_id: ArticleId::generate(),
        n: 2,
        content: content("Second", "Support", &["vpn"]),
        note: Some("A typo".to_owned()),
        author_id: None,
        created_at: SystemClock.now(),
        restored_from: Some(1),
    };
    let (id, other) = db
        .write(async |tx| {
            let id = article(tx, content("First", "Support", &[]), false).await;
            let other = article(tx, content("Other", "Support", &[]), false).await;
            let revision = NewArticleRevision {
                article_id: id,
                ..told.clone()
            };
            tx.insert_article_revision(&revision).await?;
            save(tx, id, 10, content("Third", "Support", &[])).await;
            Ok::<_, DbError>((id, other))
        })
        .await
        .unwrap();
    db.read(async |tx| {
        let two = Window {
            limit: 2,
            after: None,
        };
        let page = tx.article_revisions(id, &two).await?;
        assert_eq!([page.items[0].n, page.items[1].n], [10, 2]);
        let second = &page.items[1];
        assert_eq!(second.content(), told.content);
        assert_eq!(
            (&second.note, second.restored_from),
            (&told.note, told.restored_from)
        );
        assert_eq!(second.revised_at, told.created_at);
        assert_eq!(tx.article_revision(id, 2).await?.as_ref(), Some(second));
        let after = Window {
            limit: 2,
            after: page.next,
        };
        let page = tx.article_revisions(id, &after).await?;
        assert_eq!((page.items.len(), page.items[0].n, page.next), (1, 1, None));
        assert_eq!(tx.article_revisions(other, &ALL).await?.items.len(), 1);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Lists keep to view, state, category and tag, and go on after a cursor.
async fn lists_keep_to_their_filters(db: &Db) {
    let category = own_word();
    let (first, second, closed, draft) = db
        .write(async |tx| {
            let first = article(tx, content("First", &category, &["vpn", "a'b"]), true).await;
            let second = article(tx, content("Second", &category, &["mail"]), true).await;
            let hidden = ArticleContent {
                visibility: ArticleVisibility::Customers,
                ..content("Closed", &category, &["vpn"])
            };
            let closed = article(tx, hidden, true).await;
            let draft = article(tx, content("Draft", &category, &["vpn"]), false).await;
            Ok::<_, DbError>((first, second, closed, draft))
        })
        .await
        .unwrap();
    db.read(async |tx| {
        let live = in_category(View::Live, &category);
        let open = in_category(View::Public, &category);
        let mut working = in_category(View::Draft, &category);
        let page = tx.articles(&live, ArticleSort::Latest, &ALL).await?;
        assert_eq!(ids(&page.items), [closed, second, first]);
        assert!(page.items.iter().all(|row| row.shown.body.is_empty()));
        assert_eq!(
            ids(&tx.articles(&open, ArticleSort::Latest, &ALL).await?.items),
            [second, first]
        );
        assert_eq!(
            tx.articles(&working, ArticleSort::Latest, &ALL)
                .await?
                .items
                .len(),
            4
        );
        working.statuses = vec![ArticleStatus::Draft];
        assert_eq!(
            ids(&tx
                .articles(&working, ArticleSort::Latest, &ALL)
                .await?
                .items),
            [draft]
        );
        working.statuses = vec![ArticleStatus::Draft, ArticleStatus::Archived];
        assert_eq!(
            ids(&tx
                .articles(&working, ArticleSort::Latest, &ALL)
                .await?
                .items),
            [draft]
        );

        for (tag, expected) in [
            ("vpn", vec![closed, first]),
            ("a'b", vec![first]),
            ("vp", vec![]),
        ] {
            let mut tagged = live.clone();
            tagged.tag = Some(tag.to_owned());
            assert_eq!(
                ids(&tx.articles(&tagged, ArticleSort::Latest, &ALL).await?.items),
                expected,
                "{tag}"
            );
        }

        let one = Window {
            limit: 1,
            after: None,
        };
        let page = tx.articles(&open, ArticleSort::Latest, &one).await?;
        assert_eq!(ids(&page.items), [second]);
        let after = Window {
            limit: 1,
            after: page.next,
        };
        let page = tx.articles(&open, ArticleSort::Latest, &after).await?;
        assert_eq!((ids(&page.items), page.next), (vec![first], None));

        for (view, expected) in [(View::Draft, 4), (View::Live, 3), (View::Public, 2)] {
            let rows = tx.article_categories(&in_category(view, "another")).await?;
            let row = rows.iter().find(|row| row.category == category).unwrap();
            assert_eq!(row.items, expected);
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Others of the category or with a common tag, as far as the same readers see them.
async fn related_articles_share_a_category_or_a_tag(db: &Db) {
    let (category, tag) = (own_word(), own_word());
    let (one, same, tagged) = db
        .write(async |tx| {
            let one = article(tx, content("One", &category, &[&tag]), true).await;
            let same = article(tx, content("Same category", &category, &[]), true).await;
            let hidden = ArticleContent {
                visibility: ArticleVisibility::Customers,
                ..content("Same tag", "Other", &[&tag])
            };
            let tagged = article(tx, hidden, true).await;
            article(tx, content("Neither", "Other", &["x"]), true).await;
            article(tx, content("Draft", &category, &[&tag]), false).await;
            Ok::<_, DbError>((one, same, tagged))
        })
        .await
        .unwrap();
    db.read(async |tx| {
        let tags = [tag.clone(), "nothing".to_owned()];
        let found = tx
            .related_articles(one, View::Live, &category, &tags)
            .await?;
        assert_eq!(ids(&found), [tagged, same]);
        let found = tx
            .related_articles(one, View::Public, &category, &tags)
            .await?;
        assert_eq!(ids(&found), [same]);
        let found = tx.related_articles(one, View::Live, &category, &[]).await?;
        assert_eq!(ids(&found), [same]);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// Words are found by their beginnings where they were put.
async fn articles_are_found_by_their_words(db: &Db) {
    let word = own_word();
    let id = db
        .write(async |tx| {
            let id = article(tx, content("Found", "Support", &[]), true).await;
            tx.index_content(ARTICLE_KIND, "live", id.0, [&word, "heading", "text"])
                .await?;
            Ok::<_, DbError>(id)
        })
        .await
        .unwrap();
    db.read(async |tx| {
        let terms = [word[..30].to_owned(), "head".to_owned()];
        let found = tx
            .search_articles(&ArticleFilter::all(View::Live), &terms)
            .await?;
        assert_eq!(ids(&found), [id]);
        assert_eq!(found[0].shown.body, "## Heading\n\nText");
        for view in [View::Public, View::Draft] {
            assert!(
                tx.search_articles(&ArticleFilter::all(view), &terms)
                    .await?
                    .is_empty()
            );
        }
        let elsewhere = in_category(View::Live, "Elsewhere");
        assert!(tx.search_articles(&elsewhere, &terms).await?.is_empty());
        assert!(tx.content_has(ARTICLE_KIND, "live", &word[..30]).await?);
        assert!(!tx.content_has(ARTICLE_KIND, "public", &word).await?);
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// The vocabulary counts texts, keeps scopes apart and forgets.
async fn words_are_known_by_their_length(db: &Db) {
    let (one, two) = (Uuid::now_v7(), Uuid::now_v7());
    let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    db.write(async |tx| {
        tx.insert_search_words("conformance", "live", one, &words(&["zażółć", "quux"]))
            .await?;
        tx.insert_search_words("conformance", "live", two, &words(&["zażółć"]))
            .await?;
        tx.insert_search_words("conformance", "draft", two, &words(&["zaraza"]))
            .await?;
        tx.insert_search_words("conformance", "draft", one, &[])
            .await
    })
    .await
    .unwrap();
    let known = async || {
        let rows = db
            .read(async |tx| tx.search_words_like("conformance", "live", "zazolx").await)
            .await
            .unwrap();
        rows.into_iter()
            .map(|r| (r.word, r.texts))
            .collect::<Vec<_>>()
    };
    assert_eq!(known().await, [("zażółć".to_owned(), 2)]);
    db.write(async |tx| tx.delete_search_words("conformance", "live", one).await)
        .await
        .unwrap();
    assert_eq!(known().await, [("zażółć".to_owned(), 1)]);
    db.write(async |tx| {
        tx.delete_search_words("conformance", "live", two).await?;
        tx.delete_search_words("conformance", "draft", two).await
    })
    .await
    .unwrap();
    assert!(known().await.is_empty());
}

/// A slug has one owner; those that were live stay, others can be freed.
async fn slugs_have_one_owner(db: &Db) {
    let (known, draft) = (own_word(), own_word());
    db.write(async |tx| {
        let mine = article(tx, content("Mine", "Support", &[]), false).await;
        let other = article(tx, content("Other", "Support", &[]), false).await;
        assert!(tx.claim_slug(&known, mine).await?);
        assert!(tx.claim_slug(&draft, mine).await?);
        assert!(!tx.claim_slug(&known, other).await?);
        assert!(!tx.claim_slug(&known, mine).await?);
        assert_eq!(tx.article_of_slug(&known).await?, Some((mine, false)));
        tx.mark_slug_live(&known).await?;
        assert_eq!(tx.article_of_slug(&known).await?, Some((mine, true)));
        tx.release_slugs(mine, Some(&draft)).await?;
        assert_eq!(tx.article_of_slug(&draft).await?, Some((mine, false)));
        tx.release_slugs(mine, None).await?;
        assert_eq!(tx.article_of_slug(&draft).await?, None);
        assert_eq!(tx.article_of_slug(&known).await?, Some((mine, true)));
        assert_eq!(tx.live_slugs(mine).await?, [known.as_str()]);
        assert!(tx.live_slugs(other).await?.is_empty());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// An article remembers the ticket it was written from, and is found by it.
async fn an_article_is_found_by_its_ticket(db: &Db) {
    let requester = seed::customer(db, &format!("{}@example.com", own_word()), None).await;
    let ticket = TicketId::generate();
    db.write(async |tx| {
        let number = tx.next_ticket_number().await?;
        tx.insert_ticket(&seed::ticket(ticket, number, requester, at(0)))
            .await?;
        let id = ArticleId::generate();
        tx.insert_article(id, "Support", SystemClock.now(), Some(ticket))
            .await?;
        save(tx, id, 1, content("From a ticket", "Support", &[])).await;
        assert_eq!(tx.article(id).await?.unwrap().ticket_id, Some(ticket));
        let filter = ArticleFilter {
            ticket: Some(ticket),
            ..ArticleFilter::all(View::Draft)
        };
        let page = tx.articles(&filter, ArticleSort::Latest, &ALL).await?;
        assert_eq!(ids(&page.items), [id]);
        let named = tx.ticket_ref(ticket).await?.unwrap();
        assert_eq!(named.number, number);
        assert!(tx.ticket_ref(TicketId::generate()).await?.is_none());
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

/// An article without readers can be deleted with its revisions.
async fn a_draft_can_be_deleted(db: &Db) {
    let id = db
        .write(async |tx| {
            let id = article(tx, content("Short lived", "Support", &["vpn"]), false).await;
            tx.delete_article_tags(id, Some(View::Draft)).await?;
            tx.delete_article_revisions(id).await?;
            tx.delete_article(id).await?;
            Ok::<_, DbError>(id)
        })
        .await
        .unwrap();
    assert!(
        db.read(async |tx| tx.article(id).await)
            .await
            .unwrap()
            .is_none()
    );
}

/// The tags of one view are forgotten and those of the others kept, or all at once.
async fn tags_are_forgotten_by_view(db: &Db) {
    let tag = own_word();
    let tagged = |view| ArticleFilter {
        tag: Some(tag.clone()),
        ..ArticleFilter::all(view)
    };
    db.write(async |tx| {
        let id = article(tx, content("Tagged", "Support", &[tag.as_str()]), true).await;
        for (forgotten, kept) in [
            (None, vec![View::Draft, View::Live, View::Public]),
            (Some(Some(View::Live)), vec![View::Draft, View::Public]),
            (Some(None), vec![]),
        ] {
            if let Some(view) = forgotten {
                tx.delete_article_tags(id, view).await?;
            }
            let mut shown = Vec::new();
            for view in [View::Draft, View::Live, View::Public] {
                let page = tx
                    .articles(&tagged(view), ArticleSort::Latest, &ALL)
                    .await?;
                shown.extend((ids(&page.items) == [id]).then_some(view));
            }
            assert_eq!(shown, kept, "{forgotten:?}");
        }
        Ok::<_, DbError>(())
    })
    .await
    .unwrap();
}

bsm_tests::on_both_engines! {
    a_draft_reads_back_as_it_was_written,
    readers_see_the_live_revision,
    revisions_are_listed_newest_first,
    lists_keep_to_their_filters,
    related_articles_share_a_category_or_a_tag,
    articles_are_found_by_their_words,
    words_are_known_by_their_length,
    slugs_have_one_owner,
    an_article_is_found_by_its_ticket,
    a_draft_can_be_deleted,
    tags_are_forgotten_by_view,
}
