//! The reviews: when each was planned, when its self-assessment came, and the scores its owner gave.

use anyhow::{Result, ensure};
use chrono::NaiveDate;

use super::contracts::{
    ABUSE, CUSTOMER, EQUIPMENT, FACILITIES, HIGHWAYS, OLDER, SCHOOLS, SEXUAL_HEALTH, WASTE,
};
use super::criteria::{AREAS, FIRST_TEMPLATE, areas};
use crate::dates::day;

/// Index of the area Administration.
pub const ADMINISTRATION: usize = 2;
/// The most that support systems let Administration be (2.7).
const HELD_AT: u8 = 3;

/// One review.
#[derive(Debug)]
pub struct Review {
    /// Index of the contract.
    pub contract: usize,
    /// Date of the meeting as the form has it: year, month and day.
    pub on_form: (i32, u32, u32),
    /// Date the self-assessment came.
    pub received: (i32, u32, u32),
    /// Path of the file below `returns/`.
    pub file: &'static str,
    /// Scores, a text an area and a figure a criterion.
    pub scores: [&'static str; AREAS],
    /// What the owner wrote in words of their own: area, criterion, evidence.
    pub remarks: &'static [(usize, usize, &'static str)],
}

/// Index of a review in [`REVIEWS`].
pub const CUSTOMER_2016: usize = 0;
/// See [`CUSTOMER_2016`].
pub const EQUIPMENT_2018: usize = 1;
/// See [`CUSTOMER_2016`].
pub const ABUSE_2018: usize = 2;
/// See [`CUSTOMER_2016`].
pub const CUSTOMER_2018: usize = 3;
/// See [`CUSTOMER_2016`].
pub const OLDER_2018: usize = 4;
/// See [`CUSTOMER_2016`].
pub const HIGHWAYS_2018: usize = 5;
/// See [`CUSTOMER_2016`].
pub const FACILITIES_2018: usize = 6;
/// See [`CUSTOMER_2016`].
pub const WASTE_2018: usize = 7;
/// See [`CUSTOMER_2016`].
pub const SCHOOLS_2018: usize = 8;
/// See [`CUSTOMER_2016`].
pub const OLDER_2019: usize = 9;
/// See [`CUSTOMER_2016`].
pub const SEXUAL_HEALTH_2019: usize = 10;
/// See [`CUSTOMER_2016`].
pub const EQUIPMENT_2019: usize = 11;

