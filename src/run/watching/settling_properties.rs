//! Whatever happens to files between scans: no half of one is ever taken, and each whole one once.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use chrono::NaiveDate;
use proptest::prelude::*;

use super::settling::{Looks, Next, Settling};
use crate::workspace::watching::{Content, Kind, Listed, Look, Stamp};

const NAMES: [&str; 3] = ["returns/a.xlsx", "returns/b.xlsx", "returns/c.xlsx"];

/// What happens between two scans, each to the file of this number.
#[derive(Debug, Clone, Copy)]
enum Happens {
    /// A copy is begun: it grows by a piece between any two scans, so many times.
    Copied(usize, u32),
    /// A copy is begun that has its full size and its time at once; it is filled piece by piece, its end last.
    Filled(usize, u32),
    /// It is there, whole, under a temporary name, and is renamed.
    MovedIn(usize),
    /// Its time changes and nothing else.
    Touched(usize),
    /// It becomes the other one.
    Renamed(usize, usize),
    Deleted(usize),
    /// Another program keeps it from being opened, or does so no longer.
    Opened(usize, bool),
    /// Nothing.
    Quiet,
}

fn happens() -> impl Strategy<Value = Happens> {
    let file = 0..NAMES.len();
    prop_oneof![
        (file.clone(), 1..6_u32).prop_map(|(file, pieces)| Happens::Copied(file, pieces)),
        (file.clone(), 1..6_u32).prop_map(|(file, pieces)| Happens::Filled(file, pieces)),
        file.clone().prop_map(Happens::MovedIn),
        file.clone().prop_map(Happens::Touched),
        (file.clone(), file.clone()).prop_map(|(from, to)| Happens::Renamed(from, to)),
        file.clone().prop_map(Happens::Deleted),
        (file, any::<bool>()).prop_map(|(file, open)| Happens::Opened(file, open)),
        Just(Happens::Quiet),
        Just(Happens::Quiet),
    ]
}

#[derive(Debug, Clone)]
struct Lying {
    /// Which copy it is; no two have the same bytes.
    copy: u32,
    time: u64,
    size: u64,
    /// Pieces still to be written.
    missing: u32,
    /// Whether its size and time are those of the end already.
    at_full_size: bool,
    opened: bool,
}

impl Lying {
    fn stamp(&self) -> Stamp {
        Stamp { size: self.size, modified: Some(SystemTime::UNIX_EPOCH + Duration::from_secs(self.time)) }
    }

    fn bytes(&self) -> String {
        format!("{} but {}", self.copy, self.missing)
    }
}

#[derive(Debug, Default)]
struct Folder {
    files: BTreeMap<usize, Lying>,
    now: u64,
    copies: u32,
}

impl Folder {
    fn put(&mut self, file: usize, missing: u32, at_full_size: bool) {
        self.copies += 1;
        let size = if at_full_size { 10 } else { 10 - u64::from(missing) };
        let opened = false;
        let lying = Lying { copy: self.copies, time: self.now, size, missing, at_full_size, opened };
        self.files.insert(file, lying);
    }

    fn happens(&mut self, what: Happens) {
        for lying in self.files.values_mut().filter(|lying| lying.missing > 0) {
            lying.missing -= 1;
            if !lying.at_full_size {
                // No two writes at one time: a file moved over another of its size and time cannot be told from it.
                self.now += 1;
                lying.size += 1;
                lying.time = self.now;
            }
        }
        self.now += 1;
        // Nobody renames, deletes or replaces what another program keeps open.
        let held = |folder: &Self, file: usize| folder.files.get(&file).is_some_and(|lying| lying.opened);
        match what {
            Happens::Copied(file, pieces) if !held(self, file) => self.put(file, pieces, false),
            Happens::Filled(file, pieces) if !held(self, file) => self.put(file, pieces, true),
            Happens::MovedIn(file) if !held(self, file) => self.put(file, 0, true),
            Happens::Touched(file) => {
                let now = self.now;
                self.files.entry(file).and_modify(|lying| lying.time = now);
            }
            Happens::Renamed(from, to) if from != to && !held(self, from) && !held(self, to) => {
                if let Some(lying) = self.files.remove(&from) {
                    self.files.insert(to, lying);
                }
            }
            Happens::Deleted(file) if !held(self, file) => {
                self.files.remove(&file);
            }
            Happens::Opened(file, open) => {
                self.files.entry(file).and_modify(|lying| lying.opened = open);
            }
            _ => {}
        }
    }

