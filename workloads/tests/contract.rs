//! Every registered workload obeys the contract, even one that was just added.

mod sequential;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use rustix::time::{ClockId, clock_gettime};
use sequential::{answers, files, run};
use workloads::{ALL, Nature, Param, ParamError, Params, SharedBytes, Summary, USUAL_STEP, Workload};

/// The URL's own keys: a parameter may not take one of them, except `size`, which is the first parameter's.
const URL_KEYS: [&str; 20] = [
    "view",
    "chapter",
    "workload",
    "strategies",
    "workers",
    "samples",
    "sweep",
    "seed",
    "autorun",
    "theme",
    "trace",
    "lang",
    "controls",
    "runtime",
    "code",
    "predict",
    "fallback",
    "loading",
    "sw",
    "fresh",
];
/// The strategies' parameters, which stand in the same URL; this crate does not know them, but the page's tests do.
const STRATEGY_KEYS: [&str; 4] = ["slice", "interval", "release", "pool"]; // `pool` is what old links say

fn with(workload: &dyn Workload, values: &[(&str, u32)]) -> Params {
    let mut params = Params::defaults(workload.info());
    for (key, value) in values {
        params.set(key, *value).unwrap_or_else(|error| panic!("{}: {key}={value}: {error:?}", workload.info().id));
    }
    params
}

/// The parameters of the known answer: small, so that tests are quick.
fn small(workload: &dyn Workload) -> Params {
    with(workload, workload.known().params)
}

/// Whether what its tasks leave depends on nothing but parameters and seed, and not on how much time there was.
fn repeats(workload: &dyn Workload) -> bool {
    workload.info().nature != Nature::Deadline
}

