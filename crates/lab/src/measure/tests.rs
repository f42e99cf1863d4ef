//! Statistics on distributions that are known, and measurements of traces that were made up.

use proptest::prelude::*;
use strategies::trace::{Cause, Context, Trace, TraceBuilder};
use strategies::{Failure, Loss};

use super::*;
use crate::run::Series;

/// A sample in which one lane computed for `micros` microseconds.
fn busy(micros: u32) -> Trace {
    TraceBuilder::new().lane(Context::Page, &[(0, micros, 0, Cause::Compute)]).build()
}

fn series(strategy: &str, workers: usize, makespans: &[u32]) -> Series {
    let strategy = strategies::find(strategy).expect("registered");
    Series { samples: makespans.iter().map(|makespan| busy(*makespan)).collect(), ..Series::new(strategy, workers) }
}

/// The numbers of each series against the first.
fn numbers<const N: usize>(run: &[Series; N]) -> [Numbers; N] {
    run.each_ref().map(|series| Numbers::of(series, Some(&run[0])).expect("it ran"))
}

#[test]
fn the_median_is_the_middle() {
    let cases: [(&[f64], Option<f64>); 4] =
        [(&[], None), (&[3.0], Some(3.0)), (&[9.0, 1.0, 2.0], Some(2.0)), (&[4.0, 1.0, 2.0, 100.0], Some(3.0))];
    for (samples, expected) in cases {
        assert_eq!(median(samples), expected, "{samples:?}");
    }
}

#[test]
fn the_interval_of_a_uniform_sample_is_near_the_exact_one() {
    // 101 evenly spaced samples: order statistics 41 and 61 bound the median with 95 % (binomial, n = 101, p = 1/2).
    let samples: Vec<f64> = (0..=100).map(f64::from).collect();
    let [low, high] = interval_of_median(&samples).unwrap();
    assert!((38.0..=42.0).contains(&low) && (58.0..=62.0).contains(&high), "{low} {high}");
}

#[test]
fn intervals_cover_the_true_median_about_as_often_as_they_say() {
    let mut random = stats::SplitMix64(1);
    let mut uniform = || (0..15).map(|_| random.below(1_000_000) as f64).collect::<Vec<_>>();
    let covers = |samples: Vec<f64>| interval_of_median(&samples).is_some_and(|[low, high]| low <= 5e5 && 5e5 <= high);
    let covered = (0..200).filter(|_| covers(uniform())).count();
    assert!((176..=200).contains(&covered), "{covered} of 200"); // 95 % +- 7 %
}

#[test]
fn one_sample_has_no_interval() {
    assert_eq!(interval_of_median(&[5.0]), None);
    assert_eq!(ratio(&[10.0], &[5.0, 5.1]), Some(Ratio { value: 10.0 / 5.05, ci95: None }));
    assert_eq!(ratio(&[10.0, 11.0], &[0.0, 0.0]), None);
}

#[test]
fn the_baseline_is_once_as_fast_as_itself_and_others_are_compared_with_it() {
    let run = [series("blocking", 1, &[100, 102, 101]), series("threads", 1, &[50, 51, 52])];
    let [blocking, threads] = numbers(&run);
    assert_eq!(blocking.speedup(), Some(Ratio { value: 1.0, ci95: None }));
    assert!((threads.speedup.unwrap() - 101.0 / 51.0).abs() < 1e-9);
    assert_eq!((typical(&run[1]), threads.median_ms), (Some(1), 0.051));
    assert_eq!(threads.efficiency, threads.speedup);
    assert_eq!(threads.versus_baseline(), threads.speedup());
    assert_eq!(Numbers::of(&run[1], None).unwrap().speedup(), None, "nothing to compare with");
}

#[test]
fn blocking_is_the_baseline_else_the_first_of_several() {
    let of = |ids: &[&str]| baseline_of(ids.iter().map(|id| (*id).to_owned()), |id| id == "blocking");
    assert_eq!(of(&["threads", "blocking"]).as_deref(), Some("blocking"));
    assert_eq!(of(&["gil", "threads", "event-loop"]).as_deref(), Some("gil"));
    assert_eq!(of(&["blocking"]).as_deref(), Some("blocking"), "it is once as fast as itself");
    assert_eq!((of(&["threads"]), of(&[])), (None, None));
}

