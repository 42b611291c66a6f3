//! A file of lines that are chained: each holds the SHA-256 of the line before, the first one 64 zeros.
//!
//! A line that is changed, removed or put in between shows, because the line after it no longer continues it. What a chain cannot
//! show by itself is its end cut off, its last line changed, or all of it written anew: for that its head, the number of lines and the
//! SHA-256 of the last, is noted elsewhere and looked for here.

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{files, sha256};

/// What the first line holds in place of a hash.
pub const BEFORE_THE_FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Name of the file that records the head of the ledger in a folder that is kept.
pub const HEAD_FILE: &str = "ledger-head.json";
/// What that file calls itself; a change of its shape changes this.
const HEAD_FORMAT: &str = "quarterday.ledger-head/1";

/// How far a chain had come: what is to be noted elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How many lines it had.
    pub lines: usize,
    /// SHA-256 of the last of them, in lower-case hexadecimal; 64 zeros where there was none.
    pub sha256: String,
}

impl Default for Head {
    fn default() -> Self {
        Self { lines: 0, sha256: BEFORE_THE_FIRST.to_string() }
    }
}

/// A head as it is recorded in a folder that is kept.
#[derive(Debug, Serialize, Deserialize)]
struct RecordedHead {
    format: String,
    ledger: String,
    #[serde(flatten)]
    head: Head,
}

impl Head {
    /// The head of the chain in `bytes`: what is there of whole lines.
    pub fn of(bytes: &[u8]) -> Self {
        read_links(bytes).head()
    }

    /// The file that records it, with a line break at the end; `ledger` is the name of the chained file.
    ///
    /// # Errors
    /// When it cannot be written as JSON, which no value of these types brings about.
    pub fn recorded(&self, ledger: &str) -> anyhow::Result<Vec<u8>> {
        let recorded =
            RecordedHead { format: HEAD_FORMAT.to_string(), ledger: ledger.to_string(), head: self.clone() };
        let mut bytes = serde_json::to_vec_pretty(&recorded)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The head that a file written by [`Head::recorded`] records.
    ///
    /// # Errors
    /// It is no such file; in words.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let recorded: RecordedHead = serde_json::from_slice(bytes)
            .map_err(|error| format!("it records no head of a ledger ({error})"))?;
        if recorded.format == HEAD_FORMAT {
            Ok(recorded.head)
        } else {
            Err(format!("it is of the shape {}, and this program knows {HEAD_FORMAT}", recorded.format))
        }
    }
}

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// Number of the line, from 1.
    pub line: usize,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
}

/// What ties a line to the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The number the line says it has, where it says one.
    pub sequence: Option<usize>,
    /// SHA-256 of the line before, as the line says.
    pub previous: String,
}

/// A line of a chain.
#[derive(Debug, Clone)]
pub struct Line<T> {
    /// Number of the line, from 1.
    pub number: usize,
    /// SHA-256 of its bytes without the line end, in lower-case hexadecimal.
    pub sha256: String,
    /// Where its bytes stand, without the line end.
    pub bytes: Range<usize>,
    /// What it says; `None` where that cannot be read.
    pub entry: Option<T>,
}

/// What the bytes of a chained file say, sound or not.
#[derive(Debug, Clone)]
pub struct Chain<T> {
    /// Its lines, in order; a torn last one is none.
    pub lines: Vec<Line<T>>,
    /// All faults, in order of line.
    pub faults: Vec<LineFault>,
    /// Length in bytes of what counts; anything behind is a torn line.
    pub sound: usize,
    /// Whether the last line that counts has its line end.
    pub ended: bool,
}

impl<T> Chain<T> {
    /// How far it has come.
    pub fn head(&self) -> Head {
        let last = self.lines.last();
        last.map_or_else(Head::default, |line| Head { lines: line.number, sha256: line.sha256.clone() })
    }

    /// Whether it once was as far as `head`, and nothing before that has been written anew since.
    pub fn holds(&self, head: &Head) -> bool {
        match head.lines.checked_sub(1) {
            None => head.sha256 == BEFORE_THE_FIRST,
            Some(last) => self.lines.get(last).is_some_and(|line| line.sha256 == head.sha256),
        }
    }

