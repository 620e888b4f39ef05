//! The words in which the engines differ, and the parts that several scripts have in common.

use crate::sql::Engine;

/// A part of a script that is kept in a file of its own, without the end of its last line.
macro_rules! part {
    ($name:literal) => {
        include_str!(concat!("../../sql/parts/", $name, ".sql")).trim_end()
    };
}

/// A script of `tests/bench/sql` as an engine understands it: every `{…}` that is known is replaced.
pub fn filled(engine: Engine, script: &str) -> String {
    let mut text = script.to_owned();
    let search = match engine {
        Engine::Sqlite => part!("search_sqlite"),
        Engine::Postgres => part!("search_postgres"),
    };
    let search = [("search", search.to_owned())];
    let all = search.into_iter().chain(parts()).chain(words(engine));
    for (name, meaning) in all {
        text = text.replace(&format!("{{{name}}}"), &meaning);
    }
    text
}

/// They have words in them and come first.
fn parts() -> Vec<(&'static str, String)> {
    let (update, figures) = (part!("update_ticket"), part!("move_figures"));
    let (columns, around) = (part!("ticket_columns"), part!("ticket_around"));
    let counts = part!("count_change");
    let other = "case when status = 'pending' then 'on_hold' else 'pending' end";
    vec![
        ("ticket", format!("{columns}\nfrom tickets t\n{around}")),
        ("ticket columns", columns.to_owned()),
        ("ticket around", around.to_owned()),
        ("count new", part!("count_new").to_owned()),
        (
            "count change",
            counts
                .replace("{status}", "status")
                .replace("{status of t}", "t.status"),
        ),
        (
            "count change: other status",
            counts.replace("{status}", other).replace(
                "{status of t}",
                "case when t.status = 'pending' then 'on_hold' else 'pending' end",
            ),
        ),
        ("settings", part!("settings").to_owned()),
        ("user", part!("user").to_owned()),
        ("rating", part!("rating").to_owned()),
        ("history", part!("history").to_owned()),
        ("event", part!("event").to_owned()),
        ("update ticket", update.replace("{status}", "status")),
        (
            "update ticket: other status",
            update.replace("{status}", other),
        ),
        ("move figures", figures.replace("{total}", "0")),
        ("move figures: one more", figures.replace("{total}", "1")),
    ]
}

fn words(e: Engine) -> Vec<(&'static str, String)> {
    let client = match e {
        Engine::Sqlite => ":client",
        Engine::Postgres => ":client::bigint",
    };
    let mut all = vec![
        ("customer", e.id(1, client)),
        ("organization", e.id(2, client)),
        ("nobody", e.nobody().to_owned()),
    ];
    let engines = match e {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    all.extend(engines.map(|(name, text)| (name, text.to_owned())));
    all
}

const SQLITE: [(&str, &str); 14] = [
    // In the order of time, as the product makes them.
    (
        "new id",
        "unhex(printf('%012x', cast(1000 * unixepoch('subsec') as integer)) || hex(randomblob(10)))",
    ),
    ("new text", "hex(randomblob(16))"),
    ("now", "strftime('%Y-%m-%dT%H:%M:%f+00:00')"),
    ("hash", "randomblob(32)"),
    ("sealed answer", "randomblob(760)"),
    ("begin", "begin immediate"),
    ("for update", ""),
    (
        "next number",
        "select coalesce(max(number), 0) + 1 as number from tickets",
    ),
    (
        "next position",
        "update event_head set position = position + 1 where id = 1 returning position \\gset",
    ),
    ("position", ":position"),
    ("article has words", "content_search match :words"),
    (
        "best first",
        "bm25(content_search, 0, 0, 0, 10.0, 4.0, 1.0)",
    ),
    (
        "insert words",
        "insert into ticket_search (rowid, public, internal) values \
         (:number, 'tkt the printer is silent since this morning it prints nothing', '')",
    ),
    (
        "append words",
        "update ticket_search set public = public || ' ' || 'we are on it please wait' \
         where rowid = :number",
    ),
];

const POSTGRES: [(&str, &str); 14] = [
    (
        "new id",
        "(lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') || \
         substr(md5(random()::text), 1, 20))::uuid",
    ),
    ("new text", "md5(random()::text)"),
    ("now", "clock_timestamp()"),
    ("hash", "decode(repeat('5a', 32), 'hex')"),
    ("sealed answer", "decode(repeat(:key, 23), 'hex')"),
    ("begin", "begin"),
    ("for update", "for update"),
    ("next number", "select nextval('ticket_numbers') as number"),
    // Numbered after the commit, by one transaction for all that were written meanwhile.
    ("next position", ""),
    ("position", "null"),
    (
        "article has words",
        "content_search.words @@ to_tsquery('simple', :words)",
    ),
    (
        "best first",
        "ts_rank(content_search.words, to_tsquery('simple', :words)) desc",
    ),
    (
        "insert words",
        "insert into ticket_search (ticket_id, number, public, everything) values (:id, :number, \
         strip(to_tsvector('simple', 'tkt the printer is silent since this morning it prints nothing')), \
         strip(to_tsvector('simple', 'tkt the printer is silent since this morning it prints nothing')))",
    ),
    (
        "append words",
        "update ticket_search set public = public || strip(to_tsvector('simple', 'we are on it please wait')), \
         everything = everything || strip(to_tsvector('simple', 'we are on it please wait')) \
         where ticket_id = :id and length(everything) < 15000",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ratios::operations::OPERATIONS;

    #[test]
    fn no_word_of_a_script_is_left_over() {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            for operation in &OPERATIONS {
                let text = filled(engine, operation.sql);
                // Braces of JSON are followed by a quotation mark or another brace.
                let left = text.match_indices('{').find(|(at, _)| {
                    let next = text[at + 1..].chars().next();
                    next.is_some_and(|c| c.is_ascii_alphabetic())
                });
                assert_eq!(left, None, "{}: {text}", operation.name);
            }
        }
    }
}
