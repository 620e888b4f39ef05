//! Taking people out of a text that others will read.

use unicode_normalization::char::is_combining_mark;

use super::fold;

/// What stands where a name stood.
pub const SOMEBODY: &str = "[name]";
/// What stands where an e-mail address stood.
pub const SOME_ADDRESS: &str = "[e-mail]";

/// Names to take out of texts.
#[derive(Debug, Clone, Default)]
pub struct Names(Vec<Vec<String>>);

impl Names {
    /// Adds a person: the whole name and every part of it.
    pub fn person(&mut self, name: &str) {
        let parts = words_of(name);
        self.0.extend(parts.iter().map(|part| vec![part.clone()]));
        self.0.push(parts);
    }

    /// Adds a company: the whole name only, since its parts are common words.
    pub fn company(&mut self, name: &str) {
        self.0.push(words_of(name));
    }

    /// How many of these words are a name; the longest counts.
    fn length_at(&self, words: &[Word<'_>]) -> usize {
        self.0
            .iter()
            .filter(|name| !name.is_empty() && name.len() <= words.len())
            .filter(|name| {
                name.iter()
                    .zip(words)
                    .all(|(part, word)| *part == word.folded)
            })
            .map(Vec::len)
            .max()
            .unwrap_or(0)
    }
}

struct Word<'a> {
    text: &'a str,
    start: usize,
    folded: String,
}

impl Word<'_> {
    const fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The text without these names and without e-mail addresses, whatever their case and accents.
/// A name that is a word of the language goes, too: who reads it over sees where something is
/// missing, but would not see a name that was left.
#[must_use]
pub fn anonymize(text: &str, names: &Names) -> String {
    let text = without_addresses(text);
    let words = words(&text);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    let mut n = 0;
    while let Some(word) = words.get(n) {
        let length = names.length_at(&words[n..]);
        if length == 0 {
            n += 1;
            continue;
        }
        let last = &words[n + length - 1];
        // "[name] [name]" is one person.
        let between = &text[copied..word.start];
        if !(out.ends_with(SOMEBODY) && between.chars().all(|c| c == ' ' || c == '-')) {
            out.push_str(between);
            out.push_str(SOMEBODY);
        }
        copied = last.end();
        n += length;
    }
    out.push_str(&text[copied..]);
    out
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        // Marks that combine belong to the letter before them.
        let inside = c.is_alphanumeric() || (start.is_some() && is_combining_mark(c));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(begun)) => {
                let text = &text[begun..at];
                found.push(Word {
                    text,
                    start: begun,
                    folded: fold(text),
                });
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn words_of(name: &str) -> Vec<String> {
    words(name).into_iter().map(|word| word.folded).collect()
}

/// The text with every e-mail address replaced.
fn without_addresses(text: &str) -> String {
    let in_address = |c: char| c.is_alphanumeric() || "._%+-@".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let kind = in_address(c);
        let end = rest.find(|c| in_address(c) != kind);
        let end = end.unwrap_or(rest.len());
        // A full stop behind an address ends the sentence.
        let run = rest[..end].trim_end_matches('.');
        let end = if run.is_empty() { end } else { run.len() };
        let (run, after) = rest.split_at(end);
        let is_address = kind
            && run
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        out.push_str(if is_address { SOME_ADDRESS } else { run });
        rest = after;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        names.person("Ana Żółć-Müller");
        names.company("Acme Tools Ltd");
        names
    }

    #[test]
    fn names_go_whatever_their_case_and_accents() {
        for (text, wanted) in [
            ("Regards, Ana", "Regards, [name]"),
            ("ANA ŻÓŁĆ-MÜLLER writes", "[name] writes"),
            (
                "ana's mouse, zolc's keyboard",
                "[name]'s mouse, [name]'s keyboard",
            ),
            ("Mu\u{308}ller\nAna", "[name]\n[name]"),
            ("We at acme tools ltd buy tools", "We at [name] buy tools"),
            ("Banana, Anagram, analog", "Banana, Anagram, analog"),
            ("", ""),
            ("**Ana**", "**[name]**"),
        ] {
            assert_eq!(anonymize(text, &names()), wanted);
        }
    }

    #[test]
    fn addresses_go_and_what_only_looks_like_one_stays() {
        for (text, wanted) in [
            (
                "Mail to x.y+z@acme.example, please",
                "Mail to [e-mail], please",
            ),
            ("<a@b>", "<[e-mail]>"),
            ("5 @ 3, @home, me@", "5 @ 3, @home, me@"),
            ("żółw@ąć.example! a@b.c. ...", "[e-mail]! [e-mail]. ..."),
        ] {
            assert_eq!(anonymize(text, &Names::default()), wanted);
        }
    }
}
