//! Lines out of a file: comma, semicolon or tab between the cells, quotation marks around them, any
//! end of line.

use std::collections::HashMap;

use bsm_domain::bounds::EMAIL_MAX;
use bsm_domain::people_file::{self, Fault, HeaderFault, PersonColumn, PersonLine};
use csv::{ByteRecord, Reader, ReaderBuilder};

use super::MAX_LINES;
use crate::{Error, FieldError, Result};

/// Most cells of the first line that are looked at: a file that is something else has thousands.
const COLUMNS_MAX: usize = 20;

/// Longest line between two ends of line, in bytes.
const LINE_MAX: usize = 64 * 1024;

/// A line as it was read.
pub(super) struct Line {
    pub(super) number: u64,
    pub(super) email: String,
    pub(super) read: std::result::Result<PersonLine, Vec<Fault>>,
}

/// Reads all lines but the first and empty ones. An address that stands there twice is taken the
/// first time.
///
/// # Errors
/// [`Error::Invalid`] where the file is not text in UTF-8, its first line does not name columns, or
/// it has too many lines.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Line>> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(wrong("", "bad_encoding", "save the file as CSV in UTF-8"));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let longest = bytes.split(|b| matches!(b, b'\n' | b'\r')).map(<[u8]>::len);
    if longest.max() > Some(LINE_MAX) {
        let detail = "a line is longer than 64 KiB; is this a CSV file?";
        return Err(wrong("", "too_long", detail));
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(bytes))
        .has_headers(false)
        .flexible(true)
        .from_reader(bytes);
    let mut place = Place {
        bytes,
        at: 0,
        line: 1,
    };
    let mut record = ByteRecord::new();
    next(&mut reader, &mut record)?;
    let columns = header(&record)?;
    let mut lines = Vec::new();
    let mut seen = HashMap::new();
    while next(&mut reader, &mut record)? {
        let number = place.of(&record);
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        if lines.len() == MAX_LINES {
            let detail = format!("at most {MAX_LINES} lines; take the file in parts");
            return Err(wrong("", "too_many", &detail));
        }
        let mut line = line(&columns, &record, number);
        if let Ok(person) = &line.read {
            let first = *seen.entry(person.email.clone()).or_insert(number);
            if first != number {
                let detail = format!("the address stands in line {first} already");
                line.read = Err(vec![Fault::of(PersonColumn::Email, "duplicate", detail)]);
            }
        }
        lines.push(line);
    }
    Ok(lines)
}

fn line(columns: &[PersonColumn], record: &ByteRecord, number: u64) -> Line {
    let email = columns
        .iter()
        .position(|c| *c == PersonColumn::Email)
        .and_then(|at| std::str::from_utf8(record.get(at)?).ok())
        .map(|cell| cell.trim().chars().take(EMAIL_MAX).collect())
        .unwrap_or_default();
    let cells = record.len();
    let read = if cells == columns.len() {
        let cells: Vec<_> = record.iter().map(cell).collect();
        people_file::line(columns, &cells)
    } else {
        let code = if cells < columns.len() {
            "too_few_cells"
        } else {
            "too_many_cells"
        };
        let columns = columns.len();
        let detail = format!("has {cells} cells; there are {columns} columns");
        Err(vec![Fault::of_line(code, detail)])
    };
    Line {
        number,
        email,
        read,
    }
}

fn cell(bytes: &[u8]) -> std::result::Result<String, Fault> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Fault::of_line(
            "bad_encoding",
            "is not in UTF-8; save the file as CSV in UTF-8",
        )),
    }
}

fn header(record: &ByteRecord) -> Result<Vec<PersonColumn>> {
    let cells: Vec<String> = record
        .iter()
        .take(COLUMNS_MAX)
        .map(|cell| String::from_utf8_lossy(cell).into_owned())
        .collect();
    people_file::columns(&cells).map_err(|faults| {
        let told = |fault: HeaderFault| FieldError {
            pointer: format!("/{}", fault.name.replace('~', "~0").replace('/', "~1")),
            code: fault.code,
            detail: fault.detail,
        };
        Error::Invalid(faults.into_iter().map(told).collect())
    })
}

/// The delimiter that stands in the first line most often.
fn delimiter(bytes: &[u8]) -> u8 {
    let end = bytes.iter().position(|b| matches!(b, b'\n' | b'\r'));
    let first = &bytes[..end.unwrap_or(bytes.len())];
    let count = |d: u8| first.iter().filter(|b| **b == d).count();
    let mut best = b',';
    for other in [b';', b'\t'] {
        if count(other) > count(best) {
            best = other;
        }
    }
    best
}

fn next(reader: &mut Reader<&[u8]>, record: &mut ByteRecord) -> Result<bool> {
    // From memory and of any shape: there is nothing left that could fail.
    reader
        .read_byte_record(record)
        .map_err(|_| wrong("", "bad_format", "is not a CSV file"))
}

fn wrong(pointer: &str, code: &'static str, detail: &str) -> Error {
    Error::Invalid(vec![FieldError {
        pointer: pointer.to_owned(),
        code,
        detail: detail.to_owned(),
    }])
}

