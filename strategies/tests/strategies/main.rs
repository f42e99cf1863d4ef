//! Every strategy on this machine, natively: real threads, a real clock, and the same answers for the same work.
//!
//! Nothing here depends on how fast or how busy the machine is; the tests of `simulate` check exactly what runs when.

mod arrivals;
mod cancel;
mod parts;
mod processes;
mod threads;

use std::collections::{BTreeSet, HashSet};

use simulate::SimulatedMachine;
use strategies::trace::Cause;
use strategies::{
    ALL, Failure, Isolation, Job, Memory, Parallelism, Place, WhyUnavailable, find, named_params, params, unavailable,
    unsuited,
};
use testkit::made::{Act::*, Made};
use testkit::{Setup, known_job, set, strategy, variants};

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
    for meta in ALL.iter().map(|strategy| strategy.meta()) {
        let id = meta.id;
        assert!(!meta.plain.is_empty() && !meta.team.is_empty(), "{id}: what it is called in a sentence");
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
fn workers_compute_at_the_same_time_unless_there_is_one_or_a_lock() {
    let said = |id, released| strategy(id).parallelism(&set("release", released));
    for id in ["threads", "processes", "actors", "async-pool", "offload", "offload-processes"] {
        assert_eq!([said(id, 0), said(id, 50)], [Parallelism::Full; 2], "{id}");
    }
    for id in ["blocking", "event-loop"] {
        assert_eq!([said(id, 0), said(id, 50)], [Parallelism::None; 2], "{id}");
    }
    for id in ["gil", "offload-gil"] {
        assert_eq!([said(id, 0), said(id, 50)], [Parallelism::None, Parallelism::OutsideLock], "{id}");
    }
}

/// The loop's two pools are two strategies, and the one that needs shared memory names the other.
#[test]
fn a_loop_in_front_has_threads_or_processes() {
    let [threads, processes] = ["offload", "offload-processes"].map(|id| strategy(id).meta());
    assert_eq!([threads.place, processes.place], [Place::ThreadPool, Place::ProcessPool]);
    assert_eq!([threads.needs_isolation(), processes.needs_isolation()], [true, false]);
    assert_eq!([threads.front, processes.front], [true, true]);
    assert_eq!(threads.without_sharing, Some(processes.id));
}

/// Strategies behind one lock have the lock's parameters, which are set once for all.
#[test]
fn strategies_with_a_lock_have_its_parameters_in_common() {
    let [threads, in_front] = ["gil", "offload-gil"].map(|id| strategy(id).meta().params);
    assert_eq!(threads, in_front);
    assert!(threads.iter().all(|param| params().iter().filter(|own| own.key == param.key).count() == 1));
}

/// A strategy that is named as a similar one without shared memory is registered, and needs none.
#[test]
fn what_does_the_like_without_shared_memory_needs_none() {
    for meta in ALL.iter().map(|strategy| strategy.meta()) {
        let Some(id) = meta.without_sharing else { continue };
        assert!(meta.needs_isolation() && !strategy(id).meta().needs_isolation(), "{}: {id}", meta.id);
    }
}

#[test]
fn without_shared_memory_strategies_are_unavailable_and_say_what_does_the_like() {
    let job = Job::find("mandelbrot", &[], 1).expect("registered");
    for strategy in ALL {
        for isolation in [Isolation::Headers, Isolation::ServiceWorker, Isolation::Unshared, Isolation::Missing] {
            let meta = strategy.meta();
            let found = unavailable(*strategy, job.workload, &job.params, isolation);
            let lacking = meta.needs_isolation() && !isolation.shared_memory();
            let instead = meta.without_sharing.map(Into::into);
            let expected = lacking.then_some(WhyUnavailable::NoSharedMemory { isolation, instead });
            assert_eq!(found, expected, "{} on a page that is {isolation:?}", meta.id);
        }
    }
}

#[test]
fn what_needs_one_memory_is_not_for_processes() {
    let job = |way| Job::find("counter", &[("way".into(), way)], 1).expect("the counter counts in three ways");
    for strategy in ALL {
        let (id, isolated) = (strategy.meta().id, strategy.meta().memory == Memory::Isolated);
        assert_eq!(isolated, strategy.meta().place == Place::ProcessPool, "{id}: processes have memories of their own");
        let (shared, own) = (job(0), job(2));
        assert_eq!(unsuited(*strategy, shared.workload, &shared.params), isolated, "{id}");
        let why = unavailable(*strategy, shared.workload, &shared.params, Isolation::Headers);
        assert_eq!(why, isolated.then(|| WhyUnavailable::NeedsOneMemory("counter".into())), "{id}");
        assert!(!unsuited(*strategy, own.workload, &own.params), "{id}: counters of one's own need no common memory");
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
    assert!(named_params(&set("slice", 7)).is_ok_and(|params| params.get("slice") == 7));
    for (key, value) in [("slise", 7), ("slice", 0)] {
        assert_eq!(named_params(&set(key, value)).err(), Some(Failure::Garbled(key.into())));
    }
}

#[test]
fn every_strategy_gives_every_known_answer_recorded_or_not() {
    for workload in workloads::ALL {
        let (known, id, job) = (workload.known().answer(), workload.info().id, known_job(*workload));
        let tasks: usize = workload.phases(&job.params).iter().sum();
        for (way, strategy_params) in variants() {
            if unsuited(strategy(way), job.workload, &job.params) {
                continue;
            }
            for traced in [true, false] {
                let setup = Setup { traced, strategy_params: strategy_params.clone(), ..Setup::new(job.clone()) };
                let sample = setup.perform(way);
                assert_eq!(*sample.answer(), known, "{id} under {way}");
                assert_eq!(sample.answers.done(), tasks);
                let computed = sample.spans().filter(|(_, span)| span.cause == Cause::Compute);
                let seen: BTreeSet<_> = computed.map(|(_, span)| span.task as usize).collect();
                assert_eq!(seen, (0..if traced { tasks } else { 0 }).collect(), "{id} under {way}");
                assert!(sample.lanes.iter().all(|(spans, lost)| *lost == 0 && (traced || spans.is_empty())));
            }
        }
    }
}

/// The same code on a made-up machine, where all lanes share one thread.
#[test]
fn every_strategy_gives_every_known_answer_when_simulated() {
    for workload in workloads::ALL {
        let (known, id, job) = (workload.known().answer(), workload.info().id, known_job(*workload));
        for (way, strategy_params) in variants() {
            if unsuited(strategy(way), job.workload, &job.params) {
                continue;
            }
            let setup = Setup { strategy_params, ..Setup::new(job.clone()) };
            let simulation = setup.simulate(way, &SimulatedMachine::new(2)).expect("nobody cancels");
            assert_eq!(simulation.answer, known, "{id} under {way}");
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
        assert_eq!(sample.digest(), ((28 + 1) + (28 + 2) + (28 + 3)).to_string(), "{id}");
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
        assert_eq!(sample.digest(), "15", "{id}");
        assert_eq!(made.did().len(), 3 * 10, "{id}");
    }
}
