//! What a run worker is started for: a strategy, a job, and how many workers it has.

use serde::{Deserialize, Serialize};
use strategies::{Failure, Job, Strategy, named_params};
use workloads::Params;

/// Parameters by name, for another memory to look up.
type Named = Vec<(String, u32)>;

fn named(params: &Params) -> Named {
    params.iter().map(|(param, value)| (param.key.into(), value)).collect()
}

/// What is to be carried out in each sample.
#[derive(Clone)]
pub struct Assignment {
    /// The strategy that carries it out.
    pub strategy: &'static dyn Strategy,
    /// The job that is carried out.
    pub job: Job,
    /// The strategies' parameters.
    pub strategy_params: Params,
    /// How many threads or processes.
    pub workers: usize,
    /// Whether lanes record.
    pub traced: bool,
    /// The [slack](strategies::trace::slack) with which lanes recognise that a step was off its core; `None` if they
    /// cannot.
    pub slack: Option<u32>,
    /// The usual step of the clock, in milliseconds.
    pub clock_step: f64,
}

/// An assignment by name, for another memory. The job's files are attached where they are needed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NamedAssignment {
    strategy: &'static dyn Strategy,
    job: NamedJob,
    strategy_params: Named,
    workers: usize,
    traced: bool,
    slack: Option<u32>,
    clock_step: f64,
}

impl Assignment {
    /// The assignment by name.
    pub fn named(&self) -> NamedAssignment {
        NamedAssignment {
            strategy: self.strategy,
            job: NamedJob::of(&self.job),
            strategy_params: named(&self.strategy_params),
            workers: self.workers,
            traced: self.traced,
            slack: self.slack,
            clock_step: self.clock_step,
        }
    }
}

impl NamedAssignment {
    /// Looks the assignment up, without the job's files.
    ///
    /// # Errors
    /// When this version has no such workload or parameter.
    pub fn look_up(&self) -> Result<Assignment, Failure> {
        Ok(Assignment {
            strategy: self.strategy,
            job: self.job.look_up()?,
            strategy_params: named_params(&self.strategy_params)?,
            workers: self.workers,
            traced: self.traced,
            slack: self.slack,
            clock_step: self.clock_step,
        })
    }
}

/// A job by name, for another memory to look up.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NamedJob {
    workload: String,
    params: Named,
    seed: u64,
}

impl NamedJob {
    /// Names a job.
    pub fn of(job: &Job) -> Self {
        Self { workload: job.workload.info().id.into(), params: named(&job.params), seed: job.seed }
    }

    /// Looks the job up, without its files.
    ///
    /// # Errors
    /// When this version has no such workload or parameter.
    pub fn look_up(&self) -> Result<Job, Failure> {
        Job::find(&self.workload, &self.params, self.seed)
    }
}
