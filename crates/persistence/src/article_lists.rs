//! Lists, searches and categories of articles.

use bsm_domain::article::ArticleStatus;
use bsm_domain::ids::{ArticleId, TicketId};

use crate::articles::{ArticleRow, COLUMNS, LIVE, WITH_BODY, WITHOUT_BODY, WORKING};
use crate::content::{CategoryRow, View};
use crate::differences::search::{push_content_join, push_content_order};
use crate::page::{
    Direction, Key, Page, Window, distinct, push_limit, push_merged, push_number_window,
    push_window,
};
use crate::{DbError, Query, Tx};

/// The noun under which articles stand in the search.
pub const ARTICLE_KIND: &str = "article";
/// Most related articles that one look answers.
const RELATED: u32 = 50;

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
                query.push(" where k.status = 'published' and k.live_visibility = 'public'");
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

    fn push_origin(&self, query: &mut Query<'_>) {
        if let Some(category) = &self.category {
            query.push(match self.view {
                View::Draft => " and k.draft_category = ",
                View::Live | View::Public => " and k.live_category = ",
            });
            query.push_bind(category.clone());
        }
        if let Some(ticket) = self.ticket {
            query.push(" and k.ticket_id = ").push_bind(ticket);
        }
    }

    /// The lists that together are this one, where it asks for one of several states among all
    /// articles: see [`push_merged`].
    fn parts(&self) -> Vec<Self> {
        let all = self.category.is_none() && self.tag.is_none() && self.ticket.is_none();
        if self.view != View::Draft || self.statuses.len() < 2 || !all {
            return Vec::new();
        }
        let one = |status| Self {
            statuses: vec![status],
            ..self.clone()
        };
        distinct(&self.statuses).into_iter().map(one).collect()
    }

    const fn place(&self, sort: ArticleSort) -> &'static Place {
        match (sort, &self.tag, self.view) {
            (ArticleSort::LeastHelpful, _, _) => &LEAST_HELPFUL,
            (ArticleSort::Latest, Some(_), _) => &TAGGED,
            (ArticleSort::Latest, None, View::Draft) => &CHANGED,
            (ArticleSort::Latest, None, View::Live | View::Public) => &PUBLISHED,
        }
    }

    /// Ends a statement on articles `k`: filters, and the page in the order of the list.
    fn push_page(&self, query: &mut Query<'_>, sort: ArticleSort, window: &Window) {
        self.push_view(query);
        self.push_origin(query);
        if let Some(tag) = &self.tag {
            query
                .push(" and g.view = ")
                .push_bind(self.view.scope().to_owned());
            query.push(" and g.tag = ").push_bind(tag.clone());
        }
        let Place { key, order } = *self.place(sort);
        match sort {
            ArticleSort::Latest => push_window(query, window, key, Direction::Falling, order),
            ArticleSort::LeastHelpful => {
                push_number_window(query, window, key, Direction::Falling, order);
            }
        }
    }
}

/// By what a list is ordered, and where its pages begin.
#[derive(Clone, Copy)]
struct Place {
    key: &'static str,
    order: &'static str,
}

/// For staff those last touched first,
const CHANGED: Place = Place {
    key: "(k.updated_at, k.id)",
    order: " order by k.updated_at desc, k.id desc",
};
/// for readers the newest first,
const PUBLISHED: Place = Place {
    key: "(k.published_at, k.id)",
    order: " order by k.published_at desc, k.id desc",
};
/// and under a tag the same time, which stands beside the tag.
const TAGGED: Place = Place {
    key: "(g.at, g.article_id)",
    order: " order by g.at desc, g.article_id desc",
};
/// Those that votes speak against most, whatever is filtered by.
const LEAST_HELPFUL: Place = Place {
    key: "(k.unhelpfulness, k.id)",
    order: " order by k.unhelpfulness desc, k.id desc",
};

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
        let mut query = self.q(COLUMNS);
        query.push(WITHOUT_BODY);
        let parts = filter.parts();
        if !parts.is_empty() {
            push_merged(&mut query, &parts, |query, part| {
                query.push("select k.* from knowledge_base k");
                part.push_page(query, sort, window);
            });
            query.push(" k").push(filter.join());
            push_limit(&mut query, window, filter.place(sort).order);
        } else {
            if filter.tag.is_some() {
                query.push("article_tags g join knowledge_base k on k.id = g.article_id");
            } else {
                query.push("knowledge_base k");
            }
            query.push(filter.join());
            filter.push_page(&mut query, sort, window);
        }
        let rows: Vec<ArticleRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| {
            let at = match (sort, filter.view) {
                (ArticleSort::LeastHelpful, _) => {
                    return Key::of_number(row.unhelpfulness, row.id.0);
                }
                (ArticleSort::Latest, View::Draft) => row.updated_at,
                (ArticleSort::Latest, View::Live | View::Public) => {
                    row.published_at.unwrap_or(row.created_at)
                }
            };
            Key { at, id: row.id.0 }
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
        let mut query = self.q(COLUMNS);
        query
            .push(WITH_BODY)
            .push("knowledge_base k")
            .push(filter.join());
        push_content_join(&mut query, "k.id", ARTICLE_KIND, filter.view.scope(), terms);
        filter.push_view(&mut query);
        filter.push_origin(&mut query);
        if let Some(tag) = &filter.tag {
            query
                .push(" and exists (select 1 from article_tags g where g.article_id = k.id and g.view = ")
                .push_bind(filter.view.scope().to_owned());
            query.push(" and g.tag = ").push_bind(tag.clone());
            query.push(")");
        }
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
        let (column, group) = match filter.view {
            View::Draft => (
                "select k.draft_category as category",
                " group by k.draft_category",
            ),
            View::Live | View::Public => (
                "select k.live_category as category",
                " group by k.live_category",
            ),
        };
        let mut query = self.q(column);
        query.push(", count(*) as items from knowledge_base k");
        filter.push_view(&mut query);
        query.push(group);
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
        // One more than are wanted of each: the article itself is among them.
        let window = Window {
            limit: RELATED,
            after: None,
        };
        let mut near = vec![ArticleFilter {
            category: Some(category.to_owned()),
            ..ArticleFilter::all(view)
        }];
        near.extend(tags.iter().map(|tag| ArticleFilter {
            tag: Some(tag.clone()),
            ..ArticleFilter::all(view)
        }));
        let mut query = self.q(COLUMNS);
        query.push(WITHOUT_BODY).push("(select distinct * from ");
        push_merged(&mut query, &near, |query, part| {
            query.push(if part.tag.is_some() {
                "select k.* from article_tags g join knowledge_base k on k.id = g.article_id"
            } else {
                "select k.* from knowledge_base k"
            });
            part.push_page(query, ArticleSort::Latest, &window);
        });
        query.push(" near) k").push(ArticleFilter::all(view).join());
        query.push(" where k.id <> ").push_bind(article);
        query.push(PUBLISHED.order).push(" limit 50");
        query.all().await
    }
}
