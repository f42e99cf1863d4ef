//! What if there were more cores: what is simulated says so, and what cannot be done is not.

use pictures::what_if::WhatIf;
use pictures::{Answer, Question, answer};

use super::made::race;
use super::markup;
use super::tables::rows;

fn simulated(query: &str) -> String {
    let pair = |pair: &str| pair.split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned())).unwrap();
    let question = Question::WhatIf(WhatIf {
        experiment: query.split('&').map(pair).collect(),
        claimed_cores: 2,
        cores: 4,
        costs: vec![("handover".into(), vec![10.0])],
        blocking: race()[0].samples[0].clone(),
        repeats: 1,
        sizes: Vec::new(),
        measured: vec![("blocking".into(), 1, 152.0)],
    });
    match postcard::from_bytes(&answer(&postcard::to_allocvec(&question).unwrap())) {
        Ok(Answer::WhatIf(html)) => html,
        other => panic!("another answer: {other:?}"),
    }
}

#[test]
fn every_picture_and_number_is_labelled_simulated() {
    let html = simulated("workload=grain&size=4&strategies=blocking,threads,gil");
    markup::check(&html);
    assert_eq!(html.matches("<figure class=\"simulated\">").count(), 3);
    assert_eq!(html.matches(", simulated</figcaption>").count(), 3);
    assert!(html.contains("<caption>Simulated: 4 cores, as many workers</caption>"));
    let rows = rows(&html);
    assert_eq!((rows[0][0].as_str(), rows[0][2].as_str(), rows[0][3].as_str()), ("blocking", "1.00×", "152 ms (1)"));
    assert!(html.contains("class=\"computing lane-page\"") && html.contains("class=\"computing lane-3\""), "{html}");
}

#[test]
fn pictures_have_a_time_axis_a_number_of_lanes_and_waits_for_a_lock_of_their_own() {
    let html = simulated("workload=grain&size=4&strategies=blocking,gil");
    assert_eq!(html.matches("<svg class=\"times\"").count(), 2, "{html}");
    assert!(html.contains(" on 4 lanes, simulated</figcaption>"), "{html}");
    assert!(html.contains("class=\"locked lane-2\"") && !html.contains("class=\"waiting"), "{html}");
}

#[test]
fn what_a_strategy_is_refused_for_is_not_simulated_either() {
    let html = simulated("workload=counter&way=atomic&strategies=blocking,threads,processes");
    markup::check(&html);
    assert_eq!(html.matches("<figure").count(), 2, "{html}");
    assert!(html.contains("Not simulated: processes, because all tasks count on one counter"), "{html}");
    assert!(html.contains("wait for each other there is not simulated"), "{html}");
}

#[test]
fn work_up_to_a_deadline_is_not_simulated() {
    let html = simulated("workload=activity&strategies=blocking,threads");
    markup::check(&html);
    assert!(html.starts_with("<p>This work ends when its time is over") && !html.contains("<figure"), "{html}");
}

#[test]
fn without_a_record_nothing_is_made_up() {
    let question = Question::WhatIf(WhatIf {
        experiment: vec![("workload".into(), "primes".into())],
        claimed_cores: 2,
        cores: 4,
        costs: Vec::new(),
        blocking: strategies::trace::Trace { makespan: 100_000, ..Default::default() },
        repeats: 1,
        sizes: Vec::new(),
        measured: Vec::new(),
    });
    let answer = postcard::from_bytes(&answer(&postcard::to_allocvec(&question).unwrap()));
    let Ok(Answer::WhatIf(html)) = answer else { panic!("another answer: {answer:?}") };
    assert_eq!(html, "<p>Nothing was recorded that could be done again.</p>");
}
