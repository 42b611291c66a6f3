//! `quarterday send`: shows the drafts of the last run, asks, and hands them to the council's mail server.

use anyhow::{Result, bail};
use chrono::{DateTime, FixedOffset};

use super::{ExitStatus, ask, clock, screen};
use crate::cli::SendArguments;
use crate::domain::draft::{Draft, DraftKind};
use crate::domain::period::long_date;
use crate::domain::text::{capital, number_of};
use crate::readers::Readers;
use crate::run::sending::{Asked, Enclosed, Fate, Handed, Letter, Sending, Verdict, prepare, report};

/// Sends the drafts that are asked for.
///
/// # Errors
/// See [`crate::run::sending::prepare`]; nothing may be sent today, nobody is there to be asked, or there is no connection.
pub fn send(asked: &SendArguments) -> Result<ExitStatus> {
    let wanted = Asked {
        contract: asked.contract.clone(),
        provider: asked.provider.clone(),
        period: asked.period.clone(),
        kind: DraftKind::ALL.into_iter().find(|kind| asked.kind.as_deref() == Some(kind.id())),
        again: asked.again.clone(),
    };
    let mut sending = prepare(&asked.dir, &wanted, clock::today(), &Readers::of_this_program())?;
    let is_quiet = asked.json;
    if !is_quiet {
        show(&sending);
    }
    let held =
        sending.verdicts.iter().any(|own| matches!(own, Verdict::Refused(..) | Verdict::InDoubt { .. }));
    let status = if held { ExitStatus::NeedsAttention } else { ExitStatus::Fine };
    if asked.dry_run {
        if is_quiet {
            screen::bytes(&report::json(&sending, &[], true)?);
        } else {
            dry_run_ends(&sending);
        }
        return Ok(status);
    }
    if sending.ready().next().is_none() {
        if is_quiet {
            screen::bytes(&report::json(&sending, &[], false)?);
        } else {
            screen::line("");
            screen::line("There is nothing to send.");
        }
        return Ok(status);
    }
    if !sending.hindrances.is_empty() {
        bail!("nothing was sent.\n{}", sending.hindrances.join("\n"));
    }
    let choice = choose(asked, &sending)?;
    let chosen = |letter: &Letter| if letter.is_personal() { choice.personal } else { choice.plain };
    let mut told = |letter: &Letter, fate: &Fate| {
        if !is_quiet {
            tell(letter, fate);
        }
    };
    let handed = sending.hand_over(&chosen, &clock::moment, &mut told)?;
    if is_quiet {
        screen::bytes(&report::json(&sending, &handed, false)?);
    } else {
        conclude(&sending, &handed);
    }
    let all_went = handed.iter().all(|(_, fate)| matches!(fate, Fate::Sent(_)));
    Ok(if all_went && !choice.is_held_back { status } else { ExitStatus::NeedsAttention })
}

/// Which of the letters that are ready go.
struct Choice {
    plain: bool,
    personal: bool,
    /// Whether some were not asked about, because nobody could be asked.
    is_held_back: bool,
}

fn choose(asked: &SendArguments, sending: &Sending) -> Result<Choice> {
    let (personal, plain): (Vec<&Letter>, Vec<&Letter>) =
        sending.ready().partition(|letter| letter.is_personal());
    if asked.yes {
        if !personal.is_empty() && !asked.client_rows {
            let what = format!(
                "Held back: {} with lines on single people; `--yes` sends such only together with `--client-rows`.",
                number_of(personal.len(), "message", "messages")
            );
            if asked.json {
                screen::note(&what)
            } else {
                screen::wrapped("", "  ", &what)
            }
            return Ok(Choice { plain: true, personal: false, is_held_back: true });
        }
        return Ok(Choice { plain: true, personal: asked.client_rows, is_held_back: false });
    }
    if asked.json || !ask::somebody_is_there() {
        bail!(
            "nothing was sent: there is nobody to ask. Say `--yes` to send without being asked (and `--client-rows` for what carries \
             lines on single people), or `--dry-run` to look"
        );
    }
    screen::line("");
    let these =
        |number: usize| if number == 1 { "this message".into() } else { format!("these {number} messages") };
    let plain = !plain.is_empty() && {
        let which = if personal.is_empty() { "" } else { " without lines on single people" };
        ask::yes(&format!("Send {}{which}?", these(plain.len())))
    };
    let personal = !personal.is_empty()
        && {
            screen::wrapped(
                "",
                "",
                &format!(
                    "{} lines on single people (marked above). They go by e-mail to the addresses shown, outside the council. Send them only \
                 where your agreement with the provider and your information governance allow that way.",
                    if personal.len() == 1 { "One message carries" } else { "Some messages carry" }
                ),
            );
            ask::yes(&format!("Send {} with lines on single people?", these(personal.len())))
        };
    Ok(Choice { plain, personal, is_held_back: false })
}

