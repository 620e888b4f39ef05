use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn html(source: &str) -> String {
    render(source).html
}

#[test]
fn renders_the_dialect() {
    for (source, expected) in [
        (
            "# Hi\n## Hi",
            "<h2 id=\"h-hi\">Hi</h2>\n<h3 id=\"h-hi-2\">Hi</h3>\n",
        ),
        ("###### deep", "<h6 id=\"h-deep\">deep</h6>\n"),
        ("#", "<h2></h2>\n"),
        ("# Привет", "<h2 id=\"h-section\">Привет</h2>\n"),
        (
            "~~no~~ **b** *i*",
            "<p><del>no</del> <strong>b</strong> <em>i</em></p>\n",
        ),
        (
            "- [x] done\n- [ ] open",
            "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>\n",
        ),
        ("3. c", "<ol start=\"3\">\n<li>c</li>\n</ol>\n"),
        (
            "|a|\n|:-:|\n|1|",
            "<table><thead><tr><th>a</th></tr></thead><tbody>\n<tr><td>1</td></tr>\n</tbody></table>\n",
        ),
        (
            "```rust ignore\nx < y\n```",
            "<pre><code class=\"language-rust\">x &lt; y\n</code></pre>\n",
        ),
        ("a <b>x</b>", "<p>a &lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("<div>x</div>", "<p>&lt;div&gt;x&lt;/div&gt;</p>\n"),
        (
            "[t](#intro \"T\")",
            "<p><a href=\"#h-intro\" title=\"T\" rel=\"noopener noreferrer nofollow\">t</a></p>\n",
        ),
        (
            "![alt](/files/a.png)",
            "<p><img src=\"/files/a.png\" alt=\"alt\"></p>\n",
        ),
        (
            "![](https://e.com/a.png)",
            "<p><a href=\"https://e.com/a.png\" rel=\"noopener noreferrer nofollow\">https://e.com/a.png</a></p>\n",
        ),
        (
            "[![a](https://e.com/a.png)](https://e.com)",
            "<p><a href=\"https://e.com\" rel=\"noopener noreferrer nofollow\">a</a></p>\n",
        ),
    ] {
        assert_eq!(html(source), expected, "{source}");
    }
    let toc = render("# One `two`\n\ntext\n\n### [Three](/x)").toc;
    let entries: Vec<_> = toc
        .iter()
        .map(|e| (e.id.as_str(), e.level, e.text.as_str()))
        .collect();
    assert_eq!(
        entries,
        [("h-one-two", 2, "One two"), ("h-three", 4, "Three")]
    );
}

#[test]
fn messages_keep_line_breaks_and_name_no_headings() {
    assert_eq!(render_message("a\nb"), "<p>a<br>\nb</p>\n");
    assert_eq!(render_message("# a"), "<h2>a</h2>\n");
}

#[test]
fn plain_texts() {
    assert_eq!(
        plain_text(
            "# Title\n\nSome *bold* `code`\nand [link](/x) ![alt](/y).\n\n- a\n- b\n\n|x|y|\n|-|-|\n|1|2|\n"
        ),
        "Title\nSome bold code and link alt.\na\nb\nx y\n1 2"
    );
    assert_eq!(headings("# One\n\ntext\n\n## Two *b*\n"), "One\nTwo b");
    assert_eq!(plain_text(""), "");
}

/// Hostile sources; whatever is made of them, [`assert_harmless`] must hold.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<style>*{background:url(//evil)}</style>",
    "<!-- --><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x73;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java&NewLine;script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](< javascript:alert(1)>)",
    "[x](&nbsp;javascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://x/y)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x]: javascript:alert(1)\n\n[x] [y][x] ![z][x]",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
    "![x](//evil.example/a.png)",
    "![x](/\\evil.example/a.png)",
    "![x](/&Tab;/evil.example/a.png)",
    "![x](http://evil.example/a.png)",
    "![x](https://evil.example/a.png \"t\")",
    "![a\" onerror=\"alert(1)](/x.png)",
    "[![x](javascript:1)](javascript:2)",
    "[a [b](javascript:1)](javascript:2)",
    "[x](https://e.com/\"onmouseover=\"alert(1))",
    "[x](https://e.com 'a\" onmouseover=\"alert(1)')",
    "[x](/y \"<script>alert(1)</script>\")",
    "```\" onmouseover=alert(1)\nx\n```",
    "```x\"><script>alert(1)</script>\nx\n```",
    "~~~js' class='x\nx\n~~~",
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "# x {#location onclick=alert(1)}",
    "# </h2><script>alert(1)</script>",
    "| <script>alert(1)</script> |\n|-|\n| <img src=x onerror=alert(1)> |",
    "> <script>\n> alert(1)\n> </script>",
    "<a\u{0}href=javascript:alert(1)>x",
    "\u{0}<script>\u{0}alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "<x@\"onclick=alert(1)//.com>",
    "<wbr onclick=alert(1)>",
    "[x](mailto:a@b.c?subject=<script>)",
];

