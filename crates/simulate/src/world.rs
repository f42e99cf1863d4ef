//! The simulated world: gives strategies what they ask for.

use std::ops::Range;
use std::time::Duration;

use futures_util::future::{join, join_all};
use strategies::trace::Stamp;
use strategies::{Failure, Pending, SimulatedWorld, ThreadBody, since};
use workloads::{Step, Task, USUAL_STEP};

use super::agenda::Event;
use super::charge;
use super::context::Within;
use super::cores::of_lane;
use super::engine::{Engine, EngineState};
use super::machine::{Nanos, ms, nanos};

impl SimulatedWorld for Engine {
    fn now(&self) -> Stamp {
        ms(self.state().agenda.now())
    }

    fn compute<'a>(&'a self, task: &'a mut dyn Task, begun: Stamp) -> Pending<'a, Step> {
        Box::pin(async move {
            self.work(0).await; // no step begins without a core
            charge::take();
            let step = task.step(since(begun, self.now()));
            let (spent, bytes) = charge::take();
            // real tasks do not charge: they count as having done a usual step, unless they are done or waiting
            let unsaid = if let Step::Progress | Step::Keep = step { USUAL_STEP.as_nanos() as Nanos } else { 0 };
            let length = spent.unwrap_or(unsaid);
            self.work_moving(length, self.costs.moving(bytes, length)).await;
            step
        })
    }

    fn block(&self, duration: Duration) -> Pending<'_, ()> {
        Box::pin(self.pass(duration.as_nanos() as Nanos))
    }

    fn fetch(&self) -> Pending<'_, ()> {
        Box::pin(self.work(nanos(self.costs.task_us)))
    }

    fn on_all_threads<'a>(
        &'a self,
        lanes: Range<usize>,
        body: &'a ThreadBody<'a>,
        front: Pending<'a, Result<(), Failure>>,
    ) -> Pending<'a, Result<(), Failure>> {
        Box::pin(async move {
            let bodies = lanes.map(|lane| Within::new(self, of_lane(lane), body(lane)));
            let (outcomes, front) = join(join_all(bodies), front).await;
            front.and(outcomes.into_iter().collect())
        })
    }

    fn line_up(&self) -> u64 {
        let places = &mut self.state().places;
        *places += 1;
        *places
    }

    fn changed_or(&self, place: u64, deadline: Stamp) -> Pending<'_, ()> {
        Box::pin(async move {
            let signal = {
                let EngineState { agenda, signals, changed, .. } = &mut *self.state();
                let signal = signals.open();
                agenda.at(not_before(deadline), Event::Signal(signal));
                changed.insert(place, signal);
                signal
            };
            self.given(signal).await;
        })
    }

    fn change(&self) {
        let EngineState { agenda, changed, .. } = &mut *self.state();
        let time = agenda.now().saturating_add(nanos(self.costs.handover_us));
        for signal in std::mem::take(changed).into_values() {
            agenda.at(time, Event::Signal(signal));
        }
    }
}

/// The first time that, in milliseconds, is not before the deadline, despite rounding.
fn not_before(deadline: Stamp) -> Nanos {
    let near = (deadline * 1e6).round() as Nanos;
    (near.saturating_sub(2)..=near).find(|time| ms(*time) >= deadline).unwrap_or(near.saturating_add(2))
}
