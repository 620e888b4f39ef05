//! Patterns of short texts: the common part of Rust's and JavaScript's regular expressions.

use std::{error::Error, fmt, iter::Peekable, str::Chars};

use regex_lite::{Regex, RegexBuilder};

use super::backtracking::is_quick;

/// Longest pattern in characters.
pub const MAX_PATTERN_CHARS: usize = 200;

/// Deepest nesting of groups.
const MAX_DEPTH: u32 = 10;

/// Greatest number in `{…}`.
const MAX_REPEAT: u32 = 500;

/// Most bytes that the compiled pattern may take: `((.{500}){500}){500}` is refused.
const MAX_COMPILED: usize = 1 << 18;

/// Why a pattern is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PatternError(&'static str, &'static str);

impl PatternError {
    /// The field code of the broken rule.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.1)
    }
}

impl Error for PatternError {}

/// Checks that a pattern is of the dialect that the server and every browser read alike:
///
/// * characters for themselves; `.` for any but a line break; `^` and `$` for start and end;
/// * `\` before one of `^ $ \ . * + ? ( ) [ ] { } | /`, in a set also before `-`;
/// * `\d` and `\w` and their opposites `\D` and `\W` (ASCII);
/// * sets `[abc]`, `[a-z0-9_]`, `[^…]`, with `\d` and `\w` in them, `-` for itself first or last,
///   and neither `[` nor a doubled `&`, `-` or `~` unescaped;
/// * groups `(…)` and `(?:…)`, alternatives `|`;
/// * once after each of these but `^` and `$`: `*`, `+`, `?`, `{n}`, `{n,}` or `{n,m}`, up to 500.
///
/// No look-around, back-references, named groups, flags, lazy quantifiers, or other escapes. The
/// server matches in linear time, browsers by trying: a pattern that could keep one of them busy,
/// such as `(a+)+` or `(a|ab)*`, is refused as well.
///
/// # Errors
///
/// For a pattern of another dialect, of more than [`MAX_PATTERN_CHARS`] characters, with control
/// characters, empty, too large when its repetitions are written out, or slow in browsers.
pub fn check_pattern(pattern: &str) -> Result<(), PatternError> {
    compile(pattern)?;
    if is_quick(pattern) {
        Ok(())
    } else {
        Err(PatternError(
            "invalid",
            "This pattern could keep a browser busy for minutes: repetitions inside repetitions, \
             alternatives or neighbours that can begin alike. Write it with fewer of them.",
        ))
    }
}

/// The expression that matches whole texts. Quick or not: what was published before patterns had to
/// be quick is still judged.
pub(super) fn compile(pattern: &str) -> Result<Regex, PatternError> {
    if pattern.is_empty() {
        return Err(PatternError("required", "A pattern must not be empty."));
    }
    if pattern.chars().nth(MAX_PATTERN_CHARS).is_some() {
        return Err(PatternError(
            "too_long",
            "A pattern has at most 200 characters.",
        ));
    }
    if pattern.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
        return Err(PatternError(
            "forbidden_character",
            "A pattern has no control characters.",
        ));
    }
    Scanner(pattern.chars().peekable()).pattern()?;
    RegexBuilder::new(&format!("^(?:{pattern})$"))
        .size_limit(MAX_COMPILED)
        .build()
        .map_err(|_| PatternError("invalid", "The pattern is too large or not valid."))
}

fn syntax(detail: &'static str) -> PatternError {
    PatternError("bad_format", detail)
}

struct Scanner<'a>(Peekable<Chars<'a>>);

impl Scanner<'_> {
    fn pattern(&mut self) -> Result<(), PatternError> {
        let mut depth = 0_u32;
        let mut repeatable = false;
        while let Some(c) = self.0.next() {
            repeatable = match c {
                '(' => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        return Err(syntax("Groups are nested too deeply."));
                    }
                    if self.take('?') && !self.take(':') {
                        return Err(syntax("Of the groups with ? only (?: is allowed."));
                    }
                    false
                }
                ')' => {
                    depth = depth
                        .checked_sub(1)
                        .ok_or(syntax("A ) has no opening parenthesis."))?;
                    true
                }
                '*' | '+' | '?' | '{' if !repeatable => {
                    return Err(syntax("A quantifier has nothing to repeat."));
                }
                '|' | '^' | '$' | '*' | '+' | '?' => false,
                '{' => {
                    self.repetition()?;
                    false
                }
                '[' => {
                    self.set()?;
                    true
                }
                ']' | '}' => return Err(syntax("An unpaired ] or } needs a \\ before it.")),
                '\\' => {
                    self.escape(false)?;
                    true
                }
                _ => true,
            };
        }
        if depth == 0 {
            Ok(())
        } else {
            Err(syntax("A ( has no closing parenthesis."))
        }
    }

    /// After `{`: `n}`, `n,}` or `n,m}`.
    fn repetition(&mut self) -> Result<(), PatternError> {
        let wrong = syntax("Repetitions are written {n}, {n,} or {n,m}, up to 500.");
        let least = self.number().ok_or(wrong)?;
        if self.take(',') && self.0.peek() != Some(&'}') {
            let most = self.number().ok_or(wrong)?;
            if most < least {
                return Err(wrong);
            }
        }
        if self.take('}') { Ok(()) } else { Err(wrong) }
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = None;
        while let Some(digit) = self.0.peek().and_then(|c| c.to_digit(10)) {
            self.0.next();
            number = Some(number.unwrap_or(0) * 10 + digit).filter(|n| *n <= MAX_REPEAT);
            number?;
        }
        number
    }

    /// After `[`, up to and with `]`.
    fn set(&mut self) -> Result<(), PatternError> {
        self.take('^');
        let mut members = 0_u32;
        let mut last = None;
        loop {
            let c = self.0.next().ok_or(syntax("A [ has no closing ]."))?;
            let next = self.0.peek().copied();
            match c {
                ']' if members == 0 => return Err(syntax("A set must not be empty.")),
                ']' => return Ok(()),
                '[' => return Err(syntax("A [ in a set needs a \\ before it.")),
                '&' | '~' | '-' if next == Some(c) => {
                    return Err(syntax("A set has no doubled &, - or ~."));
                }
                '-' if members > 0 && next != Some(']') => {
                    self.range_end(last)?;
                    last = None;
                }
                '\\' => last = self.escape(true)?,
                _ => last = Some(c),
            }
            members += 1;
        }
    }

    /// After the `-` of a range.
    fn range_end(&mut self, start: Option<char>) -> Result<(), PatternError> {
        let wrong = syntax("A range in a set goes from one character up to another.");
        let end = match self.0.next() {
            Some('[') | None => None,
            Some('\\') => self.escape(true)?,
            other => other,
        };
        match (start, end) {
            (Some(start), Some(end)) if start <= end => Ok(()),
            _ => Err(wrong),
        }
    }

    /// After `\`: the character that stands for itself, `None` for a class of characters.
    fn escape(&mut self, in_set: bool) -> Result<Option<char>, PatternError> {
        match self.0.next() {
            Some('d' | 'D' | 'w' | 'W') => Ok(None),
            Some('-') if in_set => Ok(Some('-')),
            Some(c) if "^$\\.*+?()[]{}|/".contains(c) => Ok(Some(c)),
            _ => Err(syntax("This escape is not allowed in a pattern.")),
        }
    }

    fn take(&mut self, c: char) -> bool {
        self.0.next_if_eq(&c).is_some()
    }
}
