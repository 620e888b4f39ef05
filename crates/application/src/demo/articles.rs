//! The knowledge base of the demo.

use bsm_domain::article::ArticleVisibility;
use chrono::Duration;

use super::data::{ArticleEntry, articles};
use super::people::People;
use super::walking_clock::WalkingClock;
use super::{DemoError, actor, broken};
use crate::articles::{CreateArticle, archive, create, publish};
use crate::{App, Expected};

/// Writes all articles, oldest first, publishes most, archives one.
pub(super) async fn fill(
    app: &App,
    clock: &WalkingClock,
    people: &People,
) -> Result<(), DemoError> {
    let mut entries = Vec::new();
    for entry in articles()? {
        entries.push((entry.days("created_days_ago")?, entry));
    }
    entries.sort_by_key(|(days, _)| std::cmp::Reverse(*days));
    for (created_days_ago, entry) in &entries {
        write(app, clock, people, *created_days_ago, entry).await?;
    }
    Ok(())
}

async fn write(
    app: &App,
    clock: &WalkingClock,
    people: &People,
    created_days_ago: i64,
    entry: &ArticleEntry,
) -> Result<(), DemoError> {
    let author = actor(people.get(entry.need("author")?)?);
    let visibility: ArticleVisibility = entry
        .need("visibility")?
        .parse()
        .map_err(|e| broken(format!("{}: {e}", entry.name)))?;
    clock.go_back(Duration::days(created_days_ago));
    let input = CreateArticle {
        title: entry.need("title")?.to_owned(),
        slug: Some(entry.need("slug")?.to_owned()),
        summary: entry.need("summary")?.to_owned(),
        body: entry.body.clone(),
        category: entry.need("category")?.to_owned(),
        tags: entry.need("tags")?.split(", ").map(str::to_owned).collect(),
        visibility,
        ticket: None,
    };
    let id = create(app, &author, input)
        .await
        .map_err(|e| broken(format!("{}: {e:?}", entry.name)))?
        .article
        .id;
    let state = entry.need("state")?;
    if state == "draft" {
        return Ok(());
    }
    clock.go_back(Duration::days(entry.days("published_days_ago")?));
    publish(app, &author, id, &Expected::Any).await?;
    if state == "archived" {
        archive(app, &author, id, &Expected::Any).await?;
    }
    Ok(())
}