/// The reviews, by date.
pub const REVIEWS: [Review; 12] = [
    Review {
        contract: CUSTOMER,
        on_form: (2016, 10, 18),
        received: (2016, 10, 13),
        file: "2016-17/Contract review - Customer contact - October 2016",
        scores: ["222", "232", "222", "322", "122", "332", "221", "211"],
        remarks: &[
            (4, 0, "Calls answered is all that is measured; nobody agreed what counts as answered"),
            (4, 2, "Call times have missed their mark for seven months; no rectification plan was asked for"),
        ],
    },
    Review {
        contract: EQUIPMENT,
        on_form: (2018, 4, 24),
        received: (2018, 4, 20),
        file: "2018-19/2018-04 Equipment store self assessment",
        scores: ["4343", "4434", "333", "4343", "44434", "3434", "3343", "343"],
        remarks: &[(4, 1, "Deliveries of one week each quarter followed from order to signature")],
    },
    Review {
        contract: ABUSE,
        on_form: (2018, 5, 8),
        received: (2018, 5, 4),
        file: "2018-19/CMRG_Domestic_Abuse_Support_08.05.18",
        scores: ["3343", "4333", "332", "4544", "33323", "3333", "4443", "332"],
        remarks: &[
            (3, 2, "Survivors' forum reads the quarterly report and its answer is printed with it"),
            (4, 3, "Refuge move-on is praised by districts; not yet shared with other contracts"),
        ],
    },
    Review {
        contract: CUSTOMER,
        on_form: (2018, 5, 22),
        received: (2018, 5, 18),
        file: "2018-19/Contract review - Customer contact - May 2018",
        scores: ["4443", "4434", "333", "4544", "34454", "4443", "4344", "344"],
        remarks: &[
            (4, 2, "Rectification plan of January 2017 closed in October with nine months of call times met"),
            (7, 1, "Web chat added and two opening hours given back, both through the change process"),
        ],
    },
    Review {
        contract: OLDER,
        on_form: (2018, 6, 19),
        received: (2018, 6, 18),
        file: "2018-19/Older persons resi maturity template June 18",
        scores: ["2232", "2223", "222", "3232", "22122", "3323", "2122", "221"],
        remarks: &[
            (
                0,
                0,
                "184 homes taken over from the old terms in three months; mobilisation was underestimated",
            ),
            (4, 2, "Homes rated inadequate are followed up by operational teams, not under the contract"),
            (6, 2, "No plan for the closing of a large home"),
        ],
    },
    Review {
        contract: HIGHWAYS,
        on_form: (2018, 7, 17),
        received: (2018, 7, 12),
        file: "2018-19/Highways TMC - CM self-assessment July 2018",
        scores: ["4443", "4344", "333", "4334", "44354", "4444", "3443", "443"],
        remarks: &[
            (4, 4, "Roads open on the promised day, reported by district each month"),
            (5, 3, "Rates for patching held against four counties; two renegotiated"),
        ],
    },
    Review {
        contract: FACILITIES,
        on_form: (2018, 9, 18),
        received: (2018, 9, 18),
        file: "2018-19/TFM review template (final v3)",
        scores: ["3334", "3343", "323", "3444", "33234", "4333", "3233", "233"],
        remarks: &[(4, 2, "Lift repairs: rectification plan of March ran over by two months")],
    },
    Review {
        contract: WASTE,
        // Moved to 20 November.
        on_form: (2018, 11, 6),
        received: (2018, 11, 15),
        file: "2018-19/Waste transfer self-assessment Nov 2018",
        scores: ["3443", "3334", "333", "4443", "33443", "3443", "3433", "232"],
        remarks: &[(6, 2, "Transfer station closed for a day in June as a trial; loads went to two others")],
    },
    Review {
        contract: SCHOOLS,
        on_form: (2018, 12, 11),
        received: (2018, 12, 7),
        file: "2018-19/School building CMRG Dec 18",
        scores: ["4344", "4443", "323", "3344", "34333", "3444", "4433", "333"],
        remarks: &[(2, 1, "Two framework call-offs were extended after their date")],
    },
    Review {
        contract: OLDER,
        on_form: (2019, 1, 29),
        received: (2019, 1, 24),
        file: "2018-19/Older persons resi maturity template Jan 19",
        scores: ["4434", "3434", "333", "4443", "43444", "4434", "4343", "334"],
        remarks: &[
            (0, 0, "All homes on the new terms; promises of each home listed and owned"),
            (4, 2, "Contract officers visit homes below good; 14 plans closed since June, 5 open"),
            (6, 2, "Closing of a home tried at the table in November with districts and health"),
        ],
    },
    Review {
        contract: SEXUAL_HEALTH,
        on_form: (2019, 2, 12),
        received: (2019, 2, 8),
        file: "2018-19/sexual health outreach 12 Feb 2019",
        scores: ["3333", "3323", "322", "4344", "32333", "3332", "3343", "232"],
        remarks: &[(7, 2, "Contract ends in March 2020; options paper not begun")],
    },
    Review {
        contract: EQUIPMENT,
        on_form: (2019, 2, 26),
        received: (2019, 2, 25),
        file: "2018-19/2019-02 Equipment store self assessment",
        scores: ["4343", "3222", "332", "4333", "22322", "3434", "3333", "333"],
        remarks: &[
            (1, 0, "Contract manager left in September; one officer since, post advertised twice"),
            (1, 2, "Nothing was handed over but the mailbox"),
            (4, 1, "Weekly tracing of deliveries stopped in October for want of time"),
            (4, 2, "Same-day deliveries below the mark for four months, no plan asked for yet"),
        ],
    },
];

impl Review {
    /// Date of the meeting as the form has it.
    pub fn on_form(&self) -> NaiveDate {
        let (year, month, of_month) = self.on_form;
        day(year, month, of_month)
    }

    /// Date the self-assessment came.
    pub fn received(&self) -> NaiveDate {
        let (year, month, of_month) = self.received;
        day(year, month, of_month)
    }

    /// Scores of an area.
    pub fn scores(&self, area: usize) -> Vec<u8> {
        self.scores[area].bytes().map(|figure| figure - b'0').collect()
    }

    /// Mean score of an area over the criteria of the first template, in thirds.
    fn in_thirds(&self, area: usize) -> u32 {
        self.scores(area).iter().take(FIRST_TEMPLATE).map(|score| u32::from(*score)).sum()
    }
}

/// That the scores go with the template and tell the story: Administration held at 3, two contracts up, one down.
///
/// # Errors
/// When they don't.
pub fn check() -> Result<()> {
    let areas = areas()?;
    ensure!(areas.len() == AREAS, "{} areas", areas.len());
    for (index, review) in REVIEWS.iter().enumerate() {
        for (at, area) in areas.iter().enumerate() {
            let asked = if index == CUSTOMER_2016 { FIRST_TEMPLATE } else { area.criteria.len() };
            let scores = review.scores(at);
            ensure!(scores.len() == asked, "{}: {} has {} scores", review.file, area.name, scores.len());
            ensure!(
                scores.iter().all(|score| (1..=5).contains(score)),
                "{}: {} out of range",
                review.file,
                area.name
            );
        }
        ensure!(
            review.scores(ADMINISTRATION).iter().all(|score| *score <= HELD_AT),
            "{}: Administration above {HELD_AT}",
            review.file
        );
    }
    for (before, after) in [(CUSTOMER_2016, CUSTOMER_2018), (OLDER_2018, OLDER_2019)] {
        for area in 0..AREAS {
            ensure!(
                REVIEWS[after].in_thirds(area) > REVIEWS[before].in_thirds(area),
                "{} is not up in area {area}",
                REVIEWS[after].file
            );
        }
    }
    for area in [1, 4] {
        ensure!(
            REVIEWS[EQUIPMENT_2019].in_thirds(area) < REVIEWS[EQUIPMENT_2018].in_thirds(area),
            "the equipment store is not down in area {area}"
        );
    }
    Ok(())
}
