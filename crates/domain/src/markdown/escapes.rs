//! Texts with very many characters that HTML is escaped for.

use pulldown_cmark::CowStr;

/// Most escaped characters of one text.
const MAX_ESCAPED: usize = 1_000;

/// Counts escaped characters over a whole source, because neighbouring texts become one.
///
/// The sanitizer's serializer searches the rest of a text again at each `&` and at each character
/// whose UTF-8 starts with 0xC2: quadratic, seconds for 100,000 of them. Pieces with an element
/// between them keep it linear.
#[derive(Debug, Default)]
pub(super) struct Escapes {
    counted: usize,
}

impl Escapes {
    /// Splits a text after every 1,000th escaped character.
    pub(super) fn split<'a>(&mut self, text: CowStr<'a>) -> Vec<CowStr<'a>> {
        let found = text.chars().filter(|c| is_escaped(*c)).count();
        if self.counted + found <= MAX_ESCAPED {
            self.counted += found;
            return vec![text];
        }
        let mut pieces = Vec::new();
        let mut piece = String::new();
        for c in text.chars() {
            if is_escaped(c) {
                self.counted += 1;
                if self.counted > MAX_ESCAPED {
                    self.counted = 1;
                    pieces.push(std::mem::take(&mut piece).into());
                }
            }
            piece.push(c);
        }
        pieces.push(piece.into());
        pieces
    }
}

fn is_escaped(c: char) -> bool {
    c == '&' || matches!(c, '\u{80}'..='\u{bf}')
}
