//! `quarterday template`: a blank return made for filling in.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::surroundings::workspace;
use super::{ExitStatus, clock, screen};
use crate::calendar::notations::{PeriodReading, parse_period};
use crate::cli::TemplateArguments;
use crate::contract::Contract;
use crate::contract::meant::Form;
use crate::domain::period::{Frequency, Period, long_date};
use crate::domain::text::{fold, nearest, one_line};
use crate::readers::Readers;
use crate::reviewing::blank_form::{Known, Wanted};
use crate::run::blank_return::{blank_return, known};
use crate::run::definitions::{self, Definition};
use crate::run::working_days;
use crate::workspace::names::legal_name;
use crate::workspace::{Workspace, files, sha256};

/// How many characters of a definition's hash tell its versions apart.
const VERSION_LENGTH: usize = 8;

/// Writes the blank return that is asked for.
///
/// # Errors
/// Contract, form, provider, period or area is not known or does not fit the others; the file exists, or cannot be written; the
/// workspace cannot be read.
pub fn template(asked: &TemplateArguments) -> Result<ExitStatus> {
    let workspace = workspace(asked.dir.as_deref())?;
    let definition = definition(&asked.contract, workspace.as_ref())?;
    let version = sha256(definition.text.as_bytes()).chars().take(VERSION_LENGTH).collect::<String>();
    let contract = definition.read.with_context(|| format!("the definition {} is wrong", definition.file))?;
    let form = form(&contract, &asked.form)?;
    let period = period(&contract, form, &asked.period)?;
    let area = asked.area.as_deref().map(|name| area(&contract, form, name)).transpose()?;
    let written = asked.provider.as_deref().map(one_line).filter(|name| !name.is_empty());
    let (provider, known) = match &workspace {
        Some(workspace) => known(
            workspace,
            &contract,
            (form, &period, area),
            written.as_deref(),
            clock::today(),
            &Readers::of_this_program(),
        )?,
        None => (written, Known::default()),
    };
    let working_days = working_days(workspace.as_ref())?;
    let planned = || known.meeting.and_then(|day| form.due.before_meeting(day, &working_days));
    let due = form.due.due(&period, &working_days).or_else(planned);

    let parts = [Some(form.title.as_str()), Some(&period.label()), area, provider.as_deref()]
        .map(|part| part.map(ToString::to_string));
    let name = legal_name(&format!("{}.xlsx", parts.into_iter().flatten().collect::<Vec<_>>().join(" ")));
    let path = target(&asked.output, &name, asked.overwrite)?;
    let wanted = Wanted {
        contract: &contract,
        form,
        period,
        area,
        provider: provider.as_deref(),
        due,
        version: &version,
        known: &known,
    };
    files::write_alone(&path, &blank_return(&wanted)?)?;
    screen::aside(&format!("Written: {}", path.display()));
    let of = [area, provider.as_deref()].into_iter().flatten().map(|part| format!(", {part}"));
    screen::aside(&format!(
        "  {} of {}, {}{}",
        form.title,
        contract.title,
        period.describe(),
        of.collect::<String>()
    ));
    if let Some(due) = due {
        screen::aside(&format!("  Due on {}.", long_date(due)));
    }
    Ok(ExitStatus::Fine)
}

/// The definition of the contract with this id.
fn definition(id: &str, workspace: Option<&Workspace>) -> Result<Definition> {
    let known = definitions::all(workspace)?;
    let wanted = fold(id);
    let is_called =
        |definition: &&Definition| definition.read.as_ref().is_ok_and(|contract| contract.id == wanted);
    if let Some(found) = known.iter().find(is_called) {
        return Ok(found.clone());
    }
    if let Some(broken) = known.into_iter().find(|definition| {
        let name = Path::new(&definition.file).file_stem().map(|name| fold(&name.to_string_lossy()));
        definition.read.is_err() && name.as_deref() == Some(wanted.as_str())
    }) {
        broken.read.with_context(|| format!("the definition {} is wrong", broken.file))?;
    }
    let known = definitions::all(workspace)?;
    let ids: Vec<&str> = known.iter().filter_map(|own| Some(own.read.as_ref().ok()?.id.as_str())).collect();
    bail!(
        "there is no contract `{id}`; {}known contracts: {}. Those of a workspace are known with --dir",
        did_you_mean(id, &ids),
        ids.join(", ")
    )
}

