//! Which files have settled, and when a run is due.
//!
//! A file is ready when size and time have stood still for two scans and it can be opened and read; what was read then, by its
//! SHA-256, is what the run has to find. One that is empty or ends in zeros is waited for longer: so looks a copy that was made at its
//! full size and is being filled. A run is made when something is ready, a file is gone or a day has begun, and nothing is moving; for
//! what goes on moving it does not wait for ever.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::workspace::returns::Why;
use crate::workspace::watching::{Content, Kind, Listed, Look, Stamp};

/// Scans for which a file stands still before it is read.
const STILL: u32 = 2;
/// Scans for which a file stands still that is empty or ends in zeros.
const STILL_WHEN_BLANK: u32 = 15;
/// Scans that a run waits for what is moving, once there is something to run for.
const PATIENCE: u32 = 15;
/// Scans after which a file that cannot be opened is spoken of, and looked at less often.
const STUCK: u32 = 15;
/// Rests after which a run that failed is tried again though nothing changed.
const RESTS_AFTER_FAILURE: u32 = 3;

/// Looks at files, one at a time.
pub trait Looks {
    /// Looks at a file without reading it.
    fn look(&mut self, file: &Listed) -> Look;
    /// Reads a file.
    fn read(&mut self, file: &Listed) -> Content;
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Nothing moves; the next scan can wait for an event, or its time.
    Rest,
    /// Something moves; the next scan follows shortly.
    Soon,
    /// Run now, and say how it went.
    Run(Reason),
}

/// Why a run is due. Files that are ready are a reason by themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reason {
    /// It is the first of this watch.
    pub first: bool,
    /// A day has begun since the last.
    pub new_day: bool,
    /// The register, settings, definitions or templates that are new or changed, in order.
    pub records: Vec<String>,
    /// Files that are gone.
    pub gone: Vec<String>,
    /// The last one failed, or something could not be written by it.
    pub again: bool,
}

/// A file as it was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Version {
    stamp: Stamp,
    sha256: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// Not known to be whole.
    Moving {
        /// As it was seen last.
        stamp: Option<Stamp>,
        /// Scans for which it has stood still.
        still: u32,
        /// SHA-256 of what was read in it.
        sha256: Option<String>,
    },
    /// Whole; a run is to take it.
    Ready(Version),
    /// Taken as it is.
    AtRest,
    /// It stands still, and cannot be opened, for so many scans.
    NotToBeHad { stamp: Stamp, scans: u32 },
    /// Kept in the cloud.
    Online,
}

impl State {
    const SEEN: Self = Self::Moving { stamp: None, still: 0, sha256: None };

    fn since(stamp: Stamp) -> Self {
        Self::Moving { stamp: Some(stamp), still: 1, sha256: None }
    }
}

#[derive(Debug, Clone)]
struct Own {
    kind: Kind,
    listed: Stamp,
    state: State,
    taken: Option<Version>,
    /// Scans for which it has not been there.
    absent: u32,
}

/// All files of a watch.
#[derive(Debug, Default)]
pub struct Settling {
    files: BTreeMap<String, Own>,
    /// The day of the last run.
    day: Option<NaiveDate>,
    gone: BTreeSet<String>,
    /// Scans that a run that is due has waited.
    waited: u32,
    /// Rests since the last run failed.
    failed: Option<u32>,
    /// Whether anything came since then.
    changed: bool,
    again: bool,
}

impl Settling {
    /// Takes note of a scan made on a day; scans are some time apart.
    pub fn see(&mut self, day: NaiveDate, files: &[Listed], looks: &mut dyn Looks) -> Next {
        let mut there = BTreeSet::new();
        for listed in files {
            there.insert(listed.file.as_str());
            let own = self.files.entry(listed.file.clone()).or_insert_with(|| Own {
                kind: listed.kind,
                listed: listed.stamp,
                state: State::SEEN,
                taken: None,
                absent: 0,
            });
            own.absent = 0;
            self.changed |= own.see(listed, looks);
        }
        let gone = &mut self.gone;
        let mut any_gone = false;
        self.files.retain(|file, own| {
            if there.contains(file.as_str()) {
                gone.remove(file);
                return true;
            }
            own.absent += 1;
            own.state = State::SEEN;
            if own.taken.is_some() && own.absent >= STILL {
                any_gone |= gone.insert(file.clone());
            }
            own.taken.is_some() && own.absent < STILL
        });
        self.changed |= any_gone;
        self.next(day)
    }

    fn next(&mut self, day: NaiveDate) -> Next {
        let moving = self.files.values().any(Own::is_moving);
        if let Some(rests) = &mut self.failed
            && !moving
        {
            *rests += 1;
        }
        let is_due = self.day != Some(day)
            || !self.gone.is_empty()
            || self.again
            || self.files.values().any(|own| matches!(own.state, State::Ready(_)));
        let may = self.failed.is_none_or(|rests| self.changed || rests > RESTS_AFTER_FAILURE);
        if is_due && may {
            if moving && self.waited < PATIENCE {
                self.waited += 1;
                return Next::Soon;
            }
            return Next::Run(self.reason(day));
        }
        let soon = |own: &Own| matches!(own.state, State::NotToBeHad { scans, .. } if scans < STUCK);
        if moving || self.files.values().any(soon) { Next::Soon } else { Next::Rest }
    }