/// A gain over another strategy than blocking is not a part of what the workers could gain.
#[test]
fn efficiency_is_told_against_blocking_only() {
    let run = [series("threads", 2, &[50, 51, 52]), series("event-loop", 1, &[100, 102, 101])];
    let [threads, event_loop] = numbers(&run);
    assert_eq!(threads.speedup(), Some(Ratio { value: 1.0, ci95: None }));
    assert!((event_loop.speedup.unwrap() - 51.0 / 101.0).abs() < 1e-9);
    assert_eq!((threads.efficiency, event_loop.efficiency), (None, None));
}

#[test]
fn a_comparison_can_be_read_the_other_way_round() {
    assert_eq!(Comparison::Worse(0.5, [0.4, 0.8]).reversed(), Comparison::Better(2.0, [1.25, 2.5]));
    assert_eq!(Comparison::Same([0.8, 1.25]).reversed(), Comparison::Same([0.8, 1.25]));
    let slight = Comparison::Slight([1.0, 2.0]);
    assert_eq!((slight.reversed(), slight.reversed().reversed()), (Comparison::Slight([0.5, 1.0]), slight));
    assert_eq!(Comparison::Unknown.reversed(), Comparison::Unknown);
}

#[test]
fn one_strategy_may_have_several_numbers_of_workers() {
    let of = |workers, makespans: &[u32]| series("threads", workers, makespans);
    let run =
        [series("blocking", 1, &[100, 102, 101]), of(1, &[100, 101, 102]), of(2, &[50, 51, 52]), of(4, &[49, 52, 53])];
    let [_, one, two, four] = numbers(&run).map(|numbers| (numbers.efficiency.unwrap() * 100.0).round());
    assert_eq!([one, two, four], [100.0, 99.0, 49.0]);

    let curves = scaling::curves(&run, 2);
    assert_eq!(curves.iter().map(|curve| curve.strategy.as_str()).collect::<Vec<_>>(), ["threads"]);
    assert_eq!(curves[0].points.iter().map(|point| point.workers).collect::<Vec<_>>(), [1, 2, 4]);
    assert_eq!(curves[0].knee.workers, 2);
    assert_eq!(scaling::curves(&run[1..], 2), [], "nothing to compare with");
    assert_eq!(scaling::curves(&run[..2], 2), [], "one number of workers is no sweep");
}

#[test]
fn where_the_time_was_set_what_got_done_is_compared() {
    let of = |strategy, done: &[u64]| Series { done: done.to_vec(), ..series(strategy, 1, &[200, 200, 200]) };
    let run = [of("blocking", &[100, 102, 98]), of("threads", &[190, 200, 210]), of("threads", &[300, 300, 300])];
    let [blocking, threads, _] = numbers(&run);
    assert_eq!((threads.speedup, threads.efficiency), (None, None), "its time says nothing");
    let times = threads.output.expect("it is compared");
    assert_eq!((threads.done.as_ref().unwrap().median, times.value), (200.0, 2.0));
    assert_eq!(threads.versus_baseline(), Some(times));
    assert_eq!(blocking.output, Some(Ratio { value: 1.0, ci95: None }));
    assert_eq!(scaling::curves(&run, 2), []);
}

#[test]
fn times_are_those_of_one_time() {
    let mut run = Series { repeats: 10, ..series("blocking", 1, &[600_000, 610_000, 620_000]) };
    let beats = |trace: &Trace, arrivals: &[u32]| {
        TraceBuilder::new().lane(Context::Page, &[(0, trace.makespan, 0, Cause::Compute)]).beats(arrivals).build()
    };
    run.samples = run.samples.iter().map(|trace| beats(trace, &[700_000])).collect();
    let frozen = Numbers::of(&run, None).unwrap();
    assert_eq!(frozen.median_ms, 61.0);
    assert_eq!(frozen.usual_freeze_ms, Some(61.0), "ten times in a row the page was silent for longer");
    run.samples = run.samples.iter().map(|trace| beats(trace, &[20_000, 590_000, 600_000, 610_000])).collect();
    assert_eq!(Numbers::of(&run, None).unwrap().usual_freeze_ms, Some(61.0));
    run.samples = run
        .samples
        .iter()
        .map(|trace| {
            let arrivals: Vec<_> = (1..=62).map(|beat| beat * 10_000).collect();
            beats(trace, &arrivals)
        })
        .collect();
    assert_eq!(Numbers::of(&run, None).unwrap().usual_freeze_ms, Some(10.0));
}

