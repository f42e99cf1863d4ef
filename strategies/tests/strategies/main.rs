//! Every strategy on this machine, natively: real threads, a real clock, and the same answers for the same work.
//!
//! Nothing here depends on how fast or how busy the machine is; who runs when is told exactly by `simulate.rs`.

#[path = "strategies/cancel.rs"]
mod cancel;
mod native;
#[path = "strategies/parts.rs"]
mod parts;
#[path = "strategies/processes.rs"]
mod processes;
#[path = "strategies/threads.rs"]
mod threads;

use std::collections::{BTreeSet, HashSet};

use simulate::Machine;
use strategies::{ALL, Failure, Job, Place, find, find_as, params, strategy_params, unsuited};
use strategies::trace::Cause;
use workloads::Params;

use native::made::{Act::*, Made};
use native::{Setup, known_job, set, variants};

#[test]
fn ids_are_unique_names_and_found() {
    let ids: HashSet<_> = ALL.iter().map(|strategy| strategy.meta().id).collect();
    assert_eq!(ids.len(), ALL.len());
    for id in ids {
        assert!(is_name(id), "{id:?} is no name for a URL");
        assert_eq!(find(id).map(|strategy| strategy.meta().id), Some(id));
    }
    assert!(find("").is_none() && find("Threads").is_none());
}

fn is_name(text: &str) -> bool {
    let legal = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    !text.is_empty() && text.chars().all(legal)
}

#[test]
fn every_strategy_says_what_it_is() {
    for (id, strategy_params) in variants() {
        let meta = find_as(id, &strategy_params).expect("a registered strategy").meta();
        assert_eq!(meta.id, id, "a variant has the id that it was asked for by");
        assert!(!meta.name.is_empty() && meta.line.ends_with('.'), "{id}: one sentence at least");
        let (page, front) = (meta.place == Place::Page, usize::from(meta.front));
        assert_eq!((meta.workers(7), meta.lanes(7)), if page { (1, 1) } else { (7, 7 + front) }, "{id}");
    }
}

#[test]
fn parameters_are_names_that_no_other_has() {
    let own = params().iter().chain(workloads::ALL.iter().flat_map(|workload| &workload.info().params[1..]));
    let mut keys = HashSet::from(["size"]); // the first of every workload's
    for param in own {
        assert!(is_name(param.key) && !param.label.is_empty(), "{}", param.key);
        assert!((param.min..=param.max).contains(&param.default), "{}", param.key);
    }
    for param in params() {
        assert!(keys.insert(param.key), "{} twice", param.key);
    }
    for param in workloads::ALL.iter().flat_map(|workload| &workload.info().params[1..]) {
        assert!(!params().iter().any(|own| own.key == param.key), "{} is a strategy's", param.key);
    }
}

#[test]
fn settings_make_variants() {
    let meta = |id, strategy_params: Params| find_as(id, &strategy_params).expect("a registered strategy").meta();
    let [threads, processes] = [0, 1].map(|pool| meta("offload", set("pool", pool)));
    assert_eq!([threads.place, processes.place], [Place::ThreadPool, Place::ProcessPool]);
    assert_eq!([threads.needs_isolation(), processes.needs_isolation()], [true, false]);
    assert_eq!(meta("threads", set("pool", 1)).place, Place::ThreadPool, "the pool is the loop's");
}

#[test]
fn what_needs_one_memory_is_not_for_processes() {
    let job = |way| Job::find("counter", &[("way".into(), way)], 1).expect("the counter counts in three ways");
    for strategy in ALL {
        let isolated = ["processes", "actors"].contains(&strategy.meta().id);
        assert_eq!(unsuited(*strategy, job(0).workload, &job(0).params).is_some(), isolated, "{}", strategy.meta().id);
        assert_eq!(
            unsuited(*strategy, job(2).workload, &job(2).params),
            None,
            "counters of one's own need no common memory"
        );
    }
}

