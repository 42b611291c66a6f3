//! Filled blank returns dropped into a workspace, and blank returns that begin with what the workspace knows.

use std::collections::BTreeMap;

use quarterday::contract::layout::Layout;
use quarterday::contract::meant::CheckRule;
use quarterday::domain::place::CellAddress;
use quarterday::intake::reading;
use quarterday::output::workbooks::blank_form::blank_form_workbook;
use quarterday::review::blank_form::{BlankForm, Entered, Line, StandsFor};
use quarterday::reviewing::blank_form::{Known, Wanted};

use crate::definitions;
use crate::fill::PROVIDER;
use crate::filled::{filled, period, received};
use crate::read_back::read_back;
use crate::support::workspace::Workspace;

#[test]
fn a_run_takes_every_filled_form_without_a_query() {
    let contracts = definitions::built_in();
    for contract in &contracts {
        let mut workspace = Workspace::default();
        let start = contract.start.to_string();
        workspace.provider(&contract.id, PROVIDER, &start);
        let mut sent = 0;
        let mut last = contract.start;
        for form in &contract.forms {
            for area in contract.return_areas(form) {
                let known = Known::default();
                let wanted = Wanted {
                    contract,
                    form,
                    period: period(contract, form, 0),
                    area: area.as_deref(),
                    provider: Some(PROVIDER),
                    due: None,
                    version: "0123abcd",
                    known: &known,
                };
                let book = blank_form_workbook(&filled(&contracts, &wanted, 7)).unwrap();
                let file = format!("{sent}.xlsx");
                workspace.drop_bytes(&file, &book);
                workspace.record(
                    "Receipts",
                    [("File", file.as_str().into()), ("Received", received(&wanted).into())],
                );
                last = last.max(received(&wanted));
                sent += 1;
            }
        }
        let told = workspace.told(&last.to_string());
        assert!(told.outcome.results.unrecognised.is_empty(), "{:?}", told.outcome.results.unrecognised);
        let review =
            told.outcome.results.reviews.iter().find(|review| review.contract == contract.id).unwrap();
        let came: Vec<_> = review.submissions.iter().filter(|own| own.rated_version.is_some()).collect();
        assert_eq!(came.len(), sent, "{}", contract.id);
        for submission in came {
            assert!(submission.findings.is_empty(), "{} {:?}", contract.id, submission.findings);
        }
    }
}

/// What stands in the places of a form, by what they stand for.
fn standing(form: &mut BlankForm) -> Vec<(usize, CellAddress, StandsFor, Option<Entered>)> {
    form.entries_mut()
        .filter_map(|(sheet, at, stands_for, entry)| {
            Some((sheet, at, stands_for?.clone(), entry.value.clone()))
        })
        .collect()
}

/// The command's own template for the second period, made in a workspace that holds the first.
#[test]
fn the_next_blank_return_begins_with_what_the_last_one_leads_to() {
    let contracts = definitions::built_in();
    let (mut openings, mut names) = (0, 0);
    for contract in &contracts {
        for form in contract.forms.iter().filter(|form| !form.one_per_area) {
            let known = Known::default();
            let mut wanted = Wanted {
                contract,
                form,
                period: period(contract, form, 0),
                area: None,
                provider: Some(PROVIDER),
                due: None,
                version: "0123abcd",
                known: &known,
            };
            let mut first = filled(&contracts, &wanted, 11);
            let mut workspace = Workspace::default();
            workspace.provider(&contract.id, PROVIDER, &contract.start.to_string());
            workspace.drop_bytes("a.xlsx", &blank_form_workbook(&first).unwrap());
            workspace.write_register();
            let next = wanted.period.next();
            let output = workspace.path().join("b.xlsx");
            let ran = assert_cmd::Command::cargo_bin("quarterday")
                .unwrap()
                .args(["template", &contract.id, &form.id, "--period", &next.label()])
                .args(["--provider", &PROVIDER.to_uppercase(), "--dir"])
                .arg(workspace.path())
                .arg("-o")
                .arg(&output)
                .output()
                .unwrap();
            assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
            assert!(!workspace.path().join("receipts.jsonl").exists(), "a look writes nothing");
            assert!(!workspace.path().join("originals").exists(), "a look writes nothing");
            let second = reading::read("b.xlsx", &std::fs::read(&output).unwrap()).unwrap();
            // The same form as the command lays it out; only what is entered differs.
            wanted.period = next;
            let mut laid_out = quarterday::reviewing::blank_form::blank_form(&wanted);
            let before = standing(&mut first);
            for check in contract.checks.iter().filter(|check| check.table.form == form.id) {
                let CheckRule::CarriedForward(rule) = &check.rule else { continue };
                let figures: BTreeMap<_, _> = before
                    .iter()
                    .filter_map(|(_, _, stands_for, value)| match (stands_for, value) {
                        (StandsFor::Figure(place), Some(Entered::Number(value))) => match &place.line {
                            Line::Row(row) => {
                                Some(((row.clone(), place.column.clone(), place.area.clone()), *value))
                            }
                            _ => None,
                        },
                        _ => None,
                    })
                    .collect();
                for (sheet, at, stands_for, _) in standing(&mut laid_out) {
                    let StandsFor::Figure(place) = stands_for else { continue };
                    if place.line != Line::Row(rule.item.clone()) {
                        continue;
                    }
                    let expected = rule.expected(|row| {
                        figures.get(&(row.to_string(), place.column.clone(), place.area.clone())).copied()
                    });
                    let Some(expected) = expected.filter(|value| !value.is_sign_negative()) else { continue };
                    // Lines that were named last time move the rows below them.
                    let label = form.table(&place.table).unwrap().row(&rule.item).unwrap().labels[0].as_str();
                    let own = &second.sheets[sheet];
                    let row = (0..500).find(|row| own.text(CellAddress::new(*row, 0)) == label).unwrap();
                    let stands = own.text(CellAddress::new(row, at.column));
                    assert_eq!(stands, expected.normalize().to_string());
                    let named = |cell: &CellAddress| own.text(*cell).ends_with(": Kind 1");
                    assert!(own.cells.keys().any(named), "names of lines are kept");
                    openings += 1;
                }
            }
            for table in &form.tables {
                let Layout::Records(settings) = &table.layout else { continue };
                if !settings.belongs.is_empty() || settings.shown {
                    continue;
                }
                let named = |(sheet, at, stands_for, value): &(
                    usize,
                    CellAddress,
                    StandsFor,
                    Option<Entered>,
                )| match (stands_for, value) {
                    (StandsFor::Figure(place), Some(Entered::Text(text))) if place.table == table.id => {
                        let column = settings.names.clone().or(table
                            .columns
                            .iter()
                            .find(|column| column.required)
                            .map(|column| column.id.clone()));
                        (Some(&place.column) == column.as_ref() && place.line == Line::Record(0))
                            .then(|| (*sheet, *at, text.clone()))
                    }
                    _ => None,
                };
                if let Some((sheet, at, text)) = before.iter().find_map(named) {
                    assert_eq!(second.sheets[sheet].text(at), text);
                    names += 1;
                }
            }
        }
    }
    assert!(openings > 0 && names > 0, "{openings} {names}");
}

