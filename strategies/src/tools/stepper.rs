//! How one lane steps tasks: freely, or under a lock as a thread of CPython's does.
//!
//! A lane that needs the lock keeps it from one task to the next, and gives it up only where the rules say so: when
//! another lane has asked for it, while it waits, and in steps that stand for extension code such as numpy. A step
//! takes about 0.1 ms, which is how long a lane that has asked for the lock waits for it.

use workloads::{Step, StepKind};

use super::{Lock, Monitor};
use crate::{Failure, Running, SampleContext};

/// A lane that steps tasks.
pub(crate) struct Stepper<'a> {
    sample: &'a SampleContext<'a>,
    lane: usize,
    grip: Option<Grip<'a>>,
}

/// A lane's side of the lock that it steps tasks under.
struct Grip<'a> {
    lock: &'a Lock,
    held: bool,
    /// The task that the lane worked on last, which is the one that waits for the lock.
    number: u32,
    /// The steps that need no lock, whatever their task says of them.
    outside: Share,
}

impl<'a> Stepper<'a> {
    /// A stepper that needs no lock.
    pub(crate) fn free(lane: usize, sample: &'a SampleContext<'a>) -> Self {
        Self { sample, lane, grip: None }
    }

    /// A stepper that needs `lock`, except for steps that release it by themselves and for `outside` percent of all
    /// steps. It does not hold the lock yet; if it holds the lock when it is dropped, it releases it.
    pub(crate) fn under(lock: &'a Lock, outside: u32, lane: usize, sample: &'a SampleContext<'a>) -> Self {
        let grip = Grip { lock, held: false, number: 0, outside: Share::new(outside) };
        Self { sample, lane, grip: Some(grip) }
    }

    /// Takes the lock for this task, unless there is none to take or the lane holds it already.
    ///
    /// # Errors
    /// When cancelled meanwhile.
    pub(crate) async fn take(&mut self, number: u32) -> Result<(), Failure> {
        if let Some(grip) = &mut self.grip {
            grip.number = number;
            grip.take(self.lane, self.sample, self.sample.world.now()).await?;
        }
        Ok(())
    }

    /// Waits as [`Monitor::wait`] does. A lane that holds the lock looks first, and gives the lock up only if nothing
    /// is ready.
    ///
    /// # Errors
    /// When cancelled while it gives up the lock.
    pub(crate) async fn wait<T, R>(
        &mut self,
        monitor: &Monitor<T>,
        limit: f64,
        mut ready: impl FnMut(&mut T) -> Option<R>,
    ) -> Result<Option<R>, Failure> {
        if let Some(grip) = self.grip.as_mut().filter(|grip| grip.held) {
            let found = monitor.wait(self.sample, 0.0, &mut ready).await;
            if found.is_some() || limit <= 0.0 {
                return Ok(found);
            }
            grip.let_go(self.lane, self.sample).await?;
        }
        Ok(monitor.wait(self.sample, limit, ready).await)
    }

    /// Carries out one step of a task. It begins at `now`, which becomes its end; the lock, if there is one, is held
    /// then.
    ///
    /// # Errors
    /// When cancelled before it, or while it waits for the lock.
    pub(crate) async fn step(&mut self, running: &mut Running, now: &mut f64) -> Result<Step, Failure> {
        let Self { sample, lane, grip } = self;
        sample.check()?;
        let Some(grip) = grip else { return Ok(sample.step(*lane, running, now).await) };
        grip.number = running.number;
        let mut waited = grip.be_ready(*lane, sample).await?;
        // not `||`: the share counts all steps
        let released = grip.outside.next() | (running.next() == StepKind::Released);
        if released {
            grip.let_go(*lane, sample).await?;
            waited = true;
        }
        if waited {
            *now = sample.time();
        }
        let step = sample.step(*lane, running, now).await;
        if released {
            grip.take(*lane, sample, sample.world.now()).await?;
            *now = sample.time();
        }
        Ok(step)
    }

    /// Holds the lane, but no lock, until `until`, in milliseconds since the sample began. It begins at `now`, which
    /// becomes its end.
    ///
    /// # Errors
    /// When cancelled while it waits for the lock.
    pub(crate) async fn block(&mut self, number: u32, until: f64, now: &mut f64) -> Result<(), Failure> {
        let Self { sample, lane, grip } = self;
        if let Some(grip) = grip {
            grip.let_go(*lane, sample).await?;
            *now = sample.time();
        }
        sample.block(*lane, number, until, now).await;
        if let Some(grip) = grip {
            grip.take(*lane, sample, sample.world.now()).await?;
            *now = sample.time();
        }
        Ok(())
    }

    /// A task's turn: until it gives control back, or comes to a step that is not for this lane. It begins at `now`,
    /// which becomes its end.
    ///
    /// # Errors
    /// When cancelled between two steps.
    pub(crate) async fn turn(
        &mut self,
        running: &mut Running,
        now: &mut f64,
        own: fn(StepKind) -> bool,
    ) -> Result<Step, Failure> {
        loop {
            match self.step(running, now).await? {
                Step::Keep => {}
                block @ Step::Block(_) => self.block(running.number, self.sample.due(&block, *now), now).await?,
                step => return Ok(step),
            }
            if !own(running.next()) {
                return Ok(Step::Progress);
            }
        }
    }
}

impl Grip<'_> {
    /// Waits for the lock, if the lane does not hold it; the first interval counts from `since`.
    async fn take(&mut self, lane: usize, sample: &SampleContext<'_>, since: f64) -> Result<(), Failure> {
        if !self.held {
            self.lock.take(sample, lane, self.number, since).await?;
            self.held = true;
        }
        Ok(())
    }

    /// Gives up the lock, if the lane holds it. Returns since when the lane that asked for it has it, or the time now.
    async fn let_go(&mut self, lane: usize, sample: &SampleContext<'_>) -> Result<f64, Failure> {
        if std::mem::take(&mut self.held) {
            self.lock.release(sample, lane, self.number).await
        } else {
            Ok(sample.world.now())
        }
    }

    /// Before a step: takes the lock, after any lane that has asked for it. Returns whether that may have taken time.
    async fn be_ready(&mut self, lane: usize, sample: &SampleContext<'_>) -> Result<bool, Failure> {
        if self.held && !self.lock.is_asked_for() {
            return Ok(false);
        }
        let since = self.let_go(lane, sample).await?;
        self.take(lane, sample, since).await?;
        Ok(true)
    }
}

/// Lets threads that wait for the lock see that this one is gone, whatever ended it.
impl Drop for Stepper<'_> {
    fn drop(&mut self) {
        if let Some(grip) = self.grip.as_ref().filter(|grip| grip.held) {
            grip.lock.leave(self.sample);
        }
    }
}

/// `percent` of every hundred turns, spread evenly.
struct Share {
    percent: u32,
    sum: u32,
}

impl Share {
    fn new(percent: u32) -> Self {
        Self { percent, sum: 0 }
    }

    fn next(&mut self) -> bool {
        self.sum += self.percent;
        let due = self.sum >= 100;
        self.sum -= if due { 100 } else { 0 };
        due
    }
}
