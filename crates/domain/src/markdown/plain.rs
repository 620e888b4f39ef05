//! Markdown without its marks, for search and snippets.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::parser;

/// The text of a source as it reads, blocks and table rows on lines of their own; of images the
/// alternative text, of links the text.
#[must_use]
pub fn plain_text(source: &str) -> String {
    let mut text = String::new();
    for event in parser(source) {
        push(&mut text, &event);
    }
    text.truncate(text.trim_end().len());
    text
}

/// The texts of the headings of a source, one a line.
#[must_use]
pub fn headings(source: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for event in parser(source) {
        if let Event::Start(Tag::Heading { .. }) = event {
            inside = true;
        }
        if inside {
            push(&mut text, &event);
        }
        if let Event::End(TagEnd::Heading(_)) = event {
            inside = false;
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn push(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(piece) | Event::Code(piece) | Event::Html(piece) | Event::InlineHtml(piece) => {
            text.push_str(piece);
        }
        Event::SoftBreak | Event::End(TagEnd::TableCell) => separate(text, ' '),
        Event::HardBreak
        | Event::Rule
        | Event::Start(Tag::List(_))
        | Event::End(
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::Item
            | TagEnd::TableHead
            | TagEnd::TableRow,
        ) => separate(text, '\n'),
        _ => {}
    }
}

/// Ends a piece, once.
fn separate(text: &mut String, separator: char) {
    let kept = text.trim_end_matches([' ', '\n']).len();
    let had_line = text.get(kept..).is_some_and(|end| end.contains('\n'));
    text.truncate(kept);
    if kept > 0 {
        text.push(if had_line { '\n' } else { separator });
    }
}
