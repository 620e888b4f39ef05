//! Lists, searches and categories of articles.

use bsm_domain::article::ArticleStatus;
use bsm_domain::ids::{ArticleId, TicketId};

use crate::articles::{ArticleRow, LIVE, SELECT, WITH_BODY, WITHOUT_BODY, WORKING};
use crate::content::{CategoryRow, View};
use crate::differences::{push_content_join, push_content_order, push_has_tag};
use crate::page::{Direction, Key, Page, Window, push_number_window, push_window};
use crate::{DbError, Query, Tx};

/// The noun under which articles stand in the search.
pub const ARTICLE_KIND: &str = "article";

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ArticleSort {
    /// For readers the newest first, for staff those last touched first.
    #[default]
    Latest,
    /// Those that votes speak against most, for staff.
    LeastHelpful,
}

/// Which articles a list shows. Those of the live views are the published ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleFilter {
    /// Which revision is shown and filtered.
    pub view: View,
    /// In one of these states; any without. Only for the working copies.
    pub statuses: Vec<ArticleStatus>,
    /// Of this category.
    pub category: Option<String>,
    /// Having this tag.
    pub tag: Option<String>,
    /// Written from this ticket.
    pub ticket: Option<TicketId>,
}

impl ArticleFilter {
    /// All articles of a view.
    #[must_use]
    pub const fn all(view: View) -> Self {
        Self {
            view,
            statuses: Vec::new(),
            category: None,
            tag: None,
            ticket: None,
        }
    }

    const fn join(&self) -> &'static str {
        match self.view {
            View::Draft => WORKING,
            View::Live | View::Public => LIVE,
        }
    }

    fn push_view(&self, query: &mut Query<'_>) {
        match (self.view, self.statuses.as_slice()) {
            (View::Live, _) => {
                query.push(" where k.status = 'published'");
            }
            (View::Public, _) => {
                query.push(" where k.status = 'published' and r.visibility = 'public'");
            }
            (View::Draft, []) => {
                query.push(" where 1 = 1");
            }
            (View::Draft, [one]) => {
                query.push(" where k.status = ").push_bind(*one);
            }
            (View::Draft, many) => {
                query.push(" where k.status in ");
                query.push_list(many.iter().copied());
            }
        }
    }

    fn push_all(&self, query: &mut Query<'_>) {
        self.push_view(query);
        if let Some(category) = &self.category {
            query.push(" and r.category = ").push_bind(category.clone());
        }
        if let Some(tag) = &self.tag {
            query.push(" and ");
            push_has_tag(query, tag);
        }
        if let Some(ticket) = self.ticket {
            query.push(" and k.ticket_id = ").push_bind(ticket);
        }
    }
}

impl Tx {
    /// A page of articles without their texts.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn articles(
        &mut self,
        filter: &ArticleFilter,
        sort: ArticleSort,
        window: &Window,
    ) -> Result<Page<ArticleRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(WITHOUT_BODY).push(filter.join());
        filter.push_all(&mut query);
        if sort == ArticleSort::LeastHelpful {
            push_number_window(
                &mut query,
                window,
                "(k.unhelpfulness, k.id)",
                Direction::Falling,
                " order by k.unhelpfulness desc, k.id desc",
            );
            let rows: Vec<ArticleRow> = query.all().await?;
            return Ok(Page::cut(rows, window.limit, |row| {
                Key::of_number(row.unhelpfulness, row.id.0)
            }));
        }
        let (columns, order) = match filter.view {
            View::Draft => (
                "(k.updated_at, k.id)",
                " order by k.updated_at desc, k.id desc",
            ),
            View::Live | View::Public => (
                "(k.published_at, k.id)",
                " order by k.published_at desc, k.id desc",
            ),
        };
        push_window(&mut query, window, columns, Direction::Falling, order);
        let rows: Vec<ArticleRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: match filter.view {
                View::Draft => row.updated_at,
                View::Live | View::Public => row.published_at.unwrap_or(row.created_at),
            },
            id: row.id.0,
        }))
    }

    /// Articles having words that begin with each of the folded terms, with their texts: the
    /// engine's best, at most 100. The caller ranks them once more, so that both engines answer
    /// alike.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn search_articles(
        &mut self,
        filter: &ArticleFilter,
        terms: &[String],
    ) -> Result<Vec<ArticleRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(WITH_BODY).push(filter.join());
        push_content_join(&mut query, "k.id", ARTICLE_KIND, filter.view.scope(), terms);
        filter.push_all(&mut query);
        push_content_order(&mut query, terms);
        query.all().await
    }

    /// How many articles each category has, whatever category or tag is filtered by; in no order.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn article_categories(
        &mut self,
        filter: &ArticleFilter,
    ) -> Result<Vec<CategoryRow>, DbError> {
        let mut query = self.q("select r.category, count(*) as items from knowledge_base k");
        query.push(filter.join());
        filter.push_view(&mut query);
        query.push(" group by r.category");
        query.all().await
    }

    /// Articles of the same view that share a category or one of the tags, without their texts:
    /// the newest, at most 50. For [`View::Live`] and [`View::Public`].
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn related_articles(
        &mut self,
        article: ArticleId,
        view: View,
        category: &str,
        tags: &[String],
    ) -> Result<Vec<ArticleRow>, DbError> {
        let filter = ArticleFilter::all(view);
        let mut query = self.q(SELECT);
        query.push(WITHOUT_BODY).push(filter.join());
        filter.push_view(&mut query);
        query.push(" and k.id <> ").push_bind(article);
        query
            .push(" and (r.category = ")
            .push_bind(category.to_owned());
        for tag in tags {
            query.push(" or ");
            push_has_tag(&mut query, tag);
        }
        query.push(") order by k.published_at desc, k.id desc limit 50");
        query.all().await
    }
}
