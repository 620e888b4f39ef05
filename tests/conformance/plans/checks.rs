//! What is looked for in a plan.

use bsm_persistence::page::{Key, Window};
use bsm_persistence::{Db, DbError, EngineKind, Plan, Tx};
use bsm_tests::seed::at;
use uuid::Uuid;

/// More rows than this are never sorted: a page is read in order. What a search finds, or a
/// person or company with few tickets has, may be.
const SORTED_AT_MOST: u64 = 1_000;
/// What PostgreSQL believes that it sorts where a page is cut from one page of each day, of each month and
/// of each day at the edges of a time: it believes in a hundred of each.
const MERGED_AT_MOST: u64 = 3 * 100 * 26;

/// What is wrong with a plan, in words; nothing where all is well.
fn faults(engine: EngineKind, plan: &Plan, sorted_at_most: u64) -> Vec<String> {
    match engine {
        EngineKind::Sqlite => {
            let limited = plan.statement.contains(" limit ");
            sqlite_faults(&plan.lines, limited, sorted_at_most == u64::MAX)
        }
        EngineKind::Postgres => plan
            .lines
            .iter()
            .enumerate()
            .filter_map(|(n, line)| {
                let above = n.checked_sub(1).map(|n| &plan.lines[n]);
                postgres_fault(line, above, sorted_at_most)
            })
            .collect(),
    }
}

/// Tables that stay small however many tickets there are: counts by status, priority and assignee, and
/// what came since a job last folded it into them. They are read whole.
const SMALL: [&str; 2] = ["ticket_counts", "ticket_count_moves"];

/// Whether a step reads one of the small tables, by its whole name.
fn is_small(step: &str) -> bool {
    let mut words = step.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words.any(|word| SMALL.contains(&word))
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// SQLite has no numbers in its plans. A sort is all right where it puts parts in order that were
/// cut to a page each, or the page itself: then the first step beside it reads a subquery.
fn sqlite_faults(lines: &[String], limited: bool, sorts: bool) -> Vec<String> {
    let mut found = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let step = line.trim_start();
        let indexed = ["USING INDEX", "USING COVERING INDEX", "VIRTUAL TABLE INDEX"];
        // Values that stand in the statement itself are no table.
        let constant = step.contains("CONSTANT ROW");
        // Without a limit an index that is only scanned is read whole, too.
        let read_on = limited && indexed.iter().any(|i| step.contains(i));
        let whole = step.starts_with("SCAN") && !constant && !read_on;
        if whole && !is_small(step) && !of_a_page(lines, step) {
            found.push(format!("reads a whole table: {step}"));
        }
        if step.contains("TEMP B-TREE") && !sorts {
            let deep = depth(line);
            let begin = lines[..n].iter().rposition(|l| depth(l) < deep);
            let beside = lines[begin.map_or(0, |b| b + 1)..n]
                .iter()
                .filter(|l| depth(l) == deep);
            let reads = |l: &&String| {
                ["SCAN", "SEARCH"]
                    .iter()
                    .any(|w| l.trim_start().starts_with(w))
            };
            if !beside
                .clone()
                .find(reads)
                .is_some_and(|l| of_a_page(lines, l))
            {
                found.push(format!("sorts: {step}"));
            }
        }
    }
    found
}

/// Whether a step of SQLite reads what another step made before: a part, or parts merged. It
/// says `CO-ROUTINE x` or `MATERIALIZE x` there and `SCAN x` here.
fn of_a_page(lines: &[String], step: &str) -> bool {
    let name = step.trim_start().strip_prefix("SCAN ").unwrap_or_default();
    ["CO-ROUTINE ", "MATERIALIZE "].iter().any(|made| {
        lines
            .iter()
            .any(|l| l.trim_start().strip_prefix(made) == Some(name))
    })
}

/// PostgreSQL says how many rows it expects: of the beginning of a word always many. Where a limit stands
/// right above, it reads from anywhere until it has counted enough.
fn postgres_fault(line: &str, above: Option<&String>, sorted_at_most: u64) -> Option<String> {
    let bare = |line: &str| line.trim_start_matches([' ', '-', '>']).to_owned();
    let node = bare(line);
    let is_cut = above.is_some_and(|line| bare(line).starts_with("Limit"));
    if node.contains("Seq Scan on") && !is_cut && !is_small(&node) {
        return Some(format!("reads a whole table: {node}"));
    }
    let rows = line.split("rows=").nth(1).and_then(|r| r.split(' ').next());
    let rows: u64 = rows.and_then(|r| r.parse().ok()).unwrap_or(0);
    (node.starts_with("Sort ") && rows > sorted_at_most).then(|| format!("sorts: {node}"))
}

/// Every list with its plans, collected to be told at once.
pub struct Lists<'a> {
    pub db: &'a Db,
    pub names: Vec<String>,
    pub seen: usize,
    pub bad: Vec<String>,
}

impl Lists<'_> {
    /// Looks at the first page of a list and at one in its middle.
    pub async fn check(
        &mut self,
        name: &str,
        list: impl AsyncFn(&mut Tx, &Window) -> Result<(), DbError>,
    ) {
        let middle = Key {
            at: at(30_000),
            id: Uuid::from_u128(1 << 100),
        };
        self.names.push(name.to_owned());
        let search = name.contains("search");
        let middle = if search {
            Key::of_number(50_000, middle.id)
        } else {
            middle
        };
        for after in [None, Some(middle)] {
            let window = Window { limit: 25, after };
            let plans = self.db.explain(async |tx| list(tx, &window).await).await;
            // What a search finds, what is counted of a time, and what there are few of, is put in order
            // afterwards. PostgreSQL says how many it expects: of the few it knows.
            let timed = name.contains("a time");
            let tickets = name.starts_with("tickets");
            let any = match self.db.engine() {
                EngineKind::Sqlite => search || (timed && !tickets) || name.contains("the few"),
                EngineKind::Postgres => search || (timed && !tickets),
            };
            let sorted_at_most = match (any, timed) {
                (true, _) => u64::MAX,
                (false, true) => MERGED_AT_MOST,
                (false, false) => SORTED_AT_MOST,
            };
            let plans = plans.unwrap_or_else(|e| panic!("{name}: {e}"));
            assert!(!plans.is_empty(), "{name} runs no statement");
            if let Some(index) = super::indexes::missing(name, &plans) {
                self.bad
                    .push(format!("{name}:\n  not read by {index}: {plans:#?}"));
            }
            for plan in plans {
                self.seen += 1;
                let faults = faults(self.db.engine(), &plan, sorted_at_most);
                if !faults.is_empty() {
                    let (faults, lines) = (faults.join("\n  "), plan.lines.join("\n    "));
                    self.bad.push(format!("{name}:\n  {faults}\n    {lines}"));
                }
            }
        }
    }
}
