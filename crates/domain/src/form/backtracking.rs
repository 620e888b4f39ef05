//! How much a browser's backtracking engine may have to try for a pattern.
//!
//! The server matches in linear time; a page runs the same pattern with an engine that tries one
//! way after another, and `(a+)+` has more ways through thirty letters than anybody waits for.

use std::{iter::Peekable, str::Chars};

/// Longest text that a pattern is run on: a `short_text`.
const LONGEST: f64 = 500.0;

/// Most ways through the longest text that a pattern may have: two free repetitions.
const MOST_WAYS: f64 = 1_000_000.0;

/// Whether a pattern that the scanner has accepted stays quick in every browser.
///
/// Counted are the ways in which the engine can read a text. A repetition has one where what
/// follows it begins with other characters than what it repeats, else one for each length; nested
/// ones multiply as often as they are repeated, and so do alternatives that begin alike.
pub(super) fn is_quick(pattern: &str) -> bool {
    let mut reader = Reader(pattern.chars().peekable());
    let node = reader.alternatives();
    node.ways(&Set::default()) <= MOST_WAYS
}

/// Characters, as ranges of scalar values.
#[derive(Debug, Clone, Default)]
struct Set(Vec<(u32, u32)>);

impl Set {
    fn of(ranges: &[(char, char)]) -> Self {
        Self(
            ranges
                .iter()
                .map(|(a, b)| (u32::from(*a), u32::from(*b)))
                .collect(),
        )
    }

    fn any() -> Self {
        Self(vec![(0, u32::from(char::MAX))])
    }

    fn and(mut self, other: &Self) -> Self {
        self.0.extend_from_slice(&other.0);
        self
    }

    fn complement(mut self) -> Self {
        self.0.sort_unstable();
        let mut gaps = Vec::new();
        let mut next = 0;
        for (start, end) in self.0 {
            if start > next {
                gaps.push((next, start - 1));
            }
            next = next.max(end + 1);
        }
        gaps.push((next, u32::from(char::MAX)));
        Self(gaps)
    }

    fn meets(&self, other: &Self) -> bool {
        self.0
            .iter()
            .any(|(a, b)| other.0.iter().any(|(c, d)| a <= d && c <= b))
    }
}

enum Node {
    /// One character of a set.
    One(Set),
    /// `^`, `$`
    Edge,
    /// One after another.
    Row(Vec<Node>),
    /// One of several.
    Either(Vec<Node>),
    /// So often; without `most` as often as one likes.
    Repeat {
        what: Box<Node>,
        least: u32,
        most: Option<u32>,
    },
}

impl Node {
    fn may_be_empty(&self) -> bool {
        match self {
            Self::One(_) => false,
            Self::Edge => true,
            Self::Row(nodes) => nodes.iter().all(Self::may_be_empty),
            Self::Either(nodes) => nodes.iter().any(Self::may_be_empty),
            Self::Repeat { what, least, .. } => *least == 0 || what.may_be_empty(),
        }
    }

    /// What it can begin with, followed by what can begin with `after`.
    fn begins(&self, after: &Set) -> Set {
        let own = match self {
            Self::One(set) => set.clone(),
            Self::Edge => Set::default(),
            Self::Row(nodes) => nodes
                .iter()
                .rev()
                .fold(Set::default(), |rest, node| node.begins(&rest)),
            Self::Either(nodes) => nodes.iter().fold(Set::default(), |all, node| {
                all.and(&node.begins(&Set::default()))
            }),
            Self::Repeat { what, .. } => what.begins(&Set::default()),
        };
        if self.may_be_empty() {
            own.and(after)
        } else {
            own
        }
    }