    /// The number of the line whose SHA-256 begins with `digits`, in lower-case hexadecimal.
    pub fn line_of(&self, digits: &str) -> Option<usize> {
        self.lines.iter().find(|line| line.sha256.starts_with(digits)).map(|line| line.number)
    }
}

/// The end of a chained file on the disk, to which lines are added.
#[derive(Debug)]
pub struct End {
    path: PathBuf,
    /// Length in bytes of what counts; anything behind is a torn line.
    sound: u64,
    torn: bool,
    /// Whether the last line that counts has its line end.
    ended: bool,
}

impl End {
    /// The end of the file at `path`, which holds so many bytes and says `chain`.
    pub fn of<T>(path: &Path, length: usize, chain: &Chain<T>) -> Self {
        Self {
            path: path.to_path_buf(),
            sound: chain.sound as u64,
            torn: chain.sound < length,
            ended: chain.ended,
        }
    }

    /// Whether nothing is to be put right: no line is torn, and the last has its line end.
    pub fn is_whole(&self) -> bool {
        self.ended && !self.torn
    }

    /// Adds lines, each with its line end, cuts off a torn one first, and waits until all is on the disk.
    ///
    /// # Errors
    /// The file cannot be written; what was written of the lines is torn then, and cut off by the next.
    pub fn append(&mut self, lines: &[u8]) -> anyhow::Result<()> {
        self.write(lines).map_err(|error| files::explain("write", &self.path, error))
    }

    fn write(&mut self, lines: &[u8]) -> std::io::Result<()> {
        let mut file = File::options().create(true).truncate(false).write(true).open(&self.path)?;
        if self.torn {
            file.set_len(self.sound)?;
        }
        file.seek(SeekFrom::Start(self.sound))?;
        let mut whole = if self.ended { Vec::new() } else { vec![b'\n'] };
        whole.extend_from_slice(lines);
        self.torn = true;
        file.write_all(&whole)?;
        file.sync_all()?;
        self.torn = false;
        self.sound += whole.len() as u64;
        self.ended = true;
        Ok(())
    }
}

/// Reads a chained file. `parse` reads a line; it gives what the line says and what ties it to the one before, or why it is none.
///
/// A last line without line end that cannot be read was being written when the program or the machine stopped: it says nothing.
pub fn read<T>(bytes: &[u8], parse: impl Fn(&[u8]) -> Result<(T, Link), String>) -> Chain<T> {
    let mut chain = Chain { lines: Vec::new(), faults: Vec::new(), sound: 0, ended: true };
    let mut previous = BEFORE_THE_FIRST.to_string();
    for (index, whole) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
        let text = whole.strip_suffix(b"\n").unwrap_or(whole);
        let ended = text.len() < whole.len();
        let parsed = parse(text);
        if !ended && parsed.is_err() {
            break;
        }
        let number = index + 1;
        let mut fault = |message: String| chain.faults.push(LineFault { line: number, message });
        let entry = match parsed {
            Ok((entry, link)) => {
                if let Some(said) = link.sequence.filter(|said| *said != number) {
                    fault(format!("the line says it is number {said}: lines were removed or put in"));
                }
                if link.previous != previous {
                    fault(match index {
                        0 => "this is not the line the file began with".to_string(),
                        _ => format!("it does not continue line {index}: one of the two was changed"),
                    });
                }
                Some(entry)
            }
            Err(why) => {
                fault(why);
                None
            }
        };
        previous = sha256(text);
        let bytes = chain.sound..chain.sound + text.len();
        chain.lines.push(Line { number, sha256: previous.clone(), bytes, entry });
        chain.sound += whole.len();
        chain.ended = ended;
    }
    chain
}

