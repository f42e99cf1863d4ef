//! The pipeline of a run, on its own seam: a house of mock seats that write down what is asked of them.
//!
//! Every shot's trace has a makespan that is its number in the run, so it can be told where each one went.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use lanes::experiment::{Catalogue, Experiment};
use lanes::run::{House, Seat, Shot, run};
use lanes::strategy::{Failure, Pending, Strategy};
use lanes::trace::{Series, Trace};

/// What each strategy's samples answer, the cold one first; the last goes on for ever.
type Answers = HashMap<&'static str, Vec<Result<&'static str, Failure>>>;

#[derive(Default)]
struct Mock {
    /// Everything that happened, in order.
    diary: Rc<RefCell<Vec<String>>>,
    /// How many samples the series had that came with each progress.
    seen: RefCell<Vec<usize>>,
    /// Who cannot run, and why.
    unavailable: HashMap<&'static str, &'static str>,
    /// Who does not just answer "right".
    answers: Answers,
}

struct MockSeat {
    id: &'static str,
    diary: Rc<RefCell<Vec<String>>>,
    answers: std::vec::IntoIter<Result<&'static str, Failure>>,
}

impl House for Mock {
    fn seat(&self, strategy: &'static dyn Strategy) -> Pending<'_, Result<Box<dyn Seat>, Failure>> {
        Box::pin(async move {
            let id = strategy.meta().id;
            if let Some(reason) = self.unavailable.get(id) {
                return Err(Failure::Unavailable((*reason).into()));
            }
            self.diary.borrow_mut().push(format!("{id} sits"));
            let answers = self.answers.get(id).cloned().unwrap_or_default().into_iter();
            Ok(Box::new(MockSeat { id, diary: self.diary.clone(), answers }) as Box<dyn Seat>)
        })
    }

    fn progress(&self, done: usize, total: usize, series: &[Series]) {
        self.diary.borrow_mut().push(format!("{done}/{total}"));
        self.seen.borrow_mut().push(series.iter().map(|one| one.samples.len() + usize::from(one.cold.is_some())).sum());
    }
}

impl Seat for MockSeat {
    fn startup(&self) -> f64 {
        self.id.len() as f64
    }

    fn sample(&mut self, cold: bool) -> Pending<'_, Result<Shot, Failure>> {
        Box::pin(async move {
            let before = self.diary.borrow().iter().filter(|entry| entry.contains("sample")).count();
            let sample = if cold { "cold sample" } else { "sample" };
            self.diary.borrow_mut().push(format!("{} {sample}", self.id));
            let answer = self.answers.next().unwrap_or(Ok("right"))?;
            let trace = Trace { makespan: before as u32 + 1, ..Trace::default() };
            Ok(Shot { trace, answer: answer.into() })
        })
    }
}

impl Drop for MockSeat {
    fn drop(&mut self) {
        self.diary.borrow_mut().push(format!("{} leaves", self.id));
    }
}

