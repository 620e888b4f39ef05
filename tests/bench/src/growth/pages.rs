//! The way to a page far behind: cursors lead from one page to the next only.

use crate::growth::asked::get;
use crate::server::Server;

/// Rows of a page where nothing is asked for.
const PAGE: usize = 25;
/// Most rows of a page: fewer steps.
const STEP: usize = 100;

/// The path of the page behind 999 others; nothing where the list is shorter.
pub async fn thousandth(server: &Server, path: &str, token: &str) -> Option<String> {
    let joined = if path.contains('?') { '&' } else { '?' };
    let mut cursor = String::new();
    let mut rows = 999 * PAGE;
    while rows > 0 {
        let limit = rows.min(STEP);
        let after = if cursor.is_empty() {
            String::new()
        } else {
            format!("&cursor={cursor}")
        };
        let page = get(
            server,
            &format!("{path}{joined}limit={limit}{after}"),
            token,
        )
        .await;
        cursor = page["next_cursor"].as_str()?.to_owned();
        rows -= limit;
    }
    Some(format!("{path}{joined}cursor={cursor}"))
}