/// Counts lines as editors do; the reader's own count does not know empty ones.
struct Place<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Place<'_> {
    /// The line in which a record begins. Records come in their order.
    fn of(&mut self, record: &ByteRecord) -> u64 {
        let from = record
            .position()
            .map_or(self.at, |p| usize::try_from(p.byte()).unwrap_or(self.at));
        let mut begins = from.min(self.bytes.len());
        while matches!(self.bytes.get(begins), Some(b'\n' | b'\r')) {
            begins += 1;
        }
        while self.at < begins {
            let byte = self.bytes[self.at];
            let crlf = byte == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            if byte == b'\n' || (byte == b'\r' && !crlf) {
                self.line += 1;
            }
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(bytes: &[u8]) -> Vec<(u64, String, Vec<&'static str>)> {
        let codes = |l: &Line| match &l.read {
            Ok(_) => Vec::new(),
            Err(faults) => faults.iter().map(|f| f.code).collect(),
        };
        let lines = read(bytes).unwrap();
        lines
            .iter()
            .map(|l| (l.number, l.email.clone(), codes(l)))
            .collect()
    }

    fn refused(bytes: &[u8]) -> Vec<(String, &'static str)> {
        match read(bytes) {
            Err(Error::Invalid(fields)) => {
                fields.into_iter().map(|f| (f.pointer, f.code)).collect()
            }
            _ => panic!("taken"),
        }
    }

    #[test]
    fn a_file_has_any_delimiter_end_of_line_and_quotation_marks() {
        for text in [
            "email,name\na@b.example,\"Alba, Ana\"\nb@b.example,Ben\n",
            "\u{feff}name;email\r\n\"Alba; Ana\";a@b.example\r\nBen;b@b.example",
            "email\tname\ra@b.example\tAna\rb@b.example\tBen\r",
        ] {
            let (a, b) = ("a@b.example".to_owned(), "b@b.example".to_owned());
            assert_eq!(
                told(text.as_bytes()),
                [(2, a, vec![]), (3, b, vec![])],
                "{text:?}"
            );
        }
        let quoted = "email,name\na@b.example,\"Ana \"\"Alba\"\"\"\n";
        let lines = read(quoted.as_bytes()).unwrap();
        let person = lines[0].read.as_ref().unwrap();
        assert_eq!(person.name.as_deref(), Some("Ana \"Alba\""));
    }

    #[test]
    fn lines_are_counted_as_editors_count_them() {
        let text = "\n\nemail,name\n\n\na@b.example,Ana\n,\r\n\r\n\"b@b.example\",\"Ben\nBerg\"\nc@b.example,Cy\n";
        let (a, b, c) = ("a@b.example", "b@b.example", "c@b.example");
        assert_eq!(
            told(text.as_bytes()),
            [
                (6, a.to_owned(), vec![]),
                (9, b.to_owned(), vec!["forbidden_character"]),
                (11, c.to_owned(), vec![]),
            ]
        );
    }

    #[test]
    fn bad_lines_are_told_by_their_number_and_the_rest_is_read() {
        let mut bytes = b"email,name\na@b.example,Ana\nA@B.example,Other\nonly@b.example\n\
            x@b.example,X,more\n"
            .to_vec();
        bytes.extend(b"d@b.example,M\xfcller\n=1+1,Eve\nf@b.example,\"open\ng@b.example,Gil\n");
        let got = told(&bytes);
        let codes: Vec<_> = got.iter().map(|(n, _, c)| (*n, c.clone())).collect();
        assert_eq!(
            codes,
            [
                (2, vec![]),
                (3, vec!["duplicate"]),
                (4, vec!["too_few_cells"]),
                (5, vec!["too_many_cells"]),
                (6, vec!["bad_encoding"]),
                (7, vec!["formula"]),
                (8, vec!["forbidden_character"]),
            ]
        );
        assert_eq!(got[5].1, "=1+1");
    }

    #[test]
    fn what_is_no_such_file_is_refused_whole() {
        let first = |text: &[u8]| refused(text)[0].clone();
        assert_eq!(first(b"\xff\xfee\0m\0").1, "bad_encoding");
        assert_eq!(first(b""), ("/email".to_owned(), "required"));
        assert_eq!(first(b"name\nAna\n"), ("/email".to_owned(), "required"));
        assert_eq!(first(b"email,a/b\n"), ("/a~1b".to_owned(), "unknown_field"));
        let many = format!("email\n{}", "a@b.example\n".repeat(MAX_LINES + 1));
        assert_eq!(first(many.as_bytes()).1, "too_many");
        let long = format!("email\n{}", ",".repeat(LINE_MAX + 1));
        assert_eq!(first(long.as_bytes()).1, "too_long");
        let picture = [0x89, b'P', b'N', b'G', 0, 1, 2, b',', 0xff, b',', b'x'].repeat(1000);
        assert!(refused(&picture).len() <= 20);
    }
}