/// The form of this id or title.
fn form<'c>(contract: &'c Contract, name: &str) -> Result<&'c Form> {
    let wanted = fold(name);
    let is_called = |form: &&Form| fold(&form.id) == wanted || fold(&form.title) == wanted;
    if let Some(form) = contract.forms.iter().find(is_called) {
        return Ok(form);
    }
    let ids: Vec<&str> = contract.forms.iter().map(|form| form.id.as_str()).collect();
    bail!("{} has no form `{name}`; {}its forms: {}", contract.id, did_you_mean(name, &ids), ids.join(", "))
}

/// The period of this text, as long as the form's are.
fn period(contract: &Contract, form: &Form, text: &str) -> Result<Period> {
    let example = |period: Period| match period.frequency {
        Frequency::Month => format!("{} or {}", period.label(), period.describe()),
        _ => period.describe(),
    };
    let starts = contract.period(contract.start, form.every);
    let why = match parse_period(text, contract.year_starts, Some(form.every)) {
        PeriodReading::Found(period) if period.frequency == form.every => {
            return match contract.end {
                Some(end) if period.from > end => {
                    bail!("{} begins after the contract ends on {}", period.describe(), long_date(end))
                }
                _ => Ok(period),
            };
        }
        PeriodReading::Found(period) => {
            let nearest = contract.period(period.from, form.every);
            bail!(
                "“{text}” is {}, but the form “{}” is {}; write a period such as {}",
                period.describe(),
                form.title,
                form.every.adverb(),
                example(nearest)
            )
        }
        PeriodReading::Incomplete { why, .. }
        | PeriodReading::Contradictory { why }
        | PeriodReading::Ambiguous { why, .. } => format!("“{text}”: {why}"),
        PeriodReading::None => format!("“{text}” is no period"),
    };
    bail!(
        "{why}; the form “{}” is {}: write a period such as {}",
        form.title,
        form.every.adverb(),
        example(starts)
    )
}

/// The area of this name, where each has a return of its own.
fn area<'c>(contract: &'c Contract, form: &Form, name: &str) -> Result<&'c str> {
    let names: Vec<&str> = contract.areas.iter().map(|area| area.name.as_str()).collect();
    if names.is_empty() {
        bail!("{} has no areas; leave --area out", contract.id);
    }
    if !form.one_per_area {
        bail!(
            "one return of the form “{}” is for all of {}; leave --area out",
            form.title,
            names.join(" and ")
        );
    }
    if let Some(area) = contract.area(name) {
        return Ok(area);
    }
    let all: Vec<&str> = contract
        .areas
        .iter()
        .flat_map(|area| std::iter::once(&area.name).chain(&area.aliases).map(String::as_str))
        .collect();
    bail!("{} has no area “{name}”; {}its areas: {}", contract.id, did_you_mean(name, &all), names.join(", "))
}

fn did_you_mean(name: &str, known: &[&str]) -> String {
    nearest(name, known.iter().copied()).map(|near| format!("did you mean `{near}`? ")).unwrap_or_default()
}

/// Where the workbook goes: the file `output`, or one called `name` in the folder `output`.
fn target(output: &Path, name: &str, overwrite: bool) -> Result<PathBuf> {
    let shown = output.display().to_string();
    let path = if output.is_dir() || shown.ends_with(['/', '\\']) {
        output.join(name)
    } else {
        output.to_path_buf()
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        bail!("the folder {} does not exist; make it, or name another", folder.display());
    }
    let own = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !own.to_lowercase().ends_with(".xlsx") {
        bail!("{own} is no name of a workbook; let it end in .xlsx, or name a folder");
    }
    let legal = legal_name(&own);
    if own != legal {
        bail!("Windows takes no file of the name {own}; call it {legal}");
    }
    if path.exists() && !overwrite {
        bail!("there is a file already: {}; name another, or say --overwrite", path.display());
    }
    Ok(path)
}
