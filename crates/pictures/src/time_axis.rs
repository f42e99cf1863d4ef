//! The positions of things on the time axis: pure arithmetic between microseconds and pixels, tested without a browser.
//!
//! Invariant: whatever the number of spans, a lane has at most about two bars for each pixel; spans too narrow to be
//! told apart are drawn as one bar.

use strategies::trace::{Cause, Span};
use words::decimal;

/// The shared time axis, with time 0 at the left edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeAxis {
    /// Microseconds from the left edge to the right.
    pub micros: f64,
    /// Pixels from the left edge to the right.
    pub width: f64,
}

/// One rectangle on a lane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bar {
    /// Left edge in pixels.
    pub x: f64,
    /// Width in pixels; at least [`HAIR`], so that nothing that happened is invisible.
    pub width: f64,
    /// Why the lane was busy.
    pub cause: Cause,
}

/// The narrowest bar, in pixels.
pub const HAIR: f64 = 0.75;
/// Bars are told apart only if each is at least this wide, in pixels, and has a gap beside it.
const TELLABLE: f64 = 3.0;

impl TimeAxis {
    /// The position of a time, in pixels from the left edge.
    pub fn x(&self, micros: u32) -> f64 {
        if self.micros <= 0.0 { 0.0 } else { f64::from(micros) / self.micros * self.width }
    }

    /// Times of the axis' marks, in microseconds: at 1, 2 or 5 times a power of ten, at least `gap` pixels apart.
    pub fn marks(&self, gap: f64) -> Vec<f64> {
        if self.micros <= 0.0 || self.width <= 0.0 {
            return vec![0.0];
        }
        let least = gap / self.width * self.micros;
        let power = 10f64.powf(least.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * power).into_iter().find(|step| *step >= least);
        let step = step.unwrap_or(10.0 * power);
        (0..).map(|mark| f64::from(mark) * step).take_while(|at| *at <= self.micros).collect()
    }
}

/// A time of the axis in words: in seconds if `longest` is ten seconds or more, else in milliseconds.
pub fn label(micros: f64, longest: f64) -> String {
    if longest >= 10_000_000.0 { format!("{} s", trim(micros / 1e6)) } else { format!("{} ms", trim(micros / 1000.0)) }
}

fn trim(value: f64) -> String {
    let text = decimal(value, 3);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The bars of a lane's spans, which are in order of their start. Spans too narrow to be told apart are gathered into
/// bars of a pixel, each with the cause that took the most of its time.
pub fn bars(spans: &[Span], scale: TimeAxis) -> Vec<Bar> {
    let mut bars: Vec<Bar> = Vec::new();
    let mut gathered = Gathered::default();
    for span in spans {
        let (x, end) = (scale.x(span.start), scale.x(span.end));
        let bar = Bar { x, width: (end - x).max(HAIR), cause: span.cause };
        let apart = bar.width >= TELLABLE || x - gathered.end >= HAIR || x - gathered.x >= 1.0;
        if apart {
            gathered.give_to(&mut bars);
        }
        if bar.width >= TELLABLE {
            bars.push(bar);
        } else {
            gathered.take(&bar, span);
        }
    }
    gathered.give_to(&mut bars);
    bars
}

/// Narrow bars that start within one pixel.
#[derive(Default)]
struct Gathered {
    x: f64,
    end: f64,
    /// Causes with their time in microseconds; empty if nothing is gathered.
    causes: Vec<(Cause, u32)>,
}

impl Gathered {
    fn take(&mut self, bar: &Bar, span: &Span) {
        if self.causes.is_empty() {
            (self.x, self.end) = (bar.x, bar.x);
        }
        self.end = self.end.max(bar.x + bar.width);
        match self.causes.iter_mut().find(|(cause, _)| *cause == bar.cause) {
            Some((_, time)) => *time += span.length(),
            None => self.causes.push((bar.cause, span.length())),
        }
    }

    /// Becomes a bar, or extends the bar before if that ends here and has the same cause.
    fn give_to(&mut self, bars: &mut Vec<Bar>) {
        let Some((cause, _)) = self.causes.iter().copied().max_by_key(|(_, time)| *time) else { return };
        self.causes.clear();
        let bar = Bar { x: self.x, width: (self.end - self.x).max(HAIR), cause };
        match bars.last_mut() {
            Some(last) if last.cause == cause && bar.x - (last.x + last.width) < HAIR => {
                last.width = last.width.max(self.end - last.x);
            }
            _ => bars.push(bar),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span::new(Cause::Compute, 0, start, end)
    }

    fn waiting(start: u32, end: u32) -> Span {
        Span { cause: Cause::LockWait, ..span(start, end) }
    }

    #[test]
    fn marks_start_at_zero_and_keep_their_distance() {
        let scale = TimeAxis { micros: 152_000.0, width: 600.0 };
        assert_eq!(scale.marks(80.0), vec![0.0, 50_000.0, 100_000.0, 150_000.0]);
        assert_eq!(TimeAxis { micros: 0.0, width: 600.0 }.marks(80.0), vec![0.0]);
    }

    #[test]
    fn labels_change_their_unit() {
        assert_eq!(label(50_000.0, 152_000.0), "50 ms");
        assert_eq!(label(2_500.0, 9_000.0), "2.5 ms");
        assert_eq!(label(12_000_000.0, 12_000_000.0), "12 s");
    }

    #[test]
    fn wide_neighbours_stay_apart_and_slivers_join() {
        let scale = TimeAxis { micros: 1000.0, width: 1000.0 };
        assert_eq!(bars(&[span(0, 100), span(100, 200)], scale).len(), 2);
        let slivers: Vec<_> = (0..1000).map(|at| span(at, at + 1)).collect();
        assert_eq!(bars(&slivers, scale).len(), 1);
    }

    #[test]
    fn slivers_of_several_causes_show_the_one_that_took_longest() {
        let scale = TimeAxis { micros: 100_000.0, width: 1000.0 };
        let turns =
            (0..1000).flat_map(|turn| [span(turn * 100, turn * 100 + 70), waiting(turn * 100 + 70, turn * 100 + 100)]);
        let bars = bars(&turns.collect::<Vec<_>>(), scale);
        assert_eq!(bars, [Bar { x: 0.0, width: bars[0].width, cause: Cause::Compute }]);
    }

    #[test]
    fn a_sliver_beside_a_long_span_is_not_lost() {
        let scale = TimeAxis { micros: 1000.0, width: 1000.0 };
        let causes: Vec<_> =
            bars(&[span(0, 100), waiting(100, 101), span(101, 200)], scale).iter().map(|bar| bar.cause).collect();
        assert_eq!(causes, [Cause::Compute, Cause::LockWait, Cause::Compute]);
    }

    proptest! {
        #[test]
        fn bars_are_bounded_by_pixels(
            made in prop::collection::vec((0u32..10, 0u32..50, any::<bool>()), 0..5000), width in 50.0..2000.0f64,
        ) {
            let mut at = 0;
            let spans: Vec<_> = made.iter().map(|(gap, length, waits)| {
                let start = at + gap;
                at = start + length;
                if *waits { waiting(start, at) } else { span(start, at) }
            }).collect();
            let scale = TimeAxis { micros: f64::from(at.max(1)), width };
            let bars = bars(&spans, scale);
            prop_assert!(bars.len() as f64 <= 2.0 * width + 2.0);
            prop_assert!(bars.windows(2).all(|pair| pair[0].x <= pair[1].x));
            prop_assert!(bars.iter().all(|bar| bar.width >= HAIR && bar.x + bar.width <= width + HAIR + 1e-6));
        }
    }
}
