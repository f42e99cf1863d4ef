//! What if there were more cores: what is simulated says so, and what cannot be simulated is not.

use analyst::{About, AnalystAnswer, FinishedRun};
use lab::run::Series;
use pictures::what_if::WhatIf;
use pictures::{Figure, Shape};
use strategies::costs::CostId;
use strategies::trace::Trace;

use super::made::{about, ask, race, reported, run, shown_of};
use super::sound;
use super::tables::rows;

fn what_if(run: FinishedRun) -> WhatIf {
    let report = reported(about(run)).report;
    match ask(About::WhatIf { report, cores: 4, costs: vec![(CostId::Handover, vec![10.0])] }) {
        AnalystAnswer::WhatIf(answer) => answer,
        other => panic!("another answer: {other:?}"),
    }
}

/// Four cores for the work of this query, for which blocking was measured.
fn simulated(query: &str) -> WhatIf {
    let answer = what_if(run(query, race()));
    answer.figures.iter().for_each(sound::figure);
    answer.table.iter().for_each(sound::table);
    answer.curve.iter().for_each(|chart| {
        chart.figures.iter().for_each(sound::figure);
        chart.hidden.iter().for_each(sound::table);
    });
    answer
}

fn class(shape: &Shape) -> &str {
    match shape {
        Shape::Path { class, .. } => class,
        other => panic!("no stretch: {other:?}"),
    }
}

fn classes(figure: &Figure) -> Vec<&str> {
    figure.scene.shapes.iter().map(class).collect()
}

#[test]
fn every_picture_and_number_is_labelled_simulated() {
    let answer = simulated("workload=grain&size=4&strategies=blocking,threads,gil");
    assert_eq!(answer.figures.len(), 3);
    for Figure { class, caption, scene, .. } in &answer.figures {
        assert!(class == "simulated" && caption.ends_with(", simulated") && scene.label == *caption, "{caption}");
    }
    let table = answer.table.expect("there are numbers");
    assert_eq!(table.caption, "Simulated: 4 cores, as many workers");
    let rows = rows(&table);
    assert_eq!((rows[0][0], rows[0][2], rows[0][3]), ("blocking", "1.00×", "152 ms (1)"));
    assert_eq!((rows[1][3], rows[2][3]), ("80.0 ms (2)", "–"), "what was measured, with its workers");
    assert!(classes(&answer.figures[0]).contains(&"computing lane-page"));
    assert!(classes(&answer.figures[1]).contains(&"computing lane-3"));
    assert_eq!(answer.notes, ["Nothing was recorded of 3 tasks; they are taken to be like the others."]);
}

/// The curve goes on beyond the cores of this machine.
#[test]
fn speed_up_against_cores_is_labelled_simulated_too() {
    let curve = simulated("workload=grain&size=4&strategies=blocking,threads,gil").curve.expect("four cores");
    let (figure, table) = (&curve.figures[0], curve.hidden.expect("a picture has its table"));
    assert!(figure.caption.starts_with("Simulated, not measured") && figure.scene.label == figure.caption);
    assert!(table.caption.starts_with("Simulated"), "{}", table.caption);
    let rows = rows(&table);
    assert_eq!(table.columns, ["Cores", "threads", "threads with a GIL"]);
    assert_eq!(rows.iter().map(|row| row[0]).collect::<Vec<_>>(), ["1", "2", "4"]);
    let times = |cell: &str| cell.trim_end_matches('×').parse::<f64>().expect("a number");
    assert!(times(rows[2][1]) > 1.8 * times(rows[1][1]) && times(rows[2][2]) < 1.1, "{rows:?}");
}

#[test]
fn pictures_have_a_time_axis_a_number_of_lanes_and_waits_for_a_lock_of_their_own() {
    let answer = simulated("workload=grain&size=4&strategies=blocking,gil");
    assert!(answer.figures.iter().all(|figure| figure.times.len() == 5));
    let [blocking, gil] = &answer.figures[..] else { panic!("two were chosen") };
    assert!(gil.caption.ends_with(" on 4 lanes, simulated") && !blocking.caption.contains("lanes"), "{}", gil.caption);
    let classes = classes(gil);
    assert!(
        classes.contains(&"locked lane-2") && !classes.iter().any(|class| class.starts_with("waiting")),
        "{classes:?}"
    );
}

#[test]
fn what_a_strategy_is_refused_for_is_not_simulated_either() {
    let answer = simulated("workload=counter&way=atomic&strategies=blocking,threads,processes");
    assert_eq!(answer.figures.len(), 2);
    assert_eq!(
        answer.notes[..2],
        [
            "Not simulated: processes, because all tasks count on one counter, which lies in one memory.",
            "Its tasks share memory. That they wait for each other there is not simulated, so real machines do much worse.",
        ]
    );
}

#[test]
fn work_up_to_a_deadline_is_not_simulated() {
    let answer = simulated("workload=activity&strategies=blocking,threads");
    assert!(answer.notes[0].starts_with("This work ends when its time is over"), "{answer:?}");
    assert_eq!((answer.notes.len(), answer.figures.len(), answer.table), (1, 0, None));
}

#[test]
fn without_a_record_nothing_is_made_up() {
    let blocking = strategies::find("blocking").expect("registered");
    let blank = Trace { makespan: 100_000, ..Trace::default() };
    let series = Series { samples: vec![blank], ..Series::new(blocking, 1) };
    let answer = what_if(run("primes", vec![series]));
    assert_eq!(answer.notes, ["Nothing was recorded that could be done again."]);
    assert_eq!((answer.figures.len(), answer.table), (0, None));
}

/// A lane that could not hold everything: the missing tasks are taken to be like the mean, and a note says so.
#[test]
fn tasks_that_were_not_recorded_are_told_of() {
    let one = simulated("workload=grain&size=1&strategies=blocking");
    assert_eq!(one.notes, Vec::<String>::new(), "all is known of the only task");
    let forty = simulated("workload=grain&size=40&strategies=blocking");
    assert_eq!(forty.notes, ["Nothing was recorded of 39 tasks; they are taken to be like the others."]);
}

#[test]
fn what_blocking_was_not_measured_with_cannot_be_done_again() {
    let threads = || run("mandelbrot", race().split_off(1));
    let answer = what_if(threads());
    assert!(answer.notes[0].starts_with("The simulation repeats the tasks that blocking ran"), "{answer:?}");
    assert_eq!(shown_of(threads()).not_again.as_ref(), answer.notes.first(), "and it is told before anybody asks");
    assert_eq!(shown_of(run("mandelbrot", race())).not_again, None);
}