#[test]
fn a_job_of_another_version_is_refused() {
    let set = |key: &str, value| vec![(key.to_owned(), value)];
    assert!(Job::find("proxy", &set("size", 3), 1).is_ok_and(|job| job.params.get("size") == 3));
    for (workload, params, culprit) in
        [("no-such", vec![], "no-such"), ("proxy", set("sise", 3), "sise"), ("proxy", set("size", 0), "size")]
    {
        assert_eq!(Job::find(workload, &params, 1).err(), Some(Failure::Garbled(culprit.into())));
    }
    assert!(strategy_params(&set("slice", 7)).is_ok_and(|strategy_params| strategy_params.get("slice") == 7));
    for (key, value) in [("slise", 7), ("slice", 0)] {
        assert_eq!(strategy_params(&set(key, value)).err(), Some(Failure::Garbled(key.into())));
    }
}

#[test]
fn every_strategy_gives_every_known_answer_recorded_or_not() {
    for workload in workloads::ALL {
        let (known, id, job) = (workload.known().answer, workload.info().id, known_job(*workload));
        let tasks: usize = workload.phases(&job.params).iter().sum();
        for (strategy, strategy_params) in variants() {
            if unsuited(find_as(strategy, &strategy_params).expect("a registered strategy"), job.workload, &job.params)
                .is_some()
            {
                continue;
            }
            for traced in [true, false] {
                let setup = Setup { traced, strategy_params: strategy_params.clone(), ..Setup::new(job.clone()) };
                let sample = setup.perform(strategy);
                assert_eq!(sample.answer(), known, "{id} under {strategy}");
                assert_eq!(sample.answers.done(), tasks);
                let computed = sample.spans().filter(|(_, span)| span.cause == Cause::Compute);
                let seen: BTreeSet<_> = computed.map(|(_, span)| span.task as usize).collect();
                assert_eq!(seen, (0..if traced { tasks } else { 0 }).collect(), "{id} under {strategy}");
                assert!(sample.lanes.iter().all(|(spans, lost)| *lost == 0 && (traced || spans.is_empty())));
            }
        }
    }
}

/// The same code on a machine that is made up, where all lanes share one thread.
#[test]
fn every_strategy_gives_every_known_answer_when_simulated() {
    for workload in workloads::ALL {
        let (known, id, job) = (workload.known().answer, workload.info().id, known_job(*workload));
        for (strategy, strategy_params) in variants() {
            if unsuited(find_as(strategy, &strategy_params).expect("a registered strategy"), job.workload, &job.params)
                .is_some()
            {
                continue;
            }
            let setup = Setup { strategy_params, ..Setup::new(job.clone()) };
            let simulation = setup.simulate(strategy, &Machine::new(2)).expect("nobody cancels");
            assert_eq!(simulation.answer, known, "{id} under {strategy}");
        }
    }
}

/// The second phase's tasks add up what the first one's answered, so a task that started too early, or was given too
/// little, answers wrong.
#[test]
fn a_phase_starts_when_the_one_before_is_done() {
    for (id, strategy_params) in variants() {
        let uneven = (1..=7).map(|steps| vec![Spin(50); steps]).collect();
        let made = Made::phases(vec![uneven, vec![vec![Spin(50)]; 3]]);
        let sample = Setup { strategy_params, ..Setup::new(made.job()) }.perform(id);
        assert_eq!(sample.answer(), ((28 + 1) + (28 + 2) + (28 + 3)).to_string(), "{id}");
        let did = made.did();
        assert!(did.is_sorted_by_key(|did| did.phase), "{id}: {did:?}");
        assert_eq!(did.len(), 28 + 3, "{id}: each step once");
        let computed = sample.spans().filter(|(_, span)| span.cause == Cause::Compute);
        let numbers: BTreeSet<_> = computed.map(|(_, span)| span.task).collect();
        assert_eq!(numbers, (0..10).collect(), "{id}: tasks count over all phases");
    }
}

#[test]
fn a_job_is_done_as_often_as_it_is_to_be() {
    for (id, strategy_params) in variants() {
        let made = Made::tasks(vec![vec![Wait(1), Spin(10)]; 5]);
        let sample = Setup { repeats: 3, strategy_params, ..Setup::new(made.job()) }.perform(id);
        assert_eq!(sample.answer(), "15", "{id}");
        assert_eq!(made.did().len(), 3 * 10, "{id}");
    }
}