    fn reason(&self, day: NaiveDate) -> Reason {
        let ready = |own: &Own| own.kind == Kind::Record && matches!(own.state, State::Ready(_));
        let records = self.files.iter().filter(|(_, own)| ready(own)).map(|(file, _)| file.clone());
        Reason {
            first: self.day.is_none(),
            new_day: self.day.is_some_and(|last| last != day),
            records: records.collect(),
            gone: self.gone.iter().cloned().collect(),
            again: self.again || self.failed.is_some(),
        }
    }

    /// Why a run is not to open this file; `None` where it may.
    pub fn passes_over(&self, file: &str) -> Option<Why> {
        match self.files.get(file) {
            Some(Own { state: State::Online, .. }) => Some(Why::Online),
            Some(Own { state: State::Ready(_) | State::AtRest, .. }) => None,
            _ => Some(Why::InUse),
        }
    }

    /// Whether a run that finds these bytes in the file takes them.
    pub fn takes(&self, file: &str, sha256: &str) -> bool {
        self.files.get(file).is_some_and(|own| match &own.state {
            State::Ready(ready) => ready.sha256 == sha256,
            State::AtRest => own.taken.as_ref().is_some_and(|taken| taken.sha256 == sha256),
            _ => false,
        })
    }

    /// A run was made on a day; it took these files of returns, each with the SHA-256 of its bytes, and found other bytes than it
    /// should have in those.
    pub fn ran(&mut self, day: NaiveDate, took: &BTreeMap<String, String>, refused: &BTreeSet<String>) {
        for (file, own) in &mut self.files {
            match &own.state {
                State::Ready(ready) if own.kind == Kind::Record || took.get(file) == Some(&ready.sha256) => {
                    own.taken = Some(ready.clone());
                    own.state = State::AtRest;
                }
                State::Ready(_) => own.state = State::SEEN,
                State::AtRest if refused.contains(file) => own.state = State::SEEN,
                _ => {}
            }
        }
        *self = Self { files: std::mem::take(&mut self.files), day: Some(day), ..Self::default() };
    }

    /// A run failed; the next is made when something changes, or after some time.
    pub fn failed(&mut self) {
        self.failed = Some(0);
        self.changed = false;
        self.waited = 0;
    }

    /// A run is due once more though no file has changed.
    pub fn run_again(&mut self) {
        self.again = true;
        self.changed = true;
    }

    /// Files that are left alone until something changes, with why, in order: those in the cloud, and those that have long been in use.
    pub fn left_alone(&self) -> Vec<(String, Why)> {
        let why = |own: &Own| match own.state {
            State::Online => Some(Why::Online),
            State::NotToBeHad { scans, .. } if scans >= STUCK => Some(Why::InUse),
            _ => None,
        };
        self.files.iter().filter_map(|(file, own)| Some((file.clone(), why(own)?))).collect()
    }

    /// Whether a file is neither taken nor ready: a run passes it over, and there is nothing to say of that yet.
    pub fn is_moving(&self, file: &str) -> bool {
        self.files.get(file).is_none_or(|own| !matches!(own.state, State::Ready(_) | State::AtRest))
    }
}

impl Own {
    fn is_moving(&self) -> bool {
        self.absent > 0 || matches!(self.state, State::Moving { .. })
    }

    /// Takes note of it in a scan; whether it has become ready.
    fn see(&mut self, listed: &Listed, looks: &mut dyn Looks) -> bool {
        let is_same = self.listed == listed.stamp;
        self.listed = listed.stamp;
        if is_same && self.state == State::AtRest {
            return false;
        }
        let stamp = match looks.look(listed) {
            Look::At(stamp) => stamp,
            Look::Online => {
                self.state = State::Online;
                return false;
            }
            Look::NotThere => {
                self.state = State::SEEN;
                return false;
            }
            Look::NotToBeHad => listed.stamp,
        };
        let (still, before) = match &self.state {
            // The folder's list was brought up to date later than the file.
            State::AtRest if self.taken.as_ref().is_some_and(|taken| taken.stamp == stamp) => return false,
            State::Ready(ready) if ready.stamp == stamp => return false,
            State::Moving { stamp: Some(last), still, sha256 } if *last == stamp => {
                (still + 1, sha256.clone())
            }
            State::NotToBeHad { stamp: last, .. } if *last == stamp => (STILL, None),
            _ => {
                self.state = State::since(stamp);
                return false;
            }
        };
        if still < STILL {
            self.state = State::Moving { stamp: Some(stamp), still, sha256: before };
            return false;
        }
        match looks.read(listed) {
            Content::Read { stamp: read, .. } if read != stamp => self.state = State::since(read),
            Content::Read { sha256, blank_end, .. } => {
                let differs = before.is_some_and(|before| before != sha256);
                if differs || (blank_end && still < STILL_WHEN_BLANK) {
                    let still = if differs { 1 } else { still };
                    self.state = State::Moving { stamp: Some(stamp), still, sha256: Some(sha256) };
                    return false;
                }
                let version = Version { stamp, sha256 };
                if self.taken.as_ref().is_some_and(|taken| taken.sha256 == version.sha256) {
                    self.taken = Some(version);
                    self.state = State::AtRest;
                    return false;
                }
                self.state = State::Ready(version);
                return true;
            }
            Content::Changing => self.state = State::since(stamp),
            Content::Online => self.state = State::Online,
            Content::NotToBeHad => {
                let scans = match self.state {
                    State::NotToBeHad { scans, .. } => scans.saturating_add(1),
                    _ => 1,
                };
                self.state = State::NotToBeHad { stamp, scans };
            }
        }
        false
    }
}