fn is_name(text: &str) -> bool {
    text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

#[test]
fn ids_are_unique_names_and_found() {
    let ids: HashSet<_> = ALL.iter().map(|workload| workload.info().id).collect();
    assert_eq!(ids.len(), ALL.len());
    for workload in ALL {
        let id = workload.info().id;
        assert!(!id.is_empty() && is_name(id), "{id:?} is no name for a URL");
        assert_eq!(workloads::find(id).map(|found| found.info().id), Some(id));
    }
    assert!(workloads::find("").is_none() && workloads::find("Mandelbrot").is_none());
}

#[test]
fn words_are_there() {
    for workload in ALL {
        let info = workload.info();
        assert!(!info.title.is_empty() && info.blurb.ends_with('.'), "{}", info.id);
        assert!(info.params.iter().all(|param| !param.label.is_empty()), "{}", info.id);
        let waits = matches!(info.nature, Nature::Wait | Nature::Mixed);
        assert_eq!(waits, info.modelled.is_some(), "{}: waits are modelled", info.id);
    }
}

#[test]
fn parameter_keys_are_unique_names_led_by_size() {
    for workload in ALL {
        let info = workload.info();
        let keys: HashSet<_> = info.params.iter().map(|param| param.key).collect();
        assert_eq!(info.params.first().map(|param| param.key), Some("size"), "{}", info.id);
        assert_eq!(keys.len(), info.params.len(), "{}", info.id);
        for key in keys {
            assert!(is_name(key), "{}: {key:?} is no name for a URL", info.id);
            assert!(!URL_KEYS.contains(&key), "{}: {key} is reserved: it is the URL's own", info.id);
            assert!(!STRATEGY_KEYS.contains(&key), "{}: {key} is reserved: it is a strategy's", info.id);
        }
    }
}

#[test]
fn presets_are_legal() {
    for workload in ALL {
        for Param { key, min, max, default, demo, .. } in workload.info().params {
            assert!((min..=max).contains(&default) && (min..=max).contains(&demo), "{}: {key}", workload.info().id);
        }
    }
}

#[test]
fn illegal_parameters_are_refused_and_change_nothing() {
    for workload in ALL {
        let mut params = Params::defaults(workload.info());
        let before = params.clone();
        assert_eq!(params.set("no-such-parameter", 1), Err(ParamError::Unknown));
        for param in workload.info().params {
            for value in [param.min.checked_sub(1), param.max.checked_add(1)].into_iter().flatten() {
                assert_eq!(params.set(param.key, value), Err(ParamError::OutOfRange(*param)));
            }
        }
        assert_eq!(params, before);
    }
}

#[test]
fn every_corner_of_the_parameters_builds() {
    for workload in ALL {
        for corner in corners(workload.info().params) {
            let params = with(*workload, &corner);
            let phases = workload.phases(&params);
            assert!(!phases.is_empty() && phases.iter().all(|&tasks| tasks > 0), "{}: {corner:?}", workload.info().id);
            let files = files(*workload, &params);
            for index in [0, phases[0] - 1] {
                let input = workload.input(&params, 1, 0, index, &files);
                workload.task(&params, 1, 0, index, &input);
            }
        }
    }
}

/// All combinations of least and greatest values.
fn corners(params: &[Param]) -> Vec<Vec<(&'static str, u32)>> {
    params.iter().fold(vec![Vec::new()], |corners, param| {
        let grow = |corner: &Vec<_>, value| corner.iter().copied().chain([(param.key, value)]).collect();
        corners.iter().flat_map(|corner| [grow(corner, param.min), grow(corner, param.max)]).collect()
    })
}

#[test]
fn least_sizes_run() {
    for workload in ALL {
        let size = workload.info().params[0];
        let mut params = small(*workload);
        params.set(size.key, size.min).expect("the least size is legal");
        assert_ne!(
            workload.answer(&params, &answers(*workload, &params, 1)),
            Summary::default(),
            "{}",
            workload.info().id
        );
    }
}

#[test]
fn known_answers_hold() {
    for workload in ALL {
        let (known, params) = (workload.known(), small(*workload));
        let answer = workload.answer(&params, &answers(*workload, &params, known.seed));
        assert_eq!(answer, known.answer(), "{}, which is known from {}", workload.info().id, known.source);
    }
}

/// Sentences are made from the pattern: what it names must be there, and nothing is left out.
#[test]
fn answers_are_patterns_of_their_facts() {
    for workload in ALL {
        let (pattern, answer) = (workload.info().answer, workload.known().answer());
        let named = pattern.split('{').skip(1).map(|rest| rest.split(['}', '?']).next().unwrap_or_default());
        let named: HashSet<_> = named.map(str::to_owned).collect();
        let digest = (!answer.digest.is_empty()).then(|| "digest".to_owned());
        let facts: HashSet<_> = answer.facts.into_iter().map(|(name, _)| name).chain(digest).collect();
        assert_eq!(named, facts, "{}: {pattern}", workload.info().id);
    }
}

#[test]
fn what_is_counted_has_a_unit_and_what_needs_one_memory_says_why() {
    for workload in ALL {
        let (info, params) = (workload.info(), small(*workload));
        assert_eq!(
            workload.volume(&params).is_some(),
            info.unit.is_some() && info.nature != Nature::Deadline,
            "{}",
            info.id
        );
        assert!(!workload.needs_shared_memory(&params) || info.one_memory.is_some(), "{}", info.id);
    }
}

#[test]
fn summaries_tell_answers_apart() {
    for workload in ALL.iter().filter(|workload| repeats(**workload)) {
        let (params, seed) = (small(*workload), workload.known().seed);
        let right = answers(*workload, &params, seed);
        let mut wrong = right.clone();
        Arc::make_mut(&mut wrong[0])[0] ^= 1;
        assert_ne!(workload.answer(&params, &right), workload.answer(&params, &wrong), "{}", workload.info().id);
    }
}

#[test]
fn the_same_seed_gives_the_same_steps_and_bytes() {
    for workload in ALL.iter().filter(|workload| repeats(**workload)) {
        let params = small(*workload);
        for seed in [0, 1, u64::MAX] {
            let again = || run(*workload, &params, seed, |step| step());
            assert_eq!(again(), again(), "{}, seed {seed}", workload.info().id);
        }
    }
}

/// Another memory has its own copies of parameters and input, and the tasks may be built there in any order.
#[test]
fn a_task_rebuilt_elsewhere_gives_the_same_answer() {
    for workload in ALL.iter().filter(|workload| repeats(**workload)) {
        let (params, seed) = (small(*workload), workload.known().seed);
        if workload.needs_shared_memory(&params) {
            continue;
        }
        let mut previous = files(*workload, &params);
        for (phase, tasks) in workload.phases(&params).into_iter().enumerate() {
            let inputs: Vec<_> =
                (0..tasks).map(|index| workload.input(&params, seed, phase, index, &previous)).collect();
            let here = (0..tasks).map(|index| finish(*workload, &params, seed, (phase, index), &inputs[index]));
            let here: Vec<_> = here.collect();
            for index in (0..tasks).rev() {
                let params_there: Params = with(*workload, &params.iter().map(|(p, v)| (p.key, v)).collect::<Vec<_>>());
                let there = finish(*workload, &params_there, seed, (phase, index), &copied(&inputs[index]));
                assert_eq!(here[index], there, "{}, task {index}", workload.info().id);
            }
            previous = here;
        }
    }
}

fn copied(input: &[SharedBytes]) -> Vec<SharedBytes> {
    input.iter().map(|part| Arc::new(part.to_vec())).collect()
}

fn finish(
    workload: &dyn Workload,
    params: &Params,
    seed: u64,
    at: (usize, usize),
    input: &[SharedBytes],
) -> SharedBytes {
    let mut task = workload.task(params, seed, at.0, at.1, input);
    loop {
        if let workloads::Step::Done(answer) = task.step(Duration::ZERO) {
            return Arc::new(answer);
        }
    }
}

#[test]
fn only_waiting_workloads_wait_and_they_do() {
    for workload in ALL {
        let waits = run(*workload, &small(*workload), 1, |step| step()).iter().all(|steps| !steps.waits.is_empty());
        let expected = matches!(workload.info().nature, Nature::Wait | Nature::Mixed);
        assert_eq!(waits, expected, "{}", workload.info().id);
    }
}

/// A trace counts whole microseconds in 32 bits.
#[test]
fn nobody_waits_for_longer_than_a_trace_can_tell() {
    for workload in ALL {
        let mut most = Params::defaults(workload.info());
        for param in workload.info().params {
            most.set(param.key, param.max).expect("the greatest legal value is legal");
        }
        let waits = workload.waits(&most).as_micros();
        assert!(waits < u32::MAX.into(), "{}: {waits} µs", workload.info().id);
    }
}

#[test]
fn they_wait_for_as_long_as_they_say() {
    for workload in ALL {
        let params = small(*workload);
        let waited: Duration = run(*workload, &params, 1, |step| step()).iter().flat_map(|steps| &steps.waits).sum();
        assert_eq!(workload.waits(&params), waited, "{}", workload.info().id);
    }
}

/// What a step is for: control comes back about every tenth of a millisecond. Only the thread's own CPU time counts,
/// because a busy machine may run others in between. Steps do the same in every run, so the shortest of several times
/// is the step's own.
#[test]
fn steps_take_about_a_tenth_of_a_millisecond() {
    for workload in ALL {
        let runs = (0..5).map(|_| step_times(*workload));
        let shortest = runs.reduce(|one, other| one.into_iter().zip(other).map(|(a, b)| a.min(b)).collect());
        let mut times = shortest.expect("there were five runs");
        times.sort();
        let (median, long) = (median_by_time(&times), times[(times.len() - 1) * 99 / 100]);
        let id = workload.info().id;
        if std::env::var_os("LANES_STEPS").is_some() {
            println!(
                "{id}: {} steps, half of the time in steps of {median:?} and more, 99 of 100 below {long:?}",
                times.len()
            );
        }
        let least = if workload.info().nature == Nature::Compute { USUAL_STEP / 4 } else { USUAL_STEP / 20 };
        assert!((least..USUAL_STEP * 3).contains(&median), "{id}: {median:?}");
        assert!(long <= USUAL_STEP * 3, "{id}: one of a hundred takes {long:?} or more");
    }
}

fn step_times(workload: &dyn Workload) -> Vec<Duration> {
    let mut times = Vec::new();
    run(workload, &Params::defaults(workload.info()), 1, |step| {
        let start = computed();
        step();
        times.push(computed() - start);
    });
    times
}

/// The CPU time of this thread so far.
fn computed() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().expect("it is not negative")
}

