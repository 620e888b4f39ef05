//! The part of a long text that shows best why it was found.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::{
    fold::words,
    highlight::{Segment, hits, segments},
};

const ELLIPSIS: char = '…';

/// A piece of the text between white space, its length in characters and the terms it answers.
struct Token<'a> {
    text: &'a str,
    chars: usize,
    hits: u32,
}

/// The window of the text with the most different terms (then the most hits, then the earliest),
/// at most `max_chars` characters with its ellipses, cut between words, white space collapsed.
///
/// Without a hit the text's beginning. A single word longer than the window is cut between
/// graphemes. Empty for an empty text or no room.
#[must_use]
pub fn snippet<S: AsRef<str>>(text: &str, terms: &[S], max_chars: usize) -> Vec<Segment> {
    let tokens: Vec<Token<'_>> = text
        .split_whitespace()
        .map(|token| Token {
            text: token,
            chars: token.chars().count(),
            hits: words(token).fold(0, |all, (_, word)| all | hits(word, terms)),
        })
        .collect();
    let room = if width(&tokens) <= max_chars {
        max_chars
    } else {
        max_chars.saturating_sub(2)
    };
    let window = widen(&tokens, best(&tokens, room), room);
    let Some(shown) = tokens.get(window.clone()).filter(|shown| !shown.is_empty()) else {
        return Vec::new();
    };
    if room == 0 {
        return Vec::new();
    }
    let mut line = String::new();
    if window.start > 0 {
        line.push(ELLIPSIS);
    }
    let mut cut = window.end < tokens.len();
    let joined = shown
        .iter()
        .map(|token| token.text)
        .collect::<Vec<_>>()
        .join(" ");
    if width(shown) <= room {
        line.push_str(&joined);
    } else {
        let mut left = room;
        line.extend(joined.graphemes(true).take_while(|grapheme| {
            let chars = grapheme.chars().count();
            let fits = chars <= left;
            left = left.saturating_sub(chars);
            fits
        }));
        cut = true;
    }
    if cut {
        line.push(ELLIPSIS);
    }
    segments(&line, terms)
}

/// Characters of the tokens joined with single spaces.
fn width(tokens: &[Token<'_>]) -> usize {
    let chars: usize = tokens.iter().map(|token| token.chars).sum();
    chars + tokens.len().saturating_sub(1)
}

/// The smallest range around the hits of the best window; the first token if nothing hits.
fn best(tokens: &[Token<'_>], room: usize) -> Range<usize> {
    let hitting: Vec<(usize, usize, &Token<'_>)> = tokens
        .iter()
        .enumerate()
        .scan(0, |offset, (index, token)| {
            let start = *offset;
            *offset += token.chars + 1;
            Some((index, start, token))
        })
        .filter(|(_, _, token)| token.hits != 0)
        .collect();
    let mut best = 0..tokens.len().min(1);
    let mut best_score = (0, 0);
    let mut counts = [0_usize; 32];
    let mut last = 0;
    for (first, (first_index, start, first_token)) in hitting.iter().enumerate() {
        while let Some((_, offset, token)) = hitting.get(last) {
            if last > first && offset + token.chars > start + room {
                break;
            }
            count(&mut counts, token.hits, |n| n + 1);
            last += 1;
        }
        let score = (counts.iter().filter(|n| **n > 0).count(), last - first);
        if score > best_score {
            best_score = score;
            let end = hitting.get(last - 1).map_or(*first_index, |hit| hit.0);
            best = *first_index..end + 1;
        }
        count(&mut counts, first_token.hits, |n| n.saturating_sub(1));
    }
    best
}

fn count(counts: &mut [usize; 32], hits: u32, change: impl Fn(usize) -> usize) {
    for (bit, n) in counts.iter_mut().enumerate() {
        if hits & (1 << bit) != 0 {
            *n = change(*n);
        }
    }
}

/// Fills the room left: a third of it before the hits, the rest after them, what remains before.
fn widen(tokens: &[Token<'_>], mut window: Range<usize>, room: usize) -> Range<usize> {
    let mut spare = room.saturating_sub(width(tokens.get(window.clone()).unwrap_or_default()));
    let mut before = spare / 3;
    for fill_before in [true, false, true] {
        loop {
            let next = if fill_before {
                window.start.checked_sub(1)
            } else {
                Some(window.end)
            };
            let limit = if fill_before { before } else { spare };
            let Some((index, cost)) = next
                .and_then(|index| Some((index, tokens.get(index)?.chars + 1)))
                .filter(|(_, cost)| *cost <= limit)
            else {
                break;
            };
            spare -= cost;
            before = before.saturating_sub(cost);
            window = window.start.min(index)..window.end.max(index + 1);
        }
        before = spare;
    }
    window
}
