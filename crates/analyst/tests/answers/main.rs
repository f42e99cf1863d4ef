//! What the analyst answers: what is shown of a run depends on its report alone, and tables and scenes say what they
//! must.

mod activity;
mod decide;
mod languages;
mod made;
mod reports;
mod sound;
mod sweeps;
mod tables;
mod what_if;

use analyst::{About, AnalystAnswer, AnalystQuestion, answer, message};
use made::{about, ask, race, run, shown};
use pictures::costs::{CostFigure, MeasuredCosts};
use strategies::costs::CostId;

#[test]
fn questions_and_answers_survive_the_way_to_the_worker() {
    let asked = message::write(&AnalystQuestion { language: None, about: about(run("mandelbrot", race())) });
    let arrived: AnalystQuestion = message::read(&asked).unwrap();
    assert_eq!(message::write(&arrived), asked);
    let answered = answer(&asked);
    let AnalystAnswer::Shown(reported) = message::read(&answered).unwrap() else { panic!("another answer") };
    let headline = "Two threads ran 1.9 times as fast as blocking (1.9 to 1.9) and the page never stopped.";
    assert_eq!(reported.shown.headline, headline);
    assert_eq!(message::write(&AnalystAnswer::Shown(reported)), answered);
}

#[test]
fn what_makes_no_sense_is_answered_all_the_same() {
    for bytes in [&[][..], &[255], b"\x00\xff\xff\xff\xff\xff\xff\xff"] {
        assert!(message::read::<AnalystAnswer>(&answer(bytes)).is_none(), "{bytes:?}");
    }
}

#[test]
fn costs_are_a_report_and_a_table() {
    let measured = MeasuredCosts {
        costs: vec![(CostId::Task, vec![2.0, 3.0, 4.0]), (CostId::Memory, vec![])],
        claimed_cores: 2,
        engine: "Gecko <140>".into(),
        timer_resolution_ms: 0.02,
        another_instance: Some(false),
    };
    let AnalystAnswer::Costs { report, table, figures } = ask(About::Costs(measured)) else { panic!("another answer") };
    sound::table(&table);
    assert_eq!(figures, [CostFigure { id: CostId::Task, us: 3.0, interval: [2.0, 4.0] }]);
    assert_eq!(table.rows.len(), 1, "what was not measured is left out");
    assert_eq!(table.texts(0), ["A task through the pool of threads", "3.0 µs", "2.0 µs to 4.0 µs"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!((report["kind"].as_str(), report["engine"].as_str()), (Some("costs"), Some("Gecko <140>")));
    assert_eq!(report["costs"].as_array().unwrap().len(), 1);
    assert_eq!(report["costs"][0]["id"], "task");
    assert_eq!(report["costs"][0]["median_us"], 3.0);
}

/// The answer holds such text unchanged; the code that draws it has to make sure that it stays text.
#[test]
fn what_comes_from_elsewhere_stays_a_text() {
    let script = "a & b <script>alert(\"c\")</script>";
    let mut asked = run("mandelbrot", race());
    asked.machine.engine = script.into();
    asked.series[1].answer.as_mut().expect("it answered").digest = script.into();
    let shown = made::shown_of(asked);
    assert!(shown.results.texts(1).last().unwrap().contains(script), "{:?}", shown.results);
    assert!(shown.machine.iter().any(|(_, said)| said == script) && shown.made.contains(script));
}

#[test]
fn where_it_ran_is_told() {
    let shown = shown("mandelbrot", race());
    let said: Vec<_> = shown.machine.iter().map(|(heading, said)| (heading.as_str(), said.as_str())).collect();
    assert_eq!(
        said,
        [
            ("Browser", "Gecko 140"),
            ("Cores", "4 claimed by the browser"),
            ("Memory", "cross-origin isolated, by the server's headers"),
            ("Clock", "steps of 0.02 ms seen"),
            ("Steadiness", "the same short spin took 5.00 ms before the run and 5.10 ms after it"),
        ]
    );
    assert_eq!(shown.made, "Made 2026-11-26 21:55:00 with Gecko 140, which claims 4 cores.");
}
