//! The index that each list has for itself. That a list is read by some index does not tell
//! enough: in the order of all rows, passing over those that are not wanted, it would be, too.

use bsm_persistence::Plan;

/// Lists and their indexes, or how the names of both begin where a `*` ends them. Where each engine
/// needs an index of its own, `|` stands between them. A list that reads several indexes stands here several times.
const OWN: &[(&str, &str)] = &[
    ("tickets of all by Updated*", "tickets_updated"),
    ("tickets of all by Created*", "tickets_created"),
    ("tickets of a rare status by*", "tickets_status_updated"),
    ("tickets of several states by*", "tickets_status_updated"),
    ("tickets of a priority by*", "tickets_priority_updated"),
    (
        "tickets of several priorities by*",
        "tickets_priority_updated",
    ),
    ("tickets of a category by*", "tickets_category_updated"),
    ("tickets of an assignee by*", "tickets_assignee_updated"),
    (
        "tickets of nobody by*",
        "tickets_unassigned_updated|tickets_assignee_updated",
    ),
    (
        "tickets of an assignee, in several states by*",
        "tickets_assignee_status",
    ),
    (
        "tickets of nobody, in several states by*",
        "tickets_unassigned_status|tickets_assignee_status",
    ),
    (
        "tickets of several assignees by*",
        "tickets_assignee_updated",
    ),
    ("tickets of a requester by*", "tickets_requester_*"),
    ("tickets of an organization by*", "tickets_organization_*"),
    ("tickets of a service by*", "tickets_service_*"),
    ("tickets of a time that ends by*", "tickets_created_day"),
    ("tickets of a time that ends by*", "tickets_created_month"),
    ("tickets of a time by*", "tickets_created_day"),
    ("tickets of a time by*", "tickets_created_month"),
    (
        "tickets of those answered in a time by*",
        "tickets_answered_day",
    ),
    (
        "tickets of those answered in a time by*",
        "tickets_answered_month",
    ),
    (
        "tickets of those resolved in a time by*",
        "tickets_resolved_day",
    ),
    (
        "tickets of those resolved in a time by*",
        "tickets_resolved_month",
    ),
    (
        "tickets of a priority, in several states by*",
        "tickets_priority_status",
    ),
    ("tickets of one's own by*", "tickets_requester_*"),
    ("tickets of the company's by*", "tickets_organization_*"),
    ("messages for*", "ticket_messages_ticket"),
    ("history", "ticket_history_ticket"),
    ("the few follow-ups of a ticket", "tickets_follow_up"),
    ("feedback of all", "ratings_created"),
    ("feedback of a score", "ratings_score_created"),
    ("feedback of several scores", "ratings_score_created"),
    (
        "feedback of an organization",
        "ratings_organization_created",
    ),
    ("API keys", "api_keys_created"),
    ("feedback of an assignee", "ratings_assignee_created"),
    (
        "feedback of nobody",
        "ratings_unassigned|ratings_assignee_created",
    ),
    ("feedback of a service", "ratings_service_created"),
    (
        "feedback of no order",
        "ratings_unordered|ratings_service_created",
    ),
    (
        "feedback of a reason",
        "rating_reasons_pkey|sqlite_autoindex_rating_reasons_1",
    ),
    ("feedback of what somebody has seen", "ratings_seen"),
    ("feedback of what nobody has seen", "ratings_unseen"),
    ("feedback of the queue of low scores", "ratings_low_unseen"),
    ("the length of the queue", "ratings_low_unseen"),
    ("resolutions of all", "resolutions_resolved"),
    (
        "resolutions of an assignee",
        "resolutions_assignee_resolved",
    ),
    (
        "resolutions of nobody",
        "resolutions_unassigned|resolutions_assignee_resolved",
    ),
    ("resolutions of a service", "resolutions_service_resolved"),
    (
        "resolutions of no order",
        "resolutions_unordered|resolutions_service_resolved",
    ),
    ("resolutions of what is rated", "resolutions_rated_resolved"),
    (
        "resolutions of what was reopened",
        "resolutions_reopened_resolved",
    ),
    ("users of all by Created*", "users_created"),
    ("users of all by Seen*", "users_last_seen"),
    ("users of a role by*", "users_role_created"),
    ("users of several roles by*", "users_role_created"),
    ("users of an organization by*", "users_organization_created"),
    ("organizations", "organizations_created"),
    ("services all for staff", "customer_services_created"),
    ("services active, for staff", "customer_services_*"),
    (
        "services of a category, for staff",
        "customer_services_draft_category",
    ),
    (
        "services of a category, for customers",
        "customer_services_live_category",
    ),
    ("articles all, Draft", "knowledge_base_updated"),
    ("articles all, Live", "knowledge_base_published"),
    ("articles all, Public", "knowledge_base_public"),
    (
        "articles of a category, Draft",
        "knowledge_base_draft_category",
    ),
    (
        "articles of a category, Live",
        "knowledge_base_live_category",
    ),
    (
        "articles of a category, Public",
        "knowledge_base_public_category",
    ),
    ("articles with a tag, Draft", "article_tags_list"),
    ("articles with a tag, Live", "article_tags_list"),
    ("articles with a tag, Public", "article_tags_list"),
    ("articles related to one,*", "article_tags_list"),
    ("articles by votes against", "knowledge_base_unhelpfulness"),
    ("articles of a ticket", "knowledge_base_ticket"),
    ("empty searches by Count", "empty_searches_count"),
    ("empty searches by Latest", "empty_searches_last"),
    ("deliveries of all", "webhook_deliveries_listed"),
    ("deliveries of a status", "webhook_deliveries_by_status"),
    ("deliveries of a type", "webhook_deliveries_by_type"),
];

fn is(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == pattern,
    }
}

/// The index that a list should be read by and is not.
pub fn missing(list: &str, plans: &[Plan]) -> Option<&'static str> {
    let lines = plans.iter().flat_map(|plan| &plan.lines);
    let words: Vec<&str> = lines
        .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        .collect();
    let reads = |index: &str| index.split('|').any(|one| words.iter().any(|w| is(one, w)));
    let mut own = OWN.iter().filter(|(name, _)| is(name, list));
    own.find(|(_, index)| !reads(index))
        .map(|(_, index)| *index)
}

/// The names that stand here and are of no list any more.
pub fn unknown(lists: &[String]) -> Vec<&'static str> {
    let known = |name: &str| lists.iter().any(|list| is(name, list));
    OWN.iter()
        .map(|(name, _)| *name)
        .filter(|name| !known(name))
        .collect()
}