/// Reads a chained file whatever its lines say besides.
pub fn read_links(bytes: &[u8]) -> Chain<()> {
    #[derive(Deserialize)]
    struct Any {
        sequence: Option<usize>,
        previous: String,
    }
    read(bytes, |text| match serde_json::from_slice::<Any>(text) {
        Ok(Any { sequence, previous }) => Ok(((), Link { sequence, previous })),
        Err(error) => Err(format!("it is no line of a chained file ({error})")),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A sound chain of so many lines.
    fn sound(lines: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut previous = BEFORE_THE_FIRST.to_string();
        for number in 1..=lines {
            let line = format!(
                "{{\"sequence\":{number},\"file\":\"returns/{number}.xlsx\",\"previous\":\"{previous}\"}}"
            );
            previous = sha256(line.as_bytes());
            bytes.extend(line.bytes().chain(*b"\n"));
        }
        bytes
    }

    fn faulty(bytes: &[u8]) -> Vec<usize> {
        read_links(bytes).faults.iter().map(|fault| fault.line).collect()
    }

    fn rearranged(order: &[usize]) -> Vec<u8> {
        let whole = sound(4);
        let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
        order.iter().flat_map(|at| lines[at - 1].to_vec()).collect()
    }

    #[test]
    fn lines_changed_removed_swapped_and_put_in_show() {
        for (order, lines) in [
            (&[1, 2, 3, 4][..], &[][..]),
            (&[2, 3, 4], &[1, 1, 2, 3]),
            (&[1, 3, 4], &[2, 2, 3]),
            (&[1, 2, 4], &[3, 3]),
            (&[1, 3, 2, 4], &[2, 2, 3, 3, 4]),
            (&[1, 2, 2, 3, 4], &[3, 3, 4, 5]),
            (&[1, 1, 2, 3, 4], &[2, 2, 3, 4, 5]),
        ] {
            assert_eq!(faulty(&rearranged(order)), lines, "{order:?}");
        }
        for line in 1..=4 {
            let changed = String::from_utf8(sound(4)).unwrap();
            let changed = changed.replace(&format!("returns/{line}.xlsx"), "returns/other.xlsx");
            let expected = if line == 4 { Vec::new() } else { vec![line + 1] };
            assert_eq!(faulty(changed.as_bytes()), expected, "line {line}");
        }
    }

    #[test]
    fn an_end_cut_off_shows_by_a_head_alone() {
        let head = read_links(&sound(4)).head();
        for (lines, held) in [(4, true), (5, true), (3, false), (1, false), (0, false)] {
            let chain = read_links(&sound(lines));
            assert!(chain.faults.is_empty());
            assert_eq!(chain.holds(&head), held, "{lines} lines");
            assert_eq!(chain.line_of(&head.sha256[..20]), held.then_some(4));
        }
        let nothing = Head::default();
        assert!(read_links(b"").holds(&nothing) && read_links(&sound(2)).holds(&nothing));
        assert_eq!(read_links(b"").head(), nothing);
        assert!(!read_links(&sound(2)).holds(&Head { lines: 0, ..head }));
    }

    #[test]
    fn a_head_is_read_as_it_was_recorded() {
        let head = read_links(&sound(3)).head();
        let recorded = head.recorded("receipts.jsonl").unwrap();
        assert_eq!(Head::read(&recorded).unwrap(), head);
        let other = String::from_utf8(recorded).unwrap().replace("head/1", "head/2");
        assert!(Head::read(other.as_bytes()).unwrap_err().contains("head/2"));
        assert!(Head::read(b"{}").unwrap_err().contains("records no head"));
    }

    #[test]
    fn the_lines_of_a_chain_are_found_in_its_bytes() {
        let bytes = sound(3);
        for line in read_links(&bytes).lines {
            assert_eq!(sha256(&bytes[line.bytes]), line.sha256);
        }
    }

    proptest! {
        #[test]
        fn any_single_byte_changed_is_noticed(lines in 1usize..5, at in 0usize..1000, to in any::<u8>()) {
            let whole = sound(lines);
            let head = read_links(&whole).head();
            let at = at % whole.len();
            prop_assume!(whole[at] != to);
            let mut changed = whole.clone();
            changed[at] = to;
            let chain = read_links(&changed);
            // With the head noted elsewhere always; without it in every line but the last, which nothing follows.
            prop_assert!(!chain.faults.is_empty() || !chain.holds(&head));
            let last_begins = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            if at < last_begins {
                prop_assert!(!chain.faults.is_empty());
            }
        }
    }
}
