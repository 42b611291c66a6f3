//! Evidence about an invented provider, for the tests of the outputs.

use super::example::{FILE, day};
use crate::review::evidence::{
    Consequence, Entry, EvidenceFile, FORMAT, Figure, Found, Grounds, HashedFile, LedgerHead, LedgerLine,
    Return, ShownCell, Span, Standing, Version, Working,
};

fn quarter() -> Span {
    Span { label: "2025-26 Q1".to_string(), from: day(2025, 9, 1), to: day(2025, 11, 30) }
}

fn cell(cell: &str, shown: Option<&str>) -> ShownCell {
    ShownCell {
        file: FILE.to_string(),
        sha256: "a".repeat(64),
        sheet: "KPIs".to_string(),
        cell: cell.to_string(),
        shown: shown.map(str::to_string),
    }
}

/// Evidence with something in each of its parts.
pub fn evidence() -> EvidenceFile {
    let text = |text: &str| Some(text.to_string());
    let cells = vec![cell("F9", Some("70%")), cell("D9", Some("")), cell("E9", None)];
    EvidenceFile {
        format: FORMAT,
        program: "0.1.0".to_string(),
        as_of: day(2026, 1, 20),
        contract: "invented-contract".to_string(),
        contract_title: "Invented contract".to_string(),
        councils: vec!["Invented Council".to_string()],
        provider: "Harbour Advocacy".to_string(),
        consequence: Consequence {
            id: "improvement".to_string(),
            title: "Improvement measures".to_string(),
            clause: "2.2".to_string(),
            status: Standing::Triggered,
            period: quarter(),
            on: Some(day(2025, 12, 1)),
            by: Some(day(2026, 1, 31)),
            settled: true,
            distance: text("one more red would meet it"),
            action: "Agree what will be done and by when.".to_string(),
            conditions: vec!["a target is missed".to_string(), "a return is late".to_string()],
            definition: "[[escalations]]\nid = \"improvement\"".to_string(),
        },
        workings: vec![
            Working { text: "KPI 5: 70% (7 of 10).".to_string(), of: None, cells: cells.clone() },
            Working { text: "A return was late.".to_string(), of: text("Another"), cells: Vec::new() },
        ],
        figures: vec![Figure {
            kpi: "5".to_string(),
            title: "Referrals allocated".to_string(),
            area: text("North"),
            period: quarter(),
            shown: "70%".to_string(),
            value: text("0.7"),
            numerator: text("7"),
            denominator: text("10"),
            target: text(">= 95%"),
            rating: "red".to_string(),
            rating_word: "Red".to_string(),
            clause: "2.2".to_string(),
            computed: text("Computed from 3 months."),
            notes: vec!["Provisional.".to_string()],
            relief: text("Relief agreed."),
            comment: text("Staff were ill."),
            cells,
        }],
        returns: vec![Return {
            form: "kpi".to_string(),
            title: "Quarterly KPI return".to_string(),
            period: quarter(),
            area: None,
            due: day(2025, 12, 14),
            due_note: text("put off by 2 days"),
            clause: "2.5".to_string(),
            received: Some(day(2025, 12, 16)),
            status: "late".to_string(),
            status_word: "Late".to_string(),
            status_note: None,
            looked_in_vain: Some(day(2025, 12, 15)),
            versions: vec![Version {
                file: FILE.to_string(),
                sha256: "a".repeat(64),
                copy: "files/kpi.xlsx".to_string(),
                received: day(2025, 12, 16),
                known: "First seen by a run on 16 December 2025".to_string(),
                first_seen: Some(day(2025, 12, 16)),
                line: Some(3),
                line_sha256: text(&"b".repeat(64)),
                mail: text("returns/q1.eml"),
                usable: false,
                rated: true,
            }],
        }],
        findings: vec![Found {
            code: "total-mismatch".to_string(),
            weight: "Error".to_string(),
            file: FILE.to_string(),
            sheet: text("KPIs"),
            cell: text("D9"),
            message: "The total is 10 and its parts make 9.".to_string(),
            accepted: text("A known slip"),
            answered: text("On 18 December 2025: one was counted twice"),
        }],
        register: vec![Entry {
            sheet: "Notices".to_string(),
            cell: "A2".to_string(),
            words: "Concern, 3 December 2025".to_string(),
        }],
        ledger: vec![LedgerLine {
            number: 3,
            sha256: "b".repeat(64),
            text: "{\"kind\":\"seen\"}".to_string(),
        }],
        not_proven: vec!["The days are those of the clock.".to_string()],
        readings: vec!["Late is late from the day after.".to_string()],
        grounds: Grounds {
            definition: HashedFile { file: "definition.toml".to_string(), sha256: "c".repeat(64) },
            built_in: true,
            register: Some(HashedFile { file: "register.xlsx".to_string(), sha256: "d".repeat(64) }),
            ledger: LedgerHead { lines: 5, sha256: "e".repeat(64) },
        },
    }
}