/// The median of the steps by time: half of all time is spent in steps at least this long, which is what a thread meets
/// that waits for a step to end.
fn median_by_time(times: &[Duration]) -> Duration {
    let half: Duration = times.iter().sum::<Duration>() / 2;
    let mut sum = Duration::ZERO;
    let middle = times.iter().find(|&&time| {
        sum += time;
        sum >= half
    });
    *middle.expect("a workload has steps")
}

/// Counted in steps, because what a step takes depends on the machine.
#[test]
fn they_compute_for_about_as_long_as_they_say() {
    for workload in ALL {
        let params = Params::defaults(workload.info());
        let said = workload.computes(&params).as_secs_f64() / USUAL_STEP.as_secs_f64();
        if said == 0.0 {
            continue;
        }
        let mut steps = 0;
        let mut count = |step: &mut dyn FnMut()| {
            step();
            steps += 1;
        };
        run(*workload, &params, 1, &mut count);
        let share = said / f64::from(steps);
        assert!((0.7..1.4).contains(&share), "{}: {said} ms, {steps} steps", workload.info().id);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn tiles_cover_a_picture_exactly_once(share in 0.0..=1.0f64) {
        for workload in ALL {
            let Some(picture) = workload.picture() else { continue };
            let size = workload.info().params[0];
            let value = size.min + (share * f64::from(size.max - size.min)) as u32;
            let params = with(*workload, &[(size.key, value)]);
            let (width, height) = picture.size(&params);
            let mut covered = vec![0u8; (width * height) as usize];
            for index in 0..*workload.phases(&params).last().expect("there is a phase") {
                let tile = picture.tile(&params, index);
                prop_assert!(tile.width > 0 && tile.height > 0);
                prop_assert!(tile.x + tile.width <= width && tile.y + tile.height <= height);
                for y in tile.y..tile.y + tile.height {
                    (tile.x..tile.x + tile.width).for_each(|x| covered[(y * width + x) as usize] += 1);
                }
            }
            prop_assert!(covered.iter().all(|&times| times == 1), "{} at {value}", workload.info().id);
        }
    }
}

#[test]
fn paint_fills_each_tile() {
    for workload in ALL {
        let Some(picture) = workload.picture() else { continue };
        let params = small(*workload);
        for (index, answer) in answers(*workload, &params, 1).iter().enumerate() {
            let (id, tile) = (workload.info().id, picture.tile(&params, index));
            let pixels = picture.paint(&params, answer, &mut (0..));
            assert_eq!(pixels.len(), 4 * (tile.width * tile.height) as usize, "{id}, tile {index}");
            assert!(pixels.chunks(4).all(|pixel| pixel[3] == 255), "{id}: see-through");
            let last = pixels.len() / 4 - 1;
            let ends = picture.paint(&params, answer, &mut [last, 0].into_iter());
            assert_eq!(ends, [&pixels[4 * last..], &pixels[..4]].concat(), "{id}: not those asked for");
        }
    }
}
