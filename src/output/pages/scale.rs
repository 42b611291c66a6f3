//! The scale of a chart: a whole number of round steps around its values.

use crate::domain::quantity::{Unit, show};

/// A scale with its steps.
pub struct Scale {
    /// Where it begins.
    pub low: f64,
    /// Where it ends.
    pub high: f64,
    /// From one tick to the next.
    pub step: f64,
}

impl Scale {
    /// Where a value stands, from 0 at the beginning to 1 at the end.
    pub fn share(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// Every step, both ends included.
    pub fn ticks(&self) -> Vec<f64> {
        let steps = ((self.high - self.low) / self.step).round() as u32;
        (0..=steps).map(|number| self.low + f64::from(number) * self.step).collect()
    }
}

/// The least and the largest of the values.
pub fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
}

/// The least of 1, 2 and 5 times a power of ten that is not below `least`.
pub fn round_step(least: f64) -> f64 {
    let mut power = 0.01;
    loop {
        for factor in [1.0, 2.0, 5.0] {
            if factor * power >= least * 0.999_999 || power >= 1e24 {
                return factor * power;
            }
        }
        power *= 10.0;
    }
}

/// A value of the scale in words; steps are round, so few places are exact.
pub fn scale_text(value: f64, unit: Unit) -> String {
    crate::domain::quantity::from_float(value)
        .map_or_else(String::new, |value| show(value.round_dp(4), unit, &[]))
}

/// To a tenth of a unit, so that the same figures give the same bytes everywhere.
pub fn rounded(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}
