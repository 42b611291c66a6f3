//! What a watch waits by: it is woken by the system's events, and told to stop.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Waits that can be cut short from other threads.
#[derive(Debug, Default)]
pub struct Bell {
    rung: Mutex<Rung>,
    rings: Condvar,
}

#[derive(Debug, Default)]
struct Rung {
    woken: bool,
    stopped: bool,
}

impl Bell {
    /// Something may have changed.
    pub fn wake(&self) {
        self.rung().woken = true;
        self.rings.notify_all();
    }

    /// No wait lasts any longer.
    pub fn stop(&self) {
        self.rung().stopped = true;
        self.rings.notify_all();
    }

    /// Whether it was told to stop.
    pub fn is_stopped(&self) -> bool {
        self.rung().stopped
    }

    /// Waits at least `least`, however often it is woken, and then until it is woken or was already, at most `most` in all. Ends at
    /// once when it is told to stop.
    pub fn wait(&self, least: Duration, most: Duration) {
        let waited = self.rings.wait_timeout_while(self.rung(), least, |rung| !rung.stopped);
        let (rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let rest = most.saturating_sub(least);
        let waited = self.rings.wait_timeout_while(rung, rest, |rung| !rung.stopped && !rung.woken);
        let (mut rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        rung.woken = false;
    }

    fn rung(&self) -> MutexGuard<'_, Rung> {
        self.rung.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::thread;
    use std::time::Instant;

    const LONG: Duration = Duration::from_secs(600);

    #[test]
    fn is_woken_but_not_before_the_least_wait() {
        let bell = Bell::default();
        bell.wake();
        let started = Instant::now();
        bell.wait(Duration::from_millis(200), LONG);
        assert!(started.elapsed() >= Duration::from_millis(200) && started.elapsed() < LONG);
        // Once woken, it waits anew.
        let started = Instant::now();
        bell.wait(Duration::ZERO, Duration::from_millis(100));
        assert!(started.elapsed() >= Duration::from_millis(100));
        assert!(!bell.is_stopped());
    }

    #[test]
    fn is_woken_and_stopped_from_elsewhere() {
        for ring in [Bell::wake, Bell::stop] {
            let bell = Arc::new(Bell::default());
            let other = bell.clone();
            let started = Instant::now();
            let ringing = thread::spawn(move || ring(&other));
            bell.wait(Duration::ZERO, LONG);
            ringing.join().unwrap();
            assert!(started.elapsed() < LONG);
        }
        let bell = Bell::default();
        bell.stop();
        bell.wait(LONG, LONG);
        assert!(bell.is_stopped());
    }
}
