//! What the readers of the demo leave behind: votes, views and searches that found nothing.

use bsm_domain::clock::Clock as _;
use bsm_domain::text::terms;
use bsm_persistence::content::View;
use chrono::Duration;

use super::data::{Readers, json};
use super::people::People;
use super::walking_clock::WalkingClock;
use super::{DemoError, actor, broken};
use crate::articles::{VoteArticle, day_of, find, report, vote};
use crate::{App, Error};

/// Days that views are spread over.
const DAYS: i64 = 30;

/// Votes, reads and searches.
pub(super) async fn fill(
    app: &App,
    clock: &WalkingClock,
    people: &People,
) -> Result<(), DemoError> {
    let readers: Readers = json("readers.json")?;
    for given in readers.votes {
        clock.go_back(Duration::days(given.days_ago));
        let input = VoteArticle {
            helpful: given.helpful,
            reasons: given.reasons,
        };
        vote(app, &actor(people.get(&given.by)?), &given.slug, input).await?;
    }
    for search in readers.searches {
        clock.go_back(Duration::days(search.days_ago));
        let by = actor(people.get(&search.by)?);
        if !report(app, &by, &terms(&search.q)).await? {
            return Err(broken(format!("{:?} finds an article", search.q)));
        }
    }
    // Readers are counted by the day: their marks are kept for hours only, and would be gone.
    app.db
        .write(async |tx| {
            for read in &readers.views {
                let id = find(tx, View::Live, &read.slug).await?.id;
                for day in 0..DAYS {
                    let views =
                        (read.in_30_days * (day + 1)) / DAYS - (read.in_30_days * day) / DAYS;
                    if views > 0 {
                        clock.go_back(Duration::days(day));
                        tx.add_article_views(id, day_of(clock.now()), views).await?;
                    }
                }
            }
            Ok::<_, Error>(())
        })
        .await?;
    Ok(())
}
