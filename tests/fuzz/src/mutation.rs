//! Mutations of text by lines and words, beside those by bytes that the fuzzer makes itself.

/// Numbers that follow from a seed, one after another.
struct Dice(u64);

impl Dice {
    /// A number below `end`; zero when `end` is.
    fn below(&mut self, end: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % end.max(1)
    }
}

/// Changes the first `size` bytes of `data`, by lines and words half of the time, and says how many there are now: `max_size` at
/// most. `usual` is the fuzzer's own mutation.
pub fn mutate(
    data: &mut [u8],
    (size, max_size): (usize, usize),
    seed: u32,
    words: &[String],
    usual: impl Fn(&mut [u8], usize, usize) -> usize,
) -> usize {
    let mut dice = Dice(seed.into());
    let text = match std::str::from_utf8(&data[..size]) {
        Ok(text) if dice.below(4) > 0 => text,
        _ => return usual(data, size, max_size),
    };
    let mut lines: Vec<String> = text.split('\n').map(str::to_string).collect();
    for _ in 0..=dice.below(3) {
        change(&mut lines, &mut dice, words);
    }
    let changed = lines.join("\n");
    let length =
        (0..=changed.len().min(max_size)).rev().find(|end| changed.is_char_boundary(*end)).unwrap_or(0);
    data[..length].copy_from_slice(&changed.as_bytes()[..length]);
    length
}

fn change(lines: &mut Vec<String>, dice: &mut Dice, words: &[String]) {
    let at = dice.below(lines.len());
    let other = dice.below(lines.len());
    let word = words.get(dice.below(words.len())).map_or("", String::as_str);
    let Some(line) = lines.get(at).cloned() else { return };
    match dice.below(10) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(other, line),
        2 => lines.swap(at, other),
        // Several lines at once: a block moved or repeated.
        3 => {
            let end = (at + 1 + dice.below(8)).min(lines.len());
            let block: Vec<String> = lines[at..end].to_vec();
            lines.splice(other..other, block);
        }
        4 => {
            let end = (at + 1 + dice.below(8)).min(lines.len());
            lines.drain(at..end);
        }
        // Everything after the first word: a cell's content, a key's value.
        5 | 6 => {
            let first = line.split(' ').next().unwrap_or_default();
            lines[at] = format!("{first} {word}");
        }
        7 => {
            let places: Vec<usize> =
                line.char_indices().map(|(place, _)| place).chain([line.len()]).collect();
            let place = places[dice.below(places.len())];
            lines[at].insert_str(place, word);
        }
        8 => {
            let mut parts: Vec<&str> = line.split(' ').collect();
            let place = dice.below(parts.len());
            parts[place] = word;
            lines[at] = parts.join(" ");
        }
        // A cell somewhere near gets this one's content.
        _ => {
            let (first, rest) = line.split_once(' ').unwrap_or((line.as_str(), ""));
            let digits = first.find(|c: char| c.is_ascii_digit()).unwrap_or(first.len());
            let (letters, number) = first.split_at(digits);
            let row = number.parse::<usize>().unwrap_or(1) + dice.below(5);
            let letters = if dice.below(2) == 0 {
                letters
            } else {
                ["A", "B", "C", "D", "E", "F", "G", "H"][dice.below(8)]
            };
            let row = row.saturating_sub(dice.below(4)).max(1);
            lines.insert(at + 1, format!("{letters}{row} {rest}"));
        }
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
}
