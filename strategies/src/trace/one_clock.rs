//! How another context's clock differs from this context's own, from a message there and back (Cristian 1989; NTP does
//! the same).
//!
//! ```text
//! own clock     sent                  received
//!                 \                   /
//! their clock      '---- theirs -----'
//! ```
//! The other context answered at some time between sending and receiving. Invariant: a clock that may agree, as far as
//! that shows, is left alone; so comparing never makes worse what is really one clock.

use super::Stamp;

/// Clocks that agreed before and are now farther apart than this, in milliseconds, have come apart.
const APART: f64 = 5.0;
/// How often another context is asked at least: the first answer waits until the context is loaded, and one of the
/// others may be late.
const FEW: usize = 3;
/// How often another context is asked at most, where the machine is busy.
const MANY: usize = 12;
/// Where the other clock is off, a round trip should be no longer than this, in milliseconds: the correction is
/// uncertain by half of that.
const SHORT: f64 = 1.0;

/// What time it was on two clocks, from one round trip.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClockReading {
    /// When the other context was asked, on this context's clock.
    pub sent: Stamp,
    /// What the other context's clock said.
    pub theirs: Stamp,
    /// When the answer arrived, on this context's clock.
    pub received: Stamp,
}

impl ClockReading {
    fn trip(&self) -> f64 {
        self.received - self.sent
    }

    /// The least and the most that may have to be added to the other clock so that it agrees with this one.
    fn bounds(&self) -> [f64; 2] {
        [self.sent - self.theirs, self.received - self.theirs]
    }

    /// By how much the clocks surely disagree, if both move in steps of `step` milliseconds: each of two stamps may be
    /// off by one step. 0 if they may agree.
    fn surely_off(&self, step: f64) -> f64 {
        let [least, most] = self.bounds();
        (least - 2.0 * step).max(-most - 2.0 * step).max(0.0)
    }

    /// What has to be added to the other clock, in milliseconds, so that it agrees with this one; 0 if they may agree
    /// already.
    pub fn offset(&self, step: f64) -> f64 {
        let [least, most] = self.bounds();
        if self.surely_off(step) == 0.0 { 0.0 } else { (least + most) / 2.0 }
    }

    /// How far, at least, clocks that agreed before have come apart, in milliseconds; 0 if that is little, or
    /// uncertain.
    pub fn apart(&self, step: f64) -> f64 {
        Some(self.surely_off(step)).filter(|apart| *apart > APART).unwrap_or(0.0)
    }
}

/// What has to be added to the other clock, by the shortest of these round trips; 0 if there is none.
pub fn offset(exchanges: &[ClockReading], step: f64) -> f64 {
    shortest(exchanges).map_or(0.0, |exchange| exchange.offset(step))
}

/// Whether it is worthwhile to ask once more: no round trip was short enough yet to show by how much the clocks differ,
/// or that they do not.
pub fn ask_again(exchanges: &[ClockReading], step: f64) -> bool {
    exchanges.len() < FEW || is_rough(exchanges, step)
}

/// As [`ask_again`], where the first answer does not have to wait for anything.
pub fn is_rough(exchanges: &[ClockReading], step: f64) -> bool {
    let enough = |exchange: &ClockReading| if exchange.offset(step) == 0.0 { APART } else { SHORT };
    exchanges.len() < MANY && shortest(exchanges).is_none_or(|exchange| exchange.trip() > enough(exchange))
}

fn shortest(exchanges: &[ClockReading]) -> Option<&ClockReading> {
    exchanges.iter().min_by(|one, other| one.trip().total_cmp(&other.trip()))
}