    fn listing(&self) -> Vec<Listed> {
        let listed = |(file, lying): (&usize, &Lying)| Listed {
            file: NAMES[*file].to_string(),
            path: PathBuf::new(),
            kind: Kind::Return,
            stamp: lying.stamp(),
        };
        self.files.iter().map(listed).collect()
    }

    fn named(&self, name: &str) -> &Lying {
        &self.files[&NAMES.iter().position(|own| *own == name).unwrap()]
    }
}

impl Looks for &Folder {
    fn look(&mut self, file: &Listed) -> Look {
        Look::At(self.named(&file.file).stamp())
    }

    fn read(&mut self, file: &Listed) -> Content {
        let lying = self.named(&file.file);
        if lying.opened {
            return Content::NotToBeHad;
        }
        let blank_end = lying.at_full_size && lying.missing > 0;
        Content::Read { stamp: lying.stamp(), sha256: lying.bytes(), blank_end }
    }
}

/// What was taken: the file, its bytes.
type Taken = BTreeSet<(usize, String)>;

fn run(
    settling: &mut Settling,
    folder: &Folder,
    day: NaiveDate,
    taken: &mut Taken,
    last: &mut BTreeMap<usize, String>,
) {
    let (mut took, mut refused) = (BTreeMap::new(), BTreeSet::new());
    for (file, lying) in &folder.files {
        let name = NAMES[*file];
        if settling.passes_over(name).is_some() || lying.opened {
            continue;
        }
        if !settling.takes(name, &lying.bytes()) {
            refused.insert(name.to_string());
            continue;
        }
        assert_eq!(lying.missing, 0, "half a file was taken");
        took.insert(name.to_string(), lying.bytes());
        // Taken by this run rather than read once more by it.
        if last.insert(*file, lying.bytes()) != Some(lying.bytes()) {
            taken.insert((*file, lying.bytes()));
        }
    }
    settling.ran(day, &took, &refused);
}

proptest! {
    #[test]
    fn each_is_taken_whole_and_once(story in prop::collection::vec(happens(), 0..60), days in 0..3_u32) {
        let mut settling = Settling::default();
        let mut folder = Folder::default();
        let mut taken = Taken::new();
        let mut last = BTreeMap::new();
        let mut runs_at_rest = 0;
        let quiet = std::iter::repeat_n(Happens::Quiet, 40);
        let length = story.len();
        for (scan, what) in story.into_iter().chain(quiet).enumerate() {
            folder.happens(what);
            if scan == length {
                folder.files.values_mut().for_each(|lying| lying.opened = false);
            }
            let day = NaiveDate::from_ymd_opt(2026, 3, 1 + days.min(scan as u32 / 20)).unwrap();
            let before = taken.len();
            let listing = folder.listing();
            if let Next::Run(_) = settling.see(day, &listing, &mut &folder) {
                run(&mut settling, &folder, day, &mut taken, &mut last);
                // A run at rest takes nothing and is made for a new day or the first alone.
                if scan > length + 20 && taken.len() == before {
                    runs_at_rest += 1;
                }
            }
        }
        prop_assert!(runs_at_rest <= 3, "{runs_at_rest} runs for nothing");
        // Whatever lies there at the end was taken as it is.
        for (file, lying) in &folder.files {
            prop_assert_eq!(lying.missing, 0);
            prop_assert_eq!(last.get(file), Some(&lying.bytes()));
        }
    }
}