/// All that there is, before anything goes.
fn show(sending: &Sending) {
    if let Some(as_of) = sending.as_of {
        screen::line(&format!("Drafts as of {}.", long_date(as_of)));
    }
    if let (Some(server), Some(from)) = (sending.server(), sending.from()) {
        screen::line(&format!("From {from}, by way of {server}."));
    }
    for note in &sending.notes {
        screen::wrapped("", "  ", note);
    }
    let ready: Vec<&Letter> = sending.ready().collect();
    if !ready.is_empty() {
        screen::line("");
        screen::line("To send:");
    }
    for (number, letter) in (1..).zip(ready) {
        show_letter(number, letter);
    }
    let mut headed = "";
    for verdict in &sending.verdicts {
        let (heading, lines) = match verdict {
            Verdict::Ready(_) => continue,
            Verdict::Refused(_, reasons) => ("Refused:", reasons.clone()),
            Verdict::Already { at, to, again_from, .. } => {
                ("Sent already:", vec![went(*at, to, *again_from)])
            }
            Verdict::InDoubt { at, message_id, why, .. } => {
                ("May have gone:", doubt(*at, message_id, why.as_deref()))
            }
        };
        if heading != headed {
            screen::line("");
            screen::line(heading);
            headed = heading;
        }
        screen::line(&format!("  {}", name(verdict.draft())));
        lines.iter().for_each(|line| screen::wrapped("    - ", "      ", line));
    }
    if sending.others > 0 {
        screen::line("");
        let others = number_of(sending.others, "other draft", "other drafts");
        screen::line(&format!(
            "There {} {others}, not asked for here.",
            if sending.others == 1 { "is" } else { "are" }
        ));
    }
}

fn went(at: DateTime<FixedOffset>, to: &[String], again_from: Option<chrono::NaiveDate>) -> String {
    let again = again_from.map(|day| format!(" One about the same may go again from {}.", long_date(day)));
    format!("Sent on {} to {}.{}", moment(at), to.join(", "), again.unwrap_or_default())
}

fn doubt(at: DateTime<FixedOffset>, message_id: &str, why: Option<&str>) -> Vec<String> {
    let known = why.map_or("the program ended before the server's answer was written down", |why| why);
    vec![
        format!("Handed over on {}, but {known}. It is not sent again by itself.", moment(at)),
        "Look into the mailbox it is from, or ask the provider. If it has not gone, send it again with:"
            .to_string(),
        format!("quarterday send --again {message_id}"),
    ]
}

fn moment(at: DateTime<FixedOffset>) -> String {
    format!("{} at {}", long_date(at.date_naive()), at.format("%H:%M"))
}

/// What a draft is, on one line.
fn name(draft: &Draft) -> String {
    let area = draft.area.as_ref().map(|area| format!(", {area}")).unwrap_or_default();
    format!(
        "{}: {}, {} {}{area} ({})",
        capital(draft.kind.id()),
        draft.provider,
        draft.form,
        draft.period,
        draft.contract
    )
}

fn show_letter(number: usize, letter: &Letter) {
    let draft = &letter.draft;
    screen::line(&format!("{number:>3}. {}", name(draft)));
    let field =
        |what: &str, text: &str| screen::wrapped(&format!("     {what:<10}"), "               ", text);
    field("To:", &draft.to.join(", "));
    if !draft.cc.is_empty() {
        field("Cc:", &draft.cc.join(", "));
    }
    field("Subject:", &draft.subject);
    for own in &letter.enclosed {
        field("Attached:", &enclosed(own));
    }
}

fn enclosed(own: &Enclosed) -> String {
    let kilobytes = own.size.div_ceil(1024);
    let size = if kilobytes < 1024 {
        format!("{kilobytes} kB")
    } else {
        format!("{:.1} MB", own.size as f64 / 1_048_576.0)
    };
    let rows = match own.client_rows {
        Some(0) => String::new(),
        Some(rows) => format!(" – carries {} on single people", number_of(rows, "line", "lines")),
        None => " – may carry lines on single people: that could not be told".to_string(),
    };
    format!("{} ({size}){rows}", own.name)
}

fn tell(letter: &Letter, fate: &Fate) {
    let name = name(&letter.draft);
    let text = match fate {
        Fate::Sent(answer) => format!("Sent: {name}. The server said: {answer}"),
        Fate::Failed(why) => format!("NOT SENT: {name}: {why}"),
        Fate::InDoubt(why) => format!("MAY HAVE GONE: {name}: {why}"),
        Fate::NotTried(why) => format!("NOT SENT: {name}: {why}"),
    };
    screen::wrapped("", "  ", &text);
}

fn conclude(sending: &Sending, handed: &[Handed]) {
    let went = handed.iter().filter(|(_, fate)| matches!(fate, Fate::Sent(_))).count();
    let ready = sending.ready().count();
    screen::line("");
    if handed.is_empty() {
        screen::line("Nothing was sent.");
    } else {
        screen::line(&format!("{went} of {} sent; see sent.jsonl.", number_of(ready, "message", "messages")));
    }
    if handed.iter().any(|(_, fate)| matches!(fate, Fate::Failed(_) | Fate::NotTried(_))) {
        screen::line(
            "Put right what the server says, and run `quarterday send` again: what went does not go twice.",
        );
    }
    if handed.iter().any(|(_, fate)| matches!(fate, Fate::InDoubt(_))) {
        screen::line("`quarterday send --dry-run` says what to do about the message that may have gone.");
    }
}

fn dry_run_ends(sending: &Sending) {
    screen::line("");
    for hindrance in &sending.hindrances {
        screen::wrapped("Not now: ", "  ", hindrance);
    }
    let ready = number_of(sending.ready().count(), "message", "messages");
    screen::line(&format!("A dry run: no connection was opened. {ready} would be sent."));
}
