//! Verdicts on scripted machines: what is run there, and what its reports say. The outcome of one strategy in one run
//! counts as one verdict.

use std::time::Instant;

use browsers::{Browser, Engine, Page, Server, Site, visit_preferring};
use lab::report::Report;
use serde_json::{Value, json};

use crate::claims::Told;
use crate::machines::Machine;
use crate::progress::Progress;
use crate::truth::{STRATEGIES, WORK, Work};

/// The number of samples of each strategy.
const SAMPLES: usize = 5;

/// How many times each workload is run: most often where claims can be missed, because few of them are.
fn runs(machine: Machine) -> usize {
    match machine {
        Machine::TwoCores => 8,
        Machine::Floored => 2, // each sample repeats its work there, because the clock is coarse
        _ => 3,
    }
}

/// Everything that is run on a machine in a browser: the key of the result, the index of the workload, and the number
/// of the run. Workloads take turns, so that a disturbance does not hit all runs of one of them.
fn keys(machine: Machine, engine: Engine) -> impl Iterator<Item = (String, usize, usize)> {
    let works = move |number| (0..WORK.len()).map(move |work| (work, number));
    let all = (0..runs(machine)).flat_map(works);
    all.map(move |(work, number)| {
        (format!("claims/{}/{engine:?}/{}/{number}", machine.id(), WORK[work].id), work, number)
    })
}

/// The number of runs that are done, and the number of all runs.
fn progress_of_all(progress: &Progress) -> [usize; 2] {
    let all: Vec<_> = Machine::all()
        .flat_map(|machine| machine.engines().iter().flat_map(move |engine| keys(machine, *engine)))
        .collect();
    [all.iter().filter(|(key, ..)| progress.has(key)).count(), all.len()]
}

/// Runs everything that has no result yet.
pub fn measure(machine: Machine, engine: Engine, progress: &Progress) {
    let left = || keys(machine, engine).filter(|(key, ..)| progress.get::<Told>(key).is_none());
    if left().next().is_none() {
        return;
    }
    visit_preferring(machine.preference(), engine, async |browser: &Browser| {
        let server = Server::start(Site::shipped());
        machine.fault().into_iter().for_each(|fault| server.fail(fault));
        let page = Page::open(browser, &server.address()).await;
        let _scripted = machine.set_up(browser);
        for (key, work, number) in left() {
            let began = Instant::now();
            let told = Told::of(browser.version(), &outcome(&page, experiment(work, number)).await);
            progress.put(&key, &told);
            let [done, all] = progress_of_all(progress);
            let took = began.elapsed().as_secs_f64();
            println!("{key}: {took:.1} s, {} verdicts; {done} of {all} runs", told.outcomes.len());
        }
    });
}

/// The outcome of a run. A report that cannot be read becomes an error and does not end the measurement.
async fn outcome(page: &Page<'_>, experiment: Value) -> Result<Report, String> {
    let run = page.start(experiment).await;
    let mut message = page.hear(&run, &["lanes:result", "lanes:error"]).await;
    match message["type"].as_str() {
        Some("lanes:result") => {
            serde_json::from_value(message["report"].take()).map_err(|error| format!("no report: {error}"))
        }
        _ => Err(message["message"].to_string()),
    }
}

fn experiment(work: usize, number: usize) -> Value {
    let Work { id, params, .. } = WORK[work];
    let mut experiment = json!({
        "workload": id, "strategies": STRATEGIES, "workers": 2, "samples": SAMPLES, "seed": number,
    });
    params.iter().for_each(|(key, value)| experiment[*key] = (*value).into());
    experiment
}

/// The results of a workload on a machine, one for each run.
pub struct Runs {
    /// The machine.
    pub machine: Machine,
    /// The workload.
    pub work: &'static Work,
    /// What each run's report said.
    pub told: Vec<Told>,
}

impl Runs {
    /// The results of every workload on a machine in a browser.
    pub fn all(machine: Machine, engine: Engine, progress: &Progress) -> Vec<Self> {
        let of = |(work, its): (usize, &'static Work)| {
            let own = keys(machine, engine).filter(|(_, of, _)| *of == work);
            Self { machine, work: its, told: own.filter_map(|(key, ..)| progress.get(&key)).collect() }
        };
        WORK.iter().enumerate().map(of).collect()
    }

    /// The runs that have a verdict on `strategy` or, if that is `None`, on any strategy.
    pub fn with(&self, strategy: Option<&str>) -> impl Iterator<Item = &Told> {
        let has = move |told: &&Told| match strategy {
            Some(strategy) => told.outcomes.contains_key(strategy),
            None => !told.outcomes.is_empty(),
        };
        self.told.iter().filter(has)
    }
}