/// Reads every tag of the output: only known tags with known attributes and addresses.
fn assert_harmless(html: &str) {
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag
            .split_once('>')
            .unwrap_or_else(|| panic!("open tag in {html}"));
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let known = [
            "a",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "img",
            "li",
            "ol",
            "p",
            "pre",
            "strong",
            "table",
            "tbody",
            "td",
            "th",
            "thead",
            "tr",
            "ul",
            "wbr",
        ];
        assert!(known.contains(&name.as_str()), "tag {name} in {html}");
        let mut rest = tag.trim_start_matches('/').get(name.len()..).unwrap();
        while let Some((attribute, after)) = rest.split_once("=\"") {
            let (value, after) = after.split_once('"').unwrap();
            let attribute = attribute.trim();
            let fine = match (name.as_str(), attribute) {
                ("a", "href") => {
                    ["https://", "http://", "mailto:", "#h-"]
                        .iter()
                        .any(|s| value.starts_with(s))
                        || !value.split(['/', '?', '#']).next().unwrap().contains(':')
                }
                ("a", "rel") => value == "noopener noreferrer nofollow",
                ("img", "src") => value.starts_with('/') && !value.starts_with("//"),
                ("a" | "img", "title") | ("img", "alt") | ("ol", "start") => true,
                ("code", "class") => value.starts_with("language-") && !value.contains(' '),
                (heading, "id") => heading.starts_with('h') && value.starts_with("h-"),
                _ => false,
            };
            assert!(fine, "{attribute}={value} in {html}");
            rest = after;
        }
        assert!(rest.trim().is_empty(), "{rest} in {html}");
    }
}

#[test]
fn hostile_sources_do_nothing() {
    for source in HOSTILE {
        for nested in [
            (*source).to_owned(),
            format!("> - {source}"),
            format!("**{source}**"),
            format!("[{source}](https://e.com)"),
            format!("![{source}](/x.png)"),
        ] {
            assert_harmless(&html(&nested));
            assert_harmless(&render_message(&nested));
        }
    }
}

#[test]
fn refused_addresses_leave_the_text() {
    for address in [
        "JavaScript:x",
        "java&#x73;cript:x",
        "&#1;javascript:x",
        "java&Tab;script:x",
        "data:x",
        "\\\\javascript:x",
        "&nbsp;javascript:x",
        "tel:1",
        "C:\\\\x",
    ] {
        assert_eq!(html(&format!("[x]({address})")), "<p>x</p>\n", "{address}");
        assert_eq!(html(&format!("![x]({address})")), "<p>x</p>\n", "{address}");
    }
}

#[test]
fn the_second_wall_stands_alone() {
    for source in HOSTILE {
        assert_harmless(&sanitize::sanitize(source));
    }
}

#[test]
fn large_hostile_sources_are_cheap() {
    let mut sources: Vec<String> = [
        ">", "> ", "[", "![", "*", "_a ", "**a *b ", "`", "` `` ", "- ", "1. ", "a\n> ", "<",
        "<!--", "&", "\u{a0}", "&\n", "`&`", "# a\n", "|", "[a](", "[a][", "~~a ", "<p>\n\n", "\\",
        "a\n- ",
    ]
    .iter()
    .map(|unit| unit.repeat(MAX_SOURCE_CHARS / unit.len()))
    .collect();
    let amps = "&".repeat(99_000);
    sources.extend([
        format!("`{amps}`"),
        format!("[x](/{amps})"),
        format!("[x](/y '{amps}')"),
        format!("![{amps}](/x.png)"),
        format!("```\n{amps}\n```"),
        format!(
            "|{}\n|{}\n{}",
            "a|".repeat(20_000),
            "-|".repeat(20_000),
            "a\n".repeat(9_000)
        ),
        format!("[a]: /{}\n\n{}", "x".repeat(20_000), "[a] ".repeat(20_000)),
        (1..440).fold(String::new(), |all, n| all + &">".repeat(n) + "a\n"),
    ]);
    for source in sources {
        let start = Instant::now();
        let made = html(&source);
        let _ = (plain_text(&source), headings(&source));
        let took = start.elapsed();
        let head: String = source.chars().take(12).collect();
        // Generous: debug builds on busy machines take 50 times what a release build does.
        assert!(took < Duration::from_secs(10), "{head:?} took {took:?}");
        assert!(made.len() < 4_000_000, "{head:?} made {} bytes", made.len());
    }
}

#[test]
fn sources_are_cut_at_their_bound() {
    assert_eq!(
        plain_text(&"é".repeat(MAX_SOURCE_CHARS + 9))
            .chars()
            .count(),
        MAX_SOURCE_CHARS
    );
}

proptest! {
    #[test]
    fn any_source_is_harmless(source in "([<>\\[\\]()!*_`#&;:/\"'=|~ \\n\\t-]|script|javascript|href|onload|a|1|\\PC){0,60}") {
        assert_harmless(&html(&source));
        assert_harmless(&render_message(&source));
        let _ = (plain_text(&source), headings(&source));
    }

    #[test]
    fn ids_are_unique(titles in prop::collection::vec("[a-c1-2 -]{0,4}", 0..20)) {
        let source = titles.iter().fold(String::new(), |all, title| all + "# " + title + "\n\n");
        let mut ids: Vec<_> = render(&source).toc.into_iter().map(|e| e.id).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), count);
    }
}
