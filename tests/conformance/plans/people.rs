//! Lists of people, of how customers fare, and of what webhooks were told.

use bsm_domain::actor::{OrganizationRole, Role};
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::UserId;
use bsm_domain::webhook::DeliveryStatus;
use bsm_persistence::Tx;
use bsm_persistence::audit::AuditFilter;
use bsm_persistence::customer_insights::{
    InsightFilter, InsightKey, InsightPlace, InsightSort, InsightWindow, OpenedIn,
};
use bsm_persistence::page::Window;
use bsm_persistence::user_lists::{UserFilter, UserSort};
use bsm_persistence::webhook_deliveries::DeliveryFilter;
use bsm_tests::seed::at;

use super::checks::Lists;
use super::data;

/// Each figure orders the list of customers by an index of its own, both ways.
pub async fn insights(lists: &mut Lists<'_>) {
    let window = |w: &Window| InsightWindow {
        limit: w.limit,
        after: w.after.map(|key| InsightPlace {
            value: 1,
            customer: UserId(key.id),
        }),
    };
    for key in InsightKey::ALL {
        for falling in [false, true] {
            let sort = InsightSort { key, falling };
            let all = InsightFilter::default();
            let list = async |tx: &mut Tx, w: &Window| {
                tx.customer_insights(&all, sort, &window(w)).await.map(drop)
            };
            lists.check(&format!("insights by {sort:?}"), list).await;
        }
    }
    let sort = InsightSort {
        key: InsightKey::Total,
        falling: true,
    };
    for (name, filter) in [
        (
            "the few of an organization",
            InsightFilter {
                organization: Some(data::organization(5)),
                terms: None,
            },
        ),
        (
            "a search",
            InsightFilter {
                organization: None,
                terms: Some(vec!["rare7".into()]),
            },
        ),
    ] {
        let list = async |tx: &mut Tx, w: &Window| {
            tx.customer_insights(&filter, sort, &window(w))
                .await
                .map(drop)
        };
        lists.check(&format!("insights of {name}"), list).await;
    }
    let opened = OpenedIn {
        from: Some(at(10_000)),
        to: Some(at(20_000)),
    };
    let customer = data::customer(5);
    let list = async |tx: &mut Tx, _: &Window| {
        let (mut rows, _) = tx
            .customer_insights(
                &InsightFilter::default(),
                sort,
                &InsightWindow {
                    limit: 25,
                    after: None,
                },
            )
            .await?;
        tx.narrow_insights(&mut rows, &opened).await
    };
    lists
        .check("insights of a time, sorted for each", list)
        .await;
    let list = async |tx: &mut Tx, _: &Window| tx.services_ordered_by(customer).await.map(drop);
    lists.check("the few services of a customer", list).await;
    let list = async |tx: &mut Tx, w: &Window| tx.customer_activity(customer, w).await.map(drop);
    lists.check("activity of a customer", list).await;
}

pub async fn people(lists: &mut Lists<'_>) {
    let all = UserFilter::default;
    let sorts = [
        UserSort::CreatedFalling,
        UserSort::CreatedRising,
        UserSort::SeenFalling,
    ];
    let filters = [
        ("all", all()),
        (
            "a role",
            UserFilter {
                roles: vec![Role::Agent],
                ..all()
            },
        ),
        (
            "several roles",
            UserFilter {
                roles: vec![Role::Agent, Role::Admin],
                ..all()
            },
        ),
        (
            "active",
            UserFilter {
                active: Some(true),
                ..all()
            },
        ),
        (
            "an organization",
            UserFilter {
                organization: Some(data::organization(5)),
                ..all()
            },
        ),
        (
            "the managers of an organization",
            UserFilter {
                organization: Some(data::organization(5)),
                organization_role: Some(OrganizationRole::Manager),
                ..all()
            },
        ),
        (
            "a search",
            UserFilter {
                terms: Some(vec!["rare7".into()]),
                ..all()
            },
        ),
    ];
    for (name, filter) in filters {
        let sorts = if name == "all" {
            &sorts[..]
        } else {
            &sorts[..1]
        };
        for sort in sorts {
            let list = async |tx: &mut Tx, w: &Window| tx.users(&filter, *sort, w).await.map(drop);
            lists
                .check(&format!("users of {name} by {sort:?}"), list)
                .await;
        }
    }
    access(lists).await;
    let list = async |tx: &mut Tx, w: &Window| tx.api_keys(w).await.map(drop);
    lists.check("API keys", list).await;
    let list = async |tx: &mut Tx, w: &Window| tx.organizations(None, None, w).await.map(drop);
    lists.check("organizations", list).await;
    let terms = ["rare7".to_owned()];
    let list =
        async |tx: &mut Tx, w: &Window| tx.organizations(None, Some(&terms), w).await.map(drop);
    lists.check("organizations by search", list).await;
}

async fn access(lists: &mut Lists<'_>) {
    let emails: Vec<_> = (0..50)
        .filter_map(|n| EmailAddress::parse(&format!("p{n}@p.example")).ok())
        .collect();
    let list = async |tx: &mut Tx, _: &Window| tx.users_by_email(&emails).await.map(drop);
    lists.check("users of several addresses", list).await;
    let keys: Vec<_> = (0..100).map(|n| format!("company {n}")).collect();
    let list = async |tx: &mut Tx, _: &Window| tx.organizations_by_key(&keys).await.map(drop);
    lists.check("organizations of several names", list).await;
    let user = data::customer(0);
    let now = at(60_000);
    let list = async |tx: &mut Tx, w: &Window| tx.live_sessions(user, now, w).await.map(drop);
    lists.check("sessions of a person", list).await;
    let list = async |tx: &mut Tx, w: &Window| tx.password_links(user, w).await.map(drop);
    lists.check("password links of a person", list).await;
    let filter = |change: &dyn Fn(&mut AuditFilter)| {
        let mut filter = AuditFilter::default();
        change(&mut filter);
        filter
    };
    let filters = [
        ("all", filter(&|_| {})),
        ("an actor", filter(&|f| f.actor = Some(data::agent(1)))),
        (
            "an action",
            filter(&|f| f.actions = vec!["user.updated".into()]),
        ),
        (
            "a rare action",
            filter(&|f| f.actions = vec!["user.created".into()]),
        ),
        (
            "several actions",
            filter(&|f| f.actions = vec!["user.updated".into(), "user.created".into()]),
        ),
        (
            "a subject",
            filter(&|f| f.subject = Some(data::customer(3).0)),
        ),
        (
            "a time",
            filter(&|f| {
                f.from = Some(at(10_000));
                f.to = Some(at(20_000));
            }),
        ),
    ];
    for (name, filter) in filters {
        let list = async |tx: &mut Tx, w: &Window| tx.audit(&filter, w).await.map(drop);
        lists.check(&format!("audit of {name}"), list).await;
    }
}

pub async fn deliveries(lists: &mut Lists<'_>) {
    let filters = [
        ("all", DeliveryFilter::default()),
        (
            "a status",
            DeliveryFilter {
                status: Some(DeliveryStatus::Failed),
                ..DeliveryFilter::default()
            },
        ),
        (
            "a type",
            DeliveryFilter {
                event_type: Some("ticket.rated".into()),
                ..DeliveryFilter::default()
            },
        ),
    ];
    for (name, filter) in filters {
        let list = async |tx: &mut Tx, w: &Window| {
            let of = data::webhook(3);
            tx.deliveries(of, &filter, w).await.map(drop)
        };
        lists.check(&format!("deliveries of {name}"), list).await;
    }
}