/// What the council entered is no return of the provider's.
#[test]
fn a_blank_return_sent_back_as_it_was_is_empty_whatever_was_known_before() {
    let contracts = definitions::built_in();
    for contract in &contracts {
        for form in &contract.forms {
            for area in contract.return_areas(form) {
                let known = Known::default();
                let wanted = Wanted {
                    contract,
                    form,
                    period: period(contract, form, 0),
                    area: area.as_deref(),
                    provider: Some(PROVIDER),
                    due: None,
                    version: "0123abcd",
                    known: &known,
                };
                let mut workspace = Workspace::default();
                workspace.provider(&contract.id, PROVIDER, &contract.start.to_string());
                let first = filled(&contracts, &wanted, 11);
                workspace.drop_bytes("a.xlsx", &blank_form_workbook(&first).unwrap());
                workspace.write_register();
                let next = wanted.period.next();
                let mut template = assert_cmd::Command::cargo_bin("quarterday").unwrap();
                template.args(["template", &contract.id, &form.id, "--period", &next.label()]);
                template.args(["--provider", PROVIDER, "--dir"]).arg(workspace.path());
                if let Some(area) = &area {
                    template.args(["--area", area]);
                }
                template.arg("-o").arg(workspace.path().join("b.xlsx")).assert().success();
                let bytes = std::fs::read(workspace.path().join("b.xlsx")).unwrap();
                let read = match read_back(&bytes, &contracts, received(&wanted)) {
                    Ok(read) => read,
                    // A form that says its period by a day the provider fills in is no return of any.
                    Err(reason) => {
                        assert!(reason.contains("names no period"), "{reason}");
                        continue;
                    }
                };
                assert_eq!(read.recognised.period, next);
                let what = format!("{} {} {area:?}", contract.id, form.id);
                assert!(!read.mapped.usable, "{what}");
                let codes: Vec<_> = read.mapped.findings.iter().map(|finding| finding.kind.code).collect();
                assert!(codes.contains(&"empty-return"), "{what}: {codes:?}");
            }
        }
    }
}

#[test]
fn a_provider_the_register_does_not_have_is_named_with_the_nearest() {
    let contract = &definitions::built_in()[0];
    let form = &contract.forms[0];
    let mut workspace = Workspace::default();
    workspace.provider(&contract.id, PROVIDER, &contract.start.to_string());
    workspace.write_register();
    let ran = assert_cmd::Command::cargo_bin("quarterday")
        .unwrap()
        .args(["template", &contract.id, &form.id, "--provider", "Harbor Advocacy", "--period"])
        .arg(period(contract, form, 0).label())
        .args(["--dir", ".", "-o", "b.xlsx"])
        .current_dir(workspace.path())
        .output()
        .unwrap();
    let errors = String::from_utf8(ran.stderr).unwrap();
    assert!(
        ran.status.code() == Some(2) && errors.contains(&format!("did you mean “{PROVIDER}”?")),
        "{errors}"
    );
    assert!(!workspace.path().join("b.xlsx").exists());
}
