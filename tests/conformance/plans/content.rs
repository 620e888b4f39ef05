//! Lists of services and articles.

use bsm_domain::article::ArticleStatus;
use bsm_domain::service::ServiceStatus;
use bsm_persistence::Tx;
use bsm_persistence::article_lists::{ArticleFilter, ArticleSort};
use bsm_persistence::content::View;
use bsm_persistence::empty_searches::EmptySearchSort;
use bsm_persistence::page::Window;
use bsm_persistence::service_lists::ServiceFilter;

use super::checks::Lists;
use super::data;

/// Services as staff and as customers list them.
pub async fn services(lists: &mut Lists<'_>) {
    let terms = ["rare7".to_owned()];
    let all = |view| ServiceFilter {
        view,
        statuses: Vec::new(),
        category: None,
    };
    let of = |view| ServiceFilter {
        category: Some("Security".to_owned()),
        ..all(view)
    };
    let in_states = |statuses: &[ServiceStatus]| ServiceFilter {
        statuses: statuses.to_vec(),
        ..all(View::Draft)
    };
    let (active, draft) = (ServiceStatus::Active, ServiceStatus::Draft);
    for (name, filter) in [
        ("all for staff", all(View::Draft)),
        ("active, for staff", in_states(&[active])),
        ("in several states, for staff", in_states(&[active, draft])),
        ("of a category, for staff", of(View::Draft)),
        ("all for customers", all(View::Live)),
        ("of a category, for customers", of(View::Live)),
    ] {
        let list = async |tx: &mut Tx, w: &Window| tx.services(&filter, w).await.map(drop);
        lists.check(&format!("services {name}"), list).await;
        let list =
            async |tx: &mut Tx, _: &Window| tx.search_services(&filter, &terms).await.map(drop);
        lists
            .check(&format!("services {name}, by search"), list)
            .await;
    }
}

/// Articles as staff, customers and everybody list them.
pub async fn articles(lists: &mut Lists<'_>) {
    let terms = ["rare7".to_owned()];
    let all = ArticleFilter::all;
    let of = |view| ArticleFilter {
        category: Some("Security".to_owned()),
        ..all(view)
    };
    let tagged = |view| ArticleFilter {
        tag: Some("tag3".to_owned()),
        ..all(view)
    };
    let in_states = |statuses: &[ArticleStatus]| ArticleFilter {
        statuses: statuses.to_vec(),
        ..all(View::Draft)
    };
    let (published, draft) = (ArticleStatus::Published, ArticleStatus::Draft);
    let mut filters = vec![
        ("published, for staff", in_states(&[published])),
        (
            "in several states, for staff",
            in_states(&[published, draft]),
        ),
    ];
    for view in [View::Draft, View::Live, View::Public] {
        filters.push(("all", all(view)));
        filters.push(("of a category", of(view)));
        filters.push(("with a tag", tagged(view)));
    }
    for (name, filter) in filters {
        let name = format!("articles {name}, {:?}", filter.view);
        let list = async |tx: &mut Tx, w: &Window| {
            tx.articles(&filter, ArticleSort::Latest, w).await.map(drop)
        };
        lists.check(&name, list).await;
        let list =
            async |tx: &mut Tx, _: &Window| tx.search_articles(&filter, &terms).await.map(drop);
        lists.check(&format!("{name}, by search"), list).await;
    }
    let tags = ["tag3".to_owned(), "tag4".to_owned()];
    for view in [View::Live, View::Public] {
        let list = async |tx: &mut Tx, _: &Window| {
            tx.related_articles(data::article(7), view, "Security", &tags)
                .await
                .map(drop)
        };
        lists
            .check(&format!("articles related to one, {view:?}"), list)
            .await;
    }
    let worst = all(View::Draft);
    let list = async |tx: &mut Tx, w: &Window| {
        tx.articles(&worst, ArticleSort::LeastHelpful, w)
            .await
            .map(drop)
    };
    lists.check("articles by votes against", list).await;
    let asked = ArticleFilter {
        ticket: Some(data::ticket(77)),
        ..all(View::Draft)
    };
    let list =
        async |tx: &mut Tx, w: &Window| tx.articles(&asked, ArticleSort::Latest, w).await.map(drop);
    lists.check("articles of a ticket", list).await;
    for sort in [EmptySearchSort::Count, EmptySearchSort::Latest] {
        let list =
            async |tx: &mut Tx, w: &Window| tx.empty_searches(false, sort, w).await.map(drop);
        lists
            .check(&format!("empty searches by {sort:?}"), list)
            .await;
    }
    let article = data::article(7);
    let list = async |tx: &mut Tx, w: &Window| tx.article_revisions(article, w).await.map(drop);
    lists.check("revisions of an article", list).await;
}
