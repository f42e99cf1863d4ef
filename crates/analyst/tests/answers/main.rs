//! What the analyst answers: charts and tables are well-formed HTML whatever their names say, and say what they must.

#[path = "analysis/activity.rs"]
mod activity;
#[path = "analysis/made.rs"]
mod made;
#[path = "analysis/markup.rs"]
mod markup;
#[path = "analysis/sweeps.rs"]
mod sweeps;
#[path = "analysis/tables.rs"]
mod tables;
#[path = "analysis/what_if.rs"]
mod what_if;

use pictures::{Answer, Question, answer, catalogue, costs::Measured};
use lab::experiment::Experiment;
use made::{findings, question, race};

#[test]
fn questions_and_answers_survive_the_way_to_the_worker() {
    let asked = postcard::to_allocvec(&question("mandelbrot", race())).unwrap();
    let arrived: Question = postcard::from_bytes(&asked).unwrap();
    assert_eq!(postcard::to_allocvec(&arrived).unwrap(), asked);
    let answered = answer(&asked);
    let Answer::Run(findings) = postcard::from_bytes(&answered).unwrap() else { panic!("another answer") };
    assert_eq!(findings.headline, "Two threads finished 1.9 times sooner (1.9 to 1.9) and the page never stopped.");
    assert_eq!(postcard::to_allocvec(&Answer::Run(findings)).unwrap(), answered);
}

#[test]
fn what_makes_no_sense_is_answered_all_the_same() {
    for bytes in [&[][..], &[255], b"\x00\xff\xff\xff\xff\xff\xff\xff"] {
        assert!(matches!(postcard::from_bytes(&answer(bytes)), Ok(Answer::Garbled)), "{bytes:?}");
    }
}

#[test]
fn costs_are_a_report_and_a_table() {
    let measured = Measured {
        costs: vec![("task".into(), vec![2.0, 3.0, 4.0]), ("unknown".into(), vec![1.0])],
        claimed_cores: 2,
        engine: "Gecko <140>".into(),
        timer_resolution_ms: 0.02,
    };
    let asked = postcard::to_allocvec(&Question::Costs(measured)).unwrap();
    let Ok(Answer::Costs(costs)) = postcard::from_bytes(&answer(&asked)) else { panic!("another answer") };
    markup::check(&costs.table);
    assert!(costs.table.contains("A task through the pool of threads") && costs.table.contains("3.0 µs"));
    let report: serde_json::Value = serde_json::from_str(&costs.report).unwrap();
    assert_eq!(report["costs"].as_array().unwrap().len(), 1);
}

#[test]
fn what_comes_from_elsewhere_is_escaped() {
    let mut run = race();
    run[1].answer = Some("<script>alert(\"&\")</script>".into());
    let table = &findings("mandelbrot", run).tables[0];
    markup::check(table);
    assert!(table.contains("&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;"), "{table}");
}

#[test]
fn what_a_workload_is_shown_with_is_legal() {
    let catalogue = catalogue(2);
    for workload in workloads::ALL {
        let pairs = workload.demo().iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned()));
        let (_, problems) = Experiment::parse(pairs, &catalogue);
        assert_eq!(problems, [], "{}", workload.info().id);
    }
}