#[test]
fn a_slowdown_is_a_trend_and_no_chance() {
    let rising = |by: f64| -> Vec<f64> { (0..7).map(|at| 100.0 + by * f64::from(at)).collect() };
    assert_eq!(slowdown(&rising(5.0)).map(|rise| (rise * 1000.0).round()), Some(261.0), "30 of 115");
    assert_eq!(slowdown(&rising(0.0)), None);
    assert_eq!(slowdown(&rising(-5.0)), None);
    assert_eq!(slowdown(&[100.0, 200.0, 300.0]), None, "three can be in order by chance");
    assert_eq!(slowdown(&[100.0, 130.0, 95.0, 140.0, 99.0, 120.0, 101.0]), None);
    assert!(slowdown(&[100.0, 104.0, 103.0, 109.0, 112.0, 111.0, 118.0]).is_some());
    let mut random = stats::SplitMix64(3);
    let mut noise = || (0..7).map(|_| 100.0 + random.below(1_000_000) as f64 * 5e-5).collect::<Vec<_>>();
    let seen = (0..1000).filter(|_| slowdown(&noise()).is_some_and(|rise| rise > 0.1)).count();
    assert!(seen < 40, "{seen} of 1000");
}

#[test]
fn the_middle_half_knows_no_outliers() {
    assert_eq!(middle_half(&[1.0, 2.0, 3.0]), None);
    assert_eq!(middle_half(&[100.0, 100.0, 100.0, 100.0, 900.0]), Some(0.0));
    assert_eq!(middle_half(&[80.0, 90.0, 100.0, 110.0, 500.0, 100.0, 10.0]), Some(0.3));
}

#[test]
fn a_loop_in_front_is_not_expected_to_compute() {
    let trace = TraceBuilder::new()
        .lane(Context::Thread(0), &[(0, 100, 0, Cause::Compute)])
        .lane(Context::Loop, &[(0, 3, 0, Cause::Transfer)])
        .build();
    assert_eq!(utilisation(&trace), Some(1.0));
}

#[test]
fn what_did_not_run_has_no_numbers() {
    let threads = strategies::find("threads").expect("registered");
    let no = Series::unavailable(threads, 2, Failure::NotStarted { process: None, why: Loss::Ended });
    assert_eq!((Numbers::of(&no, None), typical(&no), lost_spans(&no.samples)), (None, None, 0));
    assert_eq!(Numbers::of(&series("processes", 2, &[60, 61]), None).unwrap().speedup, None);
}

/// A sample whose spans were discarded is shown only if there is no other.
#[test]
fn the_sample_to_show_is_the_one_nearest_the_median_of_those_that_are_known() {
    let mut run = series("blocking", 1, &[100, 140, 120]);
    assert_eq!(typical(&run), Some(2));
    run.samples[2].forget();
    assert_eq!(typical(&run), Some(0), "of two as near, the first");
    run.samples.iter_mut().for_each(Trace::forget);
    assert_eq!(typical(&run), Some(2));
    let counted = Series { done: vec![5, 9, 7], ..series("blocking", 1, &[100, 100, 100]) };
    assert_eq!(typical(&counted), Some(2), "where the time was set, what got done counts");
}

#[test]
fn utilisation_is_the_share_of_all_lanes_spent_computing() {
    let trace = TraceBuilder::new()
        .lane(Context::Thread(0), &[(0, 100, 0, Cause::Compute)])
        .lane(Context::Thread(1), &[(0, 40, 1, Cause::Compute), (40, 100, 1, Cause::Wait)])
        .build();
    assert_eq!(utilisation(&trace), Some(0.7));
    assert_eq!(utilisation(&TraceBuilder::new().lane(Context::Page, &[]).build()), None);
}

