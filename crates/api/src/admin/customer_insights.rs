//! How customers fare.

use actix_web::{HttpResponse, get, web};
use bsm_application::insights::{self, InsightQuery};
use bsm_domain::ids::{OrganizationId, UserId};
use bsm_persistence::customer_insights::{
    InsightFilter, InsightKey, InsightSort, InsightWindow, OpenedIn,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::files;
use super::insight_dto::{
    CustomerActivity, CustomerInsight, CustomerInsightDetail, InsightOrder, order_byte,
};
use crate::auth::caller::Staff;
use crate::http::accept::Wanted;
use crate::http::csv_answer::{self, ROWS};
use crate::http::cursor::{self, List};
use crate::http::list::{self, DEFAULT_LIMIT, ListAnswer, PageParams};
use crate::http::moment;
use crate::http::params::{Params, search_terms};
use crate::http::problem::{Code, Problem};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index).service(activity).service(show);
}

/// Which customers, in which order, and of which tickets the figures are.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct InsightParams {
    /// Having words in name or address that begin with these.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Who belong to this organization now.
    organization: Option<OrganizationId>,
    /// Figures of tickets opened at or after.
    #[serde(default, deserialize_with = "moment::optional")]
    from: Option<DateTime<Utc>>,
    /// Figures of tickets opened before.
    #[serde(default, deserialize_with = "moment::optional")]
    to: Option<DateTime<Utc>>,
    /// The order: a figure, `-` before it for the greatest first. What was never measured stands
    /// before everything that was. `-last_activity_at` where it is left out; with `from` or `to`
    /// only `created_at`, when the customer was added, `-created_at` where it is left out.
    #[param(inline)]
    sort: Option<InsightOrder>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// The tickets that one customer's figures are of.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OpenedParams {
    /// Figures of tickets opened at or after.
    #[serde(default, deserialize_with = "moment::optional")]
    from: Option<DateTime<Utc>>,
    /// Figures of tickets opened before.
    #[serde(default, deserialize_with = "moment::optional")]
    to: Option<DateTime<Utc>>,
}

fn opened(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Result<OpenedIn, Problem> {
    if from.zip(to).is_some_and(|(from, to)| from >= to) {
        return Err(Problem::new(Code::InvalidQuery, "from: must be before to."));
    }
    Ok(OpenedIn { from, to })
}

/// The order that is asked for. That of a time could only be had by reading everybody's tickets.
fn order(asked: Option<InsightOrder>, opened: &OpenedIn) -> Result<InsightSort, Problem> {
    let falling = |key| InsightSort { key, falling: true };
    match asked.map(|InsightOrder(sort)| sort) {
        None if opened.is_all_time() => Ok(falling(InsightKey::Activity)),
        None => Ok(falling(InsightKey::Created)),
        Some(sort) if opened.is_all_time() || sort.key == InsightKey::Created => Ok(sort),
        Some(_) => Err(Problem::new(
            Code::InvalidQuery,
            "sort: with from or to only created_at or -created_at.",
        )),
    }
}

/// Lists customers with their figures.
///
/// Tickets by status, first response and resolution in seconds from the opening (the median and
/// the 90th percentile, by nearest rank), ratings, services ordered, last activity. Of all time, or
/// of the tickets opened from `from` to before `to`. A ticket reopened and resolved again counts
/// with its last resolution; one that is reopened has none. Last activity is when something last
/// happened that the customer sees.
///
/// With `Accept: text/csv` all rows as a file instead of a page, without `limit` and `cursor`: a
/// line of column names, which are the fields of the JSON rows (`customer.name`), then a line a
/// row; values of a list with `;` between them, and an apostrophe before a text that a spreadsheet
/// would take for a formula. A file that fails on the way is broken off, without its end. Two at
/// once a person. In an
/// order by a figure a customer whose figures move meanwhile may be in it twice or not at all; by
/// `created_at` each is there once.
#[utoipa::path(tag = "Customer insights", operation_id = "customer_insights.list", params(InsightParams),
    responses((status = 200, description = "A page of customers. As CSV: all customers, attached as a file.",
        content((ListAnswer<CustomerInsight> = "application/json"), (String = "text/csv")))))]
