//! What is made of the parsed Markdown before it becomes HTML.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::{
    TocEntry,
    escapes::Escapes,
    links::{ImageSource, image_source, link_target},
    names::Names,
    sanitize::is_language,
};

/// Deepest nesting of quotes, lists and emphasis.
const MAX_NESTING: usize = 24;

/// Most table cells. A table fills its short rows up, so a small source could make millions.
const MAX_CELLS: usize = 20_000;

/// Most characters of an image's alternative text and of a title.
const MAX_ATTRIBUTE_CHARS: usize = 1_000;

/// What is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flavor {
    /// With heading ids.
    Document,
    /// With line breaks as typed.
    Message,
}

/// The events to render and the headings met.
pub(super) struct Shaped<'a> {
    pub events: Vec<Event<'a>>,
    pub toc: Vec<TocEntry>,
}

/// What became of an opened tag.
enum Opened {
    Kept,
    Dropped,
    /// Ends as this.
    Replaced(TagEnd),
    /// An image that became a link at this place, with its address.
    ImageLink {
        at: usize,
        address: String,
    },
}

struct Heading {
    at: usize,
    level: u8,
    text: String,
}

struct Shaper<'a> {
    flavor: Flavor,
    events: Vec<Event<'a>>,
    open: Vec<Opened>,
    nesting: usize,
    links: usize,
    cells: usize,
    escapes: Escapes,
    /// Inside an image: what its alternative text may still take.
    alternative: Option<usize>,
    heading: Option<Heading>,
    names: Names,
}

/// Makes the parsed events safe to render and bounded in depth.
pub(super) fn shape<'a>(events: impl Iterator<Item = Event<'a>>, flavor: Flavor) -> Shaped<'a> {
    let mut shaper = Shaper {
        flavor,
        events: Vec::new(),
        open: Vec::new(),
        nesting: 0,
        links: 0,
        cells: 0,
        escapes: Escapes::default(),
        alternative: None,
        heading: None,
        names: Names::default(),
    };
    for event in events {
        shaper.take(event);
    }
    Shaped {
        events: shaper.events,
        toc: shaper.names.toc,
    }
}