/// Two timed samples of each of these strategies, with three workers.
fn experiment(strategies: &[&'static str]) -> Experiment {
    let catalogue = Catalogue { strategies: strategies.to_vec(), claimed_cores: 3 };
    Experiment { samples: 2, ..Experiment::default_for(&catalogue) }
}

fn outcome(strategies: &[&'static str], house: &Mock) -> Result<Vec<Series>, Failure> {
    pollster::block_on(run(&experiment(strategies), house))
}

impl Mock {
    /// What happened, without what matches.
    fn diary_without(&self, mark: &str) -> Vec<String> {
        self.diary.borrow().iter().filter(|entry| !entry.contains(mark)).cloned().collect()
    }
}

fn makespans(traces: &[Trace]) -> Vec<u32> {
    traces.iter().map(|trace| trace.makespan).collect()
}

const THREE: [&str; 3] = ["blocking", "threads", "processes"];

#[test]
fn samples_interleave_after_a_cold_one_of_each() {
    let house = Mock::default();
    outcome(&THREE, &house).expect("nothing fails");
    let expected = ["blocking sits", "threads sits", "processes sits"].map(String::from).into_iter();
    let cold = THREE.map(|id| format!("{id} cold sample"));
    let timed = THREE.map(|id| format!("{id} sample"));
    let leave = THREE.map(|id| format!("{id} leaves"));
    let expected: Vec<_> = expected.chain(cold).chain(timed.clone()).chain(timed).chain(leave).collect();
    assert_eq!(house.diary_without("/"), expected);
}

#[test]
fn progress_is_told_before_the_first_and_after_each_sample() {
    let house = Mock::default();
    outcome(&["threads", "blocking"], &house).expect("nothing fails");
    let told: Vec<_> = house.diary.borrow().iter().filter(|entry| entry.contains('/')).cloned().collect();
    assert_eq!(told, ["0/6", "1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
    assert_eq!(*house.seen.borrow(), [0, 1, 2, 3, 4, 5, 6], "each comes with what there is");
    let diary = house.diary_without("sits");
    assert_eq!(diary[..4], ["0/6", "threads cold sample", "1/6", "blocking cold sample"]);
}

#[test]
fn each_series_keeps_its_cold_sample_apart() {
    let series = outcome(&THREE, &Mock::default()).expect("nothing fails");
    for (at, one) in series.iter().enumerate() {
        let at = at as u32;
        assert_eq!(one.strategy, THREE[at as usize]);
        assert_eq!(one.cold.as_ref().map(|trace| trace.makespan), Some(1 + at));
        assert_eq!(makespans(&one.samples), [4 + at, 7 + at], "in order, without the cold one");
        assert_eq!(one.answer.as_deref(), Some("right"));
        assert_eq!(one.startup_ms, one.strategy.len() as f64);
        assert_eq!(one.unavailable, None);
    }
    assert_eq!(series.iter().map(|one| one.workers).collect::<Vec<_>>(), [1, 3, 3]);
}

#[test]
fn who_is_unavailable_says_why_and_the_others_run() {
    let house = Mock { unavailable: [("threads", "no shared memory")].into(), ..Mock::default() };
    let series = outcome(&THREE, &house).expect("nothing fails");
    assert_eq!(series[1], Series::unavailable("threads", 3, "no shared memory"));
    assert_eq!([&series[0], &series[2]].map(|one| makespans(&one.samples)), [[3, 5], [4, 6]]);
    assert_eq!(house.diary_without(" ").last().map(String::as_str), Some("6/6"), "nobody waits for it");
}

#[test]
fn a_run_in_which_nobody_can_run_ends() {
    let house = Mock { unavailable: THREE.map(|id| (id, "no")).into(), ..Mock::default() };
    let series = outcome(&THREE, &house).expect("unavailable is no failure");
    assert!(series.iter().all(|one| one.unavailable.is_some() && one.samples.is_empty() && one.cold.is_none()));
    assert_eq!(*house.diary.borrow(), ["0/0"]);
}

#[test]
fn the_first_failure_ends_the_run_and_everybody_leaves() {
    let lost = Failure::Lost("a wire was cut".into());
    let answers = [("threads", vec![Ok("right"), Err(lost.clone())])].into();
    let house = Mock { answers, ..Mock::default() };
    assert_eq!(outcome(&THREE, &house), Err(lost));
    let diary = house.diary.borrow();
    let end = ["threads sample", "blocking leaves", "threads leaves", "processes leaves"];
    assert!(diary.ends_with(&end.map(String::from)), "{diary:?}");
}

#[test]
fn a_wrong_answer_voids_the_run_and_names_who_gave_it() {
    let wrong = |strategy: &str| Failure::WrongAnswer {
        strategy: strategy.into(),
        expected: "right".into(),
        found: "wrong".into(),
    };
    for id in ["threads", "processes"] {
        // in the cold sample, and in one that a right one went before
        for (answers, samples) in [(vec![Ok("wrong")], 3), (vec![Ok("right"), Ok("right"), Ok("wrong")], 9)] {
            let house = Mock { answers: [(id, answers)].into(), ..Mock::default() };
            assert_eq!(outcome(&THREE, &house), Err(wrong(id)));
            let taken = house.diary.borrow().iter().filter(|entry| entry.contains("sample")).count();
            assert_eq!(taken, samples - usize::from(id == "threads"), "{id}: the run went on");
            assert!(house.diary.borrow().ends_with(&["processes leaves".to_owned()]));
        }
    }
    let house = Mock { answers: [("threads", vec![Ok("wrong")])].into(), ..Mock::default() };
    assert_eq!(outcome(&["threads", "blocking"], &house), Err(wrong("threads")), "blocking is right by definition");
    let house = Mock { answers: [("blocking", vec![Ok("right"), Ok("wrong")])].into(), ..Mock::default() };
    assert_eq!(outcome(&THREE, &house), Err(wrong("blocking")), "also when it contradicts itself");
}