#[test]
fn a_freeze_is_a_long_silence_within_the_sample() {
    let beats = |makespan: u32, arrivals: &[u32]| {
        TraceBuilder::new().lane(Context::Page, &[(0, makespan, 0, Cause::Compute)]).beats(arrivals).build()
    };
    type Case = (Trace, &'static [(u32, u32)], Option<f64>);
    let cases: [Case; 6] = [
        (beats(152_000, &[152_400]), &[(0, 152_000)], Some(152.0)),
        (beats(152_000, &[4_000]), &[(4_000, 152_000)], Some(148.0)),
        (beats(80_000, &[20_000, 40_000, 60_000, 80_000]), &[], Some(20.0)),
        (beats(120_000, &[10_000, 60_000, 119_000]), &[(10_000, 60_000), (60_000, 119_000)], Some(59.0)),
        (beats(30_000, &[40_000, 90_000]), &[], Some(30.0)),
        (beats(80_000, &[]), &[], None),
    ];
    for (trace, frozen, longest) in cases {
        assert_eq!((freezes(&trace).as_slice(), longest_silence_ms(&trace)), (frozen, longest));
    }
}

/// Beats every 10 ms and one silence of `silence` microseconds, in a slightly longer sample, by a clock with this step.
fn silent_for(silence: u32, clock_step: u32) -> Trace {
    let end = silence + 40_000;
    let arrivals: Vec<_> = [10_000, 20_000, 20_000 + silence].into_iter().chain([end]).collect();
    let trace = TraceBuilder::new().lane(Context::Page, &[(0, end, 0, Cause::Compute)]).beats(&arrivals);
    trace.clock_step(clock_step).build()
}

#[test]
fn a_coarse_clock_tells_only_freezes_that_are_longer_by_two_of_its_steps() {
    let cases = [
        (49.0, 16.7, Some(false)),
        (50.0, 16.7, None),
        (83.3, 16.7, None),
        (83.5, 16.7, Some(true)),
        (50.0, 0.0, Some(true)),
        (50.3, 0.1, Some(true)),
        (10.0, 25.0, None),
        (5_000.0, 25.0, None),
        (5_000.0, 24.9, Some(true)),
    ];
    for (silence, step, told) in cases {
        assert_eq!(froze(silence, step), told, "{silence} ms by steps of {step} ms");
    }
}

/// The freezes that are drawn, the longest one of a sample, and whether the page usually froze.
#[test]
fn freezes_that_are_drawn_are_those_that_are_told() {
    let cases = [
        (70_000, 5, vec![(20_000, 90_000)], Some(70.0), Some(true)),
        (70_000, 16_700, vec![], None, None),
        (100_000, 16_700, vec![(20_000, 120_000)], Some(100.0), Some(true)),
        (900_000, 100_000, vec![], None, None),
        (30_000, 16_700, vec![], Some(30.0), Some(false)),
        (30_000, 25_000, vec![], None, None),
    ];
    for (silence, step, drawn, longest, told) in cases {
        let trace = silent_for(silence, step);
        assert_eq!(freezes(&trace), drawn, "{silence} us by steps of {step} us");
        let mut run = series("threads", 2, &[1]);
        run.samples = vec![trace];
        let numbers = Numbers::of(&run, None).expect("it ran");
        assert_eq!((numbers.longest_freeze_ms, numbers.froze()), (longest, told), "{silence} us by steps of {step} us");
    }
}

#[test]
fn the_worst_freeze_and_every_lost_span_count() {
    let mut run = series("blocking", 1, &[60_000, 90_000]);
    for trace in &mut run.samples {
        *trace = TraceBuilder::new()
            .lane(Context::Page, &[(0, trace.makespan, 0, Cause::Compute)])
            .beats(&[100_000])
            .build();
        trace.lanes[0].lost = 3;
    }
    let numbers = Numbers::of(&run, None).unwrap();
    assert_eq!((numbers.longest_freeze_ms, numbers.froze()), (Some(90.0), Some(true)));
    assert_eq!((numbers.utilisation, lost_spans(&run.samples)), (None, 6), "nobody knows what lanes did then");
}

fn samples(most: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.1f64..1e4, 1..=most)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The page answers at once, whatever the clock's phase, and whatever noise of less than a step its stamps have.
    #[test]
    fn no_clock_makes_a_freeze_of_a_page_that_never_froze(
        step in 0.005f64..120.0,
        noise in 0.0f64..1.0,
        phase in 0.0f64..1.0,
        noises in prop::collection::vec(0.0f64..1.0, 80),
        gaps in prop::collection::vec(1.0f64..50.0, 80),
    ) {
        let stamp = |time: f64, part: f64| ((time / step + phase).floor() + noise * part) * step;
        let mut time = 0.0;
        let arrivals = gaps.iter().zip(&noises).map(|(gap, part)| {
            time += gap;
            stamp(time, *part)
        });
        // stamps never go back
        let arrivals = arrivals.scan(0.0, |latest: &mut f64, at| {
            *latest = latest.max(at);
            Some((*latest * 1000.0) as u32)
        });
        let arrivals: Vec<_> = arrivals.collect();
        let lane = [(0, *arrivals.last().unwrap(), 0, Cause::Compute)];
        let trace = TraceBuilder::new().lane(Context::Page, &lane).beats(&arrivals);
        let trace = trace.clock_step((step * 1000.0).ceil() as u32).build();
        prop_assert_eq!(freezes(&trace), vec![]);
        let mut run = series("event-loop", 1, &[1]);
        run.samples = vec![trace];
        prop_assert_ne!(Numbers::of(&run, None).unwrap().froze(), Some(true));
    }

    #[test]
    fn intervals_hold_their_median_and_lie_within_the_samples(samples in samples(30)) {
        let middle = median(&samples).unwrap();
        let [low, high] = interval_of_median(&samples).unwrap_or([middle, middle]);
        prop_assert!(low <= middle && middle <= high);
        prop_assert!(samples.iter().any(|sample| *sample <= low) && samples.iter().any(|sample| *sample >= high));
        prop_assert_eq!(interval_of_median(&samples).is_some(), samples.len() > 1);
    }

    #[test]
    fn slower_samples_have_a_greater_median_and_interval(samples in samples(15), by in 0.0f64..100.0) {
        let slower: Vec<_> = samples.iter().map(|sample| sample + by).collect();
        prop_assert!(median(&slower) >= median(&samples));
        if let (Some(slow), Some(fast)) = (interval_of_median(&slower), interval_of_median(&samples)) {
            prop_assert!(slow[0] >= fast[0] && slow[1] >= fast[1]);
        }
    }

    #[test]
    fn the_same_samples_are_once_as_fast_as_each_other(samples in samples(15)) {
        let same = ratio(&samples, &samples).unwrap();
        prop_assert_eq!(same.value, 1.0);
        prop_assert!(same.ci95.is_none_or(|[low, high]| low <= 1.0 && 1.0 <= high));
    }

    #[test]
    fn a_ratio_holds_its_interval_and_turns_around(one in samples(15), other in samples(15)) {
        let forth = ratio(&one, &other).unwrap();
        prop_assert!((forth.value * ratio(&other, &one).unwrap().value - 1.0).abs() < 1e-9);
        prop_assert!(forth.ci95.is_none_or(|[low, high]| low <= forth.value && forth.value <= high));
    }

    #[test]
    fn overlap_is_mutual_and_total(a in 0.0f64..10.0, b in 0.0f64..10.0, c in 0.0f64..10.0, d in 0.0f64..10.0) {
        let (one, other) = ([a.min(b), a.max(b)], [c.min(d), c.max(d)]);
        prop_assert_eq!(overlap(one, other), overlap(other, one));
        prop_assert!(overlap(one, one));
        prop_assert_eq!(overlap(one, other), one[0].max(other[0]) <= one[1].min(other[1]));
    }
}
