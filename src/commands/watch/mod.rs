//! `quarterday watch`: runs when returns settle, and says what came in.

mod json;
mod lines;

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Result;

use super::run::Bar;
use super::{ExitStatus, clock, interrupt, run, screen};
use crate::cli::WatchArguments;
use crate::readers::Readers;
use crate::run::watch::{Around, Asked, Said, watch as watch_until_stopped};
use crate::run::watching::bell::Bell;

/// Watches a workspace until Ctrl-C.
///
/// # Errors
/// See [`crate::run::watch::watch`].
pub fn watch(asked: &WatchArguments) -> Result<ExitStatus> {
    let bell = Arc::new(Bell::default());
    let runs = Arc::new(AtomicBool::new(false));
    let (ringing, running) = (bell.clone(), runs.clone());
    let stopping = interrupt::on_ctrl_c(move || {
        if running.load(Ordering::Relaxed) {
            screen::note("Stopping; what is being written is finished first.");
        }
        ringing.stop();
    });
    if let Err(error) = stopping {
        screen::note(&format!("{error:#}"));
    }
    let bar = RefCell::new(Bar::new());
    let around = Around {
        today: &clock::today,
        readers: &|| {
            runs.store(true, Ordering::Relaxed);
            bar.replace(Bar::new());
            Readers::of_this_program()
        },
        progress: &|progress| bar.borrow().show(progress),
        bell: &bell,
    };
    let mut say = |said: Said<'_>| {
        // What is said after a run was begun is said at its end.
        runs.store(false, Ordering::Relaxed);
        bar.borrow().clear();
        if asked.json {
            json::say(&said);
        } else {
            lines::say(&asked.dir, &said);
        }
    };
    let how = Asked {
        every: Duration::from_secs(asked.every),
        settle: Duration::from_secs(asked.settle),
        events: !asked.no_events,
        once: asked.once,
    };
    let ran = watch_until_stopped(&asked.dir, how, &around, &mut say)?;
    bar.borrow().clear();
    match ran {
        Some(ran) => Ok(run::status(&ran.outcome)),
        None => {
            if asked.json {
                json::stopped();
            } else {
                screen::line("Stopped.");
            }
            Ok(ExitStatus::Fine)
        }
    }
}