#[get("/customer-insights")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<InsightParams>,
    wanted: Wanted,
) -> Result<HttpResponse, Problem> {
    let Params(params) = params;
    if wanted == Wanted::Csv {
        list::whole(params.limit, params.cursor.as_deref())?;
    }
    let terms = params.q.as_deref().map(search_terms).transpose()?;
    let opened = opened(params.from, params.to)?;
    let sort = order(params.sort, &opened)?;
    let limit = params.limit.unwrap_or(DEFAULT_LIMIT);
    if !(1..=100).contains(&limit) {
        return Err(Problem::new(Code::InvalidQuery, "limit: must be 1 to 100."));
    }
    let after = params
        .cursor
        .as_deref()
        .map(|c| cursor::read_place(c, order_byte(sort)))
        .transpose()?;
    let nothing = terms.as_ref().is_some_and(Vec::is_empty);
    let query = InsightQuery {
        filter: InsightFilter {
            organization: params.organization,
            terms,
        },
        sort,
        opened,
        window: InsightWindow { limit, after },
    };
    if wanted == Wanted::Csv {
        let (app, actor) = (state.app.for_long_reads(), caller.actor().clone());
        let read = async move |after| {
            if nothing {
                return Ok((Vec::new(), None));
            }
            let window = InsightWindow { limit: ROWS, after };
            let query = InsightQuery {
                window,
                ..query.clone()
            };
            let page = insights::list(&app, &actor, &query).await?;
            let of = |row| CustomerInsight::of(row, page.as_of);
            Ok((page.rows.into_iter().map(of).collect(), page.next))
        };
        return csv_answer::answer(&state, &caller.0, files::CUSTOMER_INSIGHTS, read).await;
    }
    if nothing {
        return Ok(list::page(&ListAnswer::<CustomerInsight>::empty()));
    }
    let page = insights::list(&state.app, caller.actor(), &query).await?;
    let as_of = page.as_of;
    Ok(list::page(&ListAnswer {
        next_cursor: page
            .next
            .as_ref()
            .map(|place| cursor::write_place(place, order_byte(sort))),
        items: page
            .rows
            .into_iter()
            .map(|row| CustomerInsight::of(row, as_of))
            .collect(),
    }))
}

/// Reads one customer's figures.
///
/// As in the list, and the services they ordered, of all time.
#[utoipa::path(tag = "Customer insights", operation_id = "customer_insights.get",
    params(("customer_id" = UserId, Path, description = "The customer."), OpenedParams),
    responses((status = 200, description = "The customer's figures.", body = CustomerInsightDetail)))]
#[get("/customer-insights/{customer_id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    customer: web::Path<String>,
    params: Params<OpenedParams>,
) -> Result<web::Json<CustomerInsightDetail>, Problem> {
    let customer = customer.parse().map_err(|_| Problem::not_found())?;
    let opened = opened(params.0.from, params.0.to)?;
    let insight = insights::get(&state.app, caller.actor(), customer, &opened).await?;
    Ok(web::Json(insight.into()))
}

/// Lists what happened around one customer.
///
/// Openings, replies, changes, resolutions and ratings of their tickets, newest first, as long as
/// events are kept (30 days); notes among staff are not among them.
#[utoipa::path(tag = "Customer insights", operation_id = "customer_insights.activity",
    params(("customer_id" = UserId, Path, description = "The customer."), PageParams),
    responses((status = 200, description = "A page of their activity.", body = ListAnswer<CustomerActivity>)))]
#[get("/customer-insights/{customer_id}/activity")]
async fn activity(
    state: web::Data<AppState>,
    caller: Staff,
    customer: web::Path<String>,
    page: Params<PageParams>,
) -> Result<web::Json<ListAnswer<CustomerActivity>>, Problem> {
    let customer = customer.parse().map_err(|_| Problem::not_found())?;
    let window = page.0.window(List::ACTIVITY)?;
    let page = insights::activity(&state.app, caller.actor(), customer, &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::ACTIVITY,
        CustomerActivity::from,
    )))
}