    /// In how many ways it can be read at most, where `after` follows.
    fn ways(&self, after: &Set) -> f64 {
        match self {
            Self::One(_) | Self::Edge => 1.0,
            Self::Row(nodes) => {
                let mut rest = after.clone();
                let mut ways = 1.0;
                for node in nodes.iter().rev() {
                    ways *= node.ways(&rest);
                    rest = node.begins(&rest);
                }
                ways
            }
            Self::Either(nodes) => {
                let begins: Vec<Set> = nodes.iter().map(|node| node.begins(after)).collect();
                let alike = begins
                    .iter()
                    .enumerate()
                    .any(|(n, set)| begins[..n].iter().any(|other| set.meets(other)));
                let ways = nodes.iter().map(|node| node.ways(after));
                if alike {
                    ways.sum()
                } else {
                    ways.fold(1.0, f64::max)
                }
            }
            Self::Repeat { what, least, most } => {
                let again = what.begins(&Set::default());
                let once = *most == Some(1);
                let inside = if once {
                    after.clone()
                } else {
                    again.clone().and(after)
                };
                let most = most.map_or(LONGEST, |most| f64::from(most).min(LONGEST));
                let each = what.ways(&inside).powf(most);
                let lengths = if again.meets(after) || what.may_be_empty() {
                    most - f64::from(*least) + 1.0
                } else {
                    1.0
                };
                each * lengths.max(1.0)
            }
        }
    }
}

/// Reads a pattern of the dialect; what the scanner refuses never comes here.
struct Reader<'a>(Peekable<Chars<'a>>);

impl Reader<'_> {
    fn alternatives(&mut self) -> Node {
        let mut all = vec![self.row()];
        while self.0.next_if_eq(&'|').is_some() {
            all.push(self.row());
        }
        Node::Either(all)
    }

    fn row(&mut self) -> Node {
        let mut row = Vec::new();
        while let Some(c) = self.0.next_if(|c| !matches!(c, '|' | ')')) {
            let node = match c {
                '(' => {
                    if self.0.next_if_eq(&'?').is_some() {
                        self.0.next();
                    }
                    let inner = self.alternatives();
                    self.0.next();
                    inner
                }
                '^' | '$' => Node::Edge,
                '[' => Node::One(self.set()),
                '\\' => Node::One(self.escape()),
                '.' => Node::One(Set::any()),
                c => Node::One(Set::of(&[(c, c)])),
            };
            row.push(self.repeated(node));
        }
        Node::Row(row)
    }

    fn repeated(&mut self, what: Node) -> Node {
        let (least, most) = match self.0.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => {
                self.0.next();
                let least = self.number().unwrap_or_default();
                let most = if self.0.next_if_eq(&',').is_some() {
                    self.number()
                } else {
                    Some(least)
                };
                (least, most)
            }
            _ => return what,
        };
        self.0.next();
        Node::Repeat {
            what: Box::new(what),
            least,
            most,
        }
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.0.peek().and_then(|c| c.to_digit(10)) {
            self.0.next();
            number = Some(number.unwrap_or(0) * 10 + digit);
        }
        number
    }

    /// After `[`, up to and with `]`.
    fn set(&mut self) -> Set {
        let other = self.0.next_if_eq(&'^').is_some();
        let mut set = Set::default();
        while let Some(c) = self.0.next().filter(|c| *c != ']') {
            let start = if c == '\\' {
                self.escape()
            } else {
                Set::of(&[(c, c)])
            };
            set = set.and(&start);
            // Where no end follows, the `-` stands for itself, as the last of the set.
            if self.0.next_if_eq(&'-').is_some() {
                let end = match self.0.next_if(|c| *c != ']') {
                    Some('\\') => self.escape(),
                    Some(c) => Set::of(&[(c, c)]),
                    None => {
                        set = set.and(&Set::of(&[('-', '-')]));
                        continue;
                    }
                };
                if let (Some((from, _)), Some((_, to))) = (start.0.first(), end.0.last()) {
                    set.0.push((*from, *to));
                }
            }
        }
        if other { set.complement() } else { set }
    }

    fn escape(&mut self) -> Set {
        let digits = Set::of(&[('0', '9')]);
        let word = Set::of(&[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')]);
        match self.0.next() {
            Some('d') => digits,
            Some('D') => digits.complement(),
            Some('w') => word,
            Some('W') => word.complement(),
            c => c.map_or_else(Set::default, |c| Set::of(&[(c, c)])),
        }
    }
}