impl<'a> Shaper<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Code(text) if self.alternative.is_none() => {
                self.note_heading(&text);
                let pieces = self.escapes.split(text);
                self.events.extend(pieces.into_iter().map(Event::Code));
            }
            Event::Html(text) | Event::InlineHtml(text) | Event::Text(text) | Event::Code(text) => {
                self.text(text);
            }
            Event::SoftBreak if self.flavor == Flavor::Message => {
                self.events.push(Event::HardBreak);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.note_heading(" ");
                self.events.push(event);
            }
            Event::TaskListMarker(done) => self.text(if done { "☑ " } else { "☐ " }.into()),
            Event::Rule => self.events.push(Event::Rule),
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) => {}
        }
    }

    fn text(&mut self, text: CowStr<'a>) {
        self.note_heading(&text);
        if let Some(room) = &mut self.alternative {
            let kept: String = text.chars().take(*room).collect();
            *room -= kept.chars().count();
            self.events.push(Event::Text(kept.into()));
            return;
        }
        for (index, piece) in self.escapes.split(text).into_iter().enumerate() {
            if index > 0 {
                self.events.push(Event::InlineHtml("<wbr>".into()));
            }
            self.events.push(Event::Text(piece));
        }
    }

    fn note_heading(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    fn start(&mut self, tag: Tag<'a>) {
        let opened = match tag {
            Tag::BlockQuote(_) => self.nest(Tag::BlockQuote(None)),
            Tag::List(_) | Tag::Emphasis | Tag::Strong | Tag::Strikethrough => self.nest(tag),
            Tag::Item if !matches!(self.open.last(), Some(Opened::Kept)) => Opened::Dropped,
            Tag::TableCell => self.cell(),
            Tag::HtmlBlock => {
                self.events.push(Event::Start(Tag::Paragraph));
                Opened::Replaced(TagEnd::Paragraph)
            }
            Tag::Heading { level, .. } => self.heading(level),
            Tag::CodeBlock(kind) => self.keep(Tag::CodeBlock(code_kind(kind))),
            Tag::Link {
                link_type,
                dest_url,
                title,
                ..
            } => self.link(link_type, dest_url, title),
            Tag::Image { .. } if self.alternative.is_some() => Opened::Dropped,
            Tag::Image {
                dest_url, title, ..
            } => self.image(dest_url, title),
            tag => self.keep(tag),
        };
        self.open.push(opened);
    }

    fn end(&mut self, end: TagEnd) {
        let end = match self.open.pop() {
            Some(Opened::Kept) => end,
            Some(Opened::Replaced(end)) => end,
            Some(Opened::ImageLink { at, address }) => {
                if self.events.len() == at {
                    self.text(address.into());
                }
                TagEnd::Link
            }
            Some(Opened::Dropped) | None => return,
        };
        match end {
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough => self.nesting = self.nesting.saturating_sub(1),
            TagEnd::Image => self.alternative = None,
            TagEnd::Link => self.links = self.links.saturating_sub(1),
            TagEnd::Heading(_) => self.name_heading(),
            _ => {}
        }
        self.events.push(Event::End(end));
    }

    fn keep(&mut self, tag: Tag<'a>) -> Opened {
        self.events.push(Event::Start(tag));
        Opened::Kept
    }

    fn nest(&mut self, tag: Tag<'a>) -> Opened {
        if self.nesting >= MAX_NESTING {
            return Opened::Dropped;
        }
        self.nesting += 1;
        self.keep(tag)
    }

    fn cell(&mut self) -> Opened {
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Opened::Dropped;
        }
        self.keep(Tag::TableCell)
    }

    /// Opens a link, unless its address is refused or another one is open: HTML has no links in
    /// links.
    fn link(&mut self, link_type: LinkType, address: CowStr<'a>, title: CowStr<'a>) -> Opened {
        let address = match link_type {
            // The renderer puts the scheme before an e-mail address.
            LinkType::Email => Some(address),
            _ => link_target(address),
        };
        let Some(dest_url) = address.filter(|_| self.links == 0) else {
            return Opened::Dropped;
        };
        self.links += 1;
        self.keep(Tag::Link {
            link_type,
            dest_url,
            title: short(title),
            id: "".into(),
        })
    }

    fn image(&mut self, address: CowStr<'a>, title: CowStr<'a>) -> Opened {
        match image_source(&address) {
            ImageSource::Own => {
                self.alternative = Some(MAX_ATTRIBUTE_CHARS);
                self.keep(Tag::Image {
                    link_type: LinkType::Inline,
                    dest_url: address,
                    title: short(title),
                    id: "".into(),
                })
            }
            ImageSource::Remote => {
                let text = address.to_string();
                let at = self.events.len() + 1;
                match self.link(LinkType::Inline, address, title) {
                    Opened::Kept => Opened::ImageLink { at, address: text },
                    other => other,
                }
            }
            ImageSource::Refused => Opened::Dropped,
        }
    }

    fn heading(&mut self, level: HeadingLevel) -> Opened {
        let level = lowered(level);
        self.heading = (self.flavor == Flavor::Document).then(|| Heading {
            at: self.events.len(),
            level: level as u8,
            text: String::new(),
        });
        self.events.push(Event::Start(heading_tag(level)));
        Opened::Replaced(TagEnd::Heading(level))
    }

    /// Gives the heading that just ended its id and its entry; one without text has neither.
    fn name_heading(&mut self) {
        let Some(heading) = self.heading.take() else {
            return;
        };
        let Some(name) = self.names.add(heading.level, &heading.text) else {
            return;
        };
        if let Some(Event::Start(Tag::Heading { id, .. })) = self.events.get_mut(heading.at) {
            *id = Some(name.into());
        }
    }
}

/// A title, none if it is overlong.
fn short(title: CowStr<'_>) -> CowStr<'_> {
    if title.chars().nth(MAX_ATTRIBUTE_CHARS).is_some() {
        "".into()
    } else {
        title
    }
}

fn lowered(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 => HeadingLevel::H2,
        HeadingLevel::H2 => HeadingLevel::H3,
        HeadingLevel::H3 => HeadingLevel::H4,
        HeadingLevel::H4 => HeadingLevel::H5,
        HeadingLevel::H5 | HeadingLevel::H6 => HeadingLevel::H6,
    }
}

fn heading_tag(level: HeadingLevel) -> Tag<'static> {
    Tag::Heading {
        level,
        id: None,
        classes: Vec::new(),
        attrs: Vec::new(),
    }
}

/// Keeps of an info string its first word, if that names a language.
fn code_kind(kind: CodeBlockKind<'_>) -> CodeBlockKind<'_> {
    match kind {
        CodeBlockKind::Fenced(info) => {
            let language = info.split_whitespace().next().unwrap_or_default();
            if is_language(language) {
                CodeBlockKind::Fenced(language.to_owned().into())
            } else {
                CodeBlockKind::Indented
            }
        }
        CodeBlockKind::Indented => CodeBlockKind::Indented,
    }
}
