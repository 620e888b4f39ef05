//! Articles of the knowledge base: codes and what an article says.

use crate::codes::codes;

codes!(
    /// Where an article stands.
    ArticleStatus {
        /// Never published.
        Draft = "draft",
        /// In the knowledge base.
        Published = "published",
        /// Taken out of the knowledge base.
        Archived = "archived",
    }
);

codes!(
    /// Who may read a published article.
    ArticleVisibility {
        /// Everybody, without signing in.
        Public = "public",
        /// Customers who are signed in.
        Customers = "customers",
    }
);

codes!(
    /// Why an article did not help.
    VoteReason {
        /// It speaks of something that is no longer so.
        Outdated = "outdated",
        /// It is hard to follow.
        Unclear = "unclear",
        /// Something is missing.
        Incomplete = "incomplete",
        /// Its steps were followed, in vain.
        DidNotWork = "did_not_work",
        /// It is about something else than the reader looked for.
        OtherTopic = "other_topic",
    }
);

/// How much votes speak against an article: the share of those it did not help in ten-thousandths,
/// as if three more had found it helpful and one had not, so that one vote alone says little. Zero
/// where nobody voted against it.
#[must_use]
pub const fn unhelpfulness(helpful: i64, not_helpful: i64) -> i64 {
    if not_helpful == 0 {
        return 0;
    }
    10_000 * (not_helpful + 1) / (helpful + not_helpful + 4)
}

/// All that a revision of an article says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleContent {
    /// What it is called.
    pub title: String,
    /// Its name in addresses.
    pub slug: String,
    /// In one or two lines.
    pub summary: String,
    /// In full, in Markdown.
    pub body: String,
    /// Under which heading it stands.
    pub category: String,
    /// Words it is found by.
    pub tags: Vec<String>,
    /// Who may read it once it is published.
    pub visibility: ArticleVisibility,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_votes_weigh_more_than_one() {
        assert_eq!(unhelpfulness(40, 0), 0);
        assert_eq!(unhelpfulness(0, 1), 4_000);
        assert!(unhelpfulness(0, 1) < unhelpfulness(10, 40));
        assert!(unhelpfulness(100, 1) < unhelpfulness(0, 1));
        assert!(unhelpfulness(10, 40) < unhelpfulness(0, 50));
    }
}
