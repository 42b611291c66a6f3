//! The figures of each provider's quarters: one course from which every form is filled in, so that the young people in
//! placement follow from those before, those placed and those whose placement ended.

use crate::alliance::dates::QUARTERS;
use crate::alliance::providers::{PROVIDERS, SALTGATE};
use crate::random::Random;

/// Weeks of a quarter; a key-work session is planned for each week of a placement.
const WEEKS: i64 = 13;

/// What a quarter brought.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quarter {
    /// Young people placed.
    pub placed: i64,
    /// Placements ended.
    pub ended: i64,
    /// Of these, in a planned way.
    pub planned_endings: i64,
    /// Key-work sessions planned.
    pub sessions_planned: i64,
    /// Key-work sessions held.
    pub sessions_held: i64,
    /// Notifiable incidents.
    pub incidents: i64,
    /// Young people in placement at the end.
    pub in_placement: i64,
    /// Of these, in education, employment or training.
    pub in_education: i64,
}

impl Quarter {
    /// In the order of the form's questions.
    pub fn figures(&self) -> [i64; 8] {
        [
            self.placed,
            self.ended,
            self.planned_endings,
            self.sessions_planned,
            self.sessions_held,
            self.incidents,
            self.in_placement,
            self.in_education,
        ]
    }
}

/// The quarters of a provider.
pub fn quarters(provider: usize) -> [Quarter; QUARTERS] {
    let mut random = Random::stream(20, provider as u64, 0);
    let mut before = PROVIDERS[provider].placed_before;
    std::array::from_fn(|quarter| {
        let joined = provider == SALTGATE;
        if joined && quarter < 2 {
            return Quarter::default();
        }
        let places = PROVIDERS[provider].placed_before.max(8);
        // A provider that has just joined takes people in; for the others as many come as go, within two.
        let placed = if joined { [5, 3][quarter - 2] } else { places / 4 + random.between(-1, 1) };
        let ended = match (joined, quarter) {
            (true, 2) => 0,
            (true, _) => 1,
            _ => (places / 4 + random.between(-1, 1)).max(1),
        };
        let in_placement = before + placed - ended;
        let sessions_planned = (before + in_placement) * WEEKS / 2 + random.between(-4, 4);
        let made = Quarter {
            placed,
            ended,
            planned_endings: ended - i64::from(ended > 1 && random.chance(60)),
            sessions_planned,
            sessions_held: sessions_planned * random.between(86, 98) / 100,
            incidents: random.between(0, 2 + places / 12),
            in_placement,
            in_education: in_placement * random.between(55, 82) / 100,
        };
        before = in_placement;
        made
    })
}

/// Comments on a quarter, in the order of the form's questions; most are blank.
pub fn comments(provider: usize, quarter: usize, figures: &Quarter) -> [String; 8] {
    let mut random = Random::stream(21, provider as u64, quarter as u64);
    let mut comments: [String; 8] = Default::default();
    let unplanned = figures.ended - figures.planned_endings;
    if unplanned > 0 {
        let why = [
            "Moved at short notice to be nearer to family.",
            "Moved on police advice; the placing borough was told the same day.",
            "Returned to a former foster carer before the end date agreed.",
        ];
        comments[2] = format!("{unplanned} unplanned. {}", why[random.index(why.len())]);
    }
    if figures.sessions_held * 100 < figures.sessions_planned * 90 {
        let why = [
            "Two key workers left in the quarter; sessions were covered by the team leader where possible.",
            "Sessions declined by young people are offered again within the week and not counted as held.",
            "Sickness in the second month; catch-up sessions are planned for the next quarter.",
        ];
        comments[4] = why[random.index(why.len())].to_string();
    }
    if figures.incidents > 1 {
        let what =
            ["Missing episodes, all returned within a day.", "Missing episodes and one fire alarm call-out."];
        comments[5] = what[random.index(what.len())].to_string();
    }
    if random.chance(45) {
        let what = [
            "Two more have college places from September.",
            "One is on a traineeship with a day a week at college.",
            "Those not in education, employment or training have a plan with the virtual school.",
        ];
        comments[7] = what[random.index(what.len())].to_string();
    }
    comments
}
