//! The talk's scenarios: answers that agree with it, and flip where the inputs do.

use decide::{Amount, Decision, FIRST_LOOK, NotCosts, Part, Project, Python, Sources, preset};

fn python(project: &Project) -> Vec<&'static str> {
    let decision = Decision::of(project, &Sources::default(), FIRST_LOOK);
    let close = |row: &&decide::ApproachResult| row.ranked.close && row.ranked.approach.id.starts_with("python");
    decision.approaches.iter().filter(close).map(|row| row.ranked.approach.id).collect()
}

fn scenario(name: &str) -> Project {
    preset(name).expect("it is one")
}

#[test]
fn threads_where_compiled_code_releases_the_lock() {
    let arrays = scenario("arrays");
    assert_eq!(python(&arrays)[0], "python-threads");
    let decision = Decision::of(&arrays, &Sources::default(), FIRST_LOOK);
    let processes = decision.approaches.iter().find(|row| row.ranked.approach.id == "python-processes");
    let pays = |row: &decide::ApproachResult| row.findings.iter().any(|finding| finding.rule == "copies");
    assert!(processes.is_some_and(pays), "{decision:?}");
}

#[test]
fn with_interpreted_code_instead_processes() {
    let arrays = scenario("arrays");
    let parts = arrays.parts.iter().map(|part| match part {
        Part::Compiled(amount) => Part::Interpreted(*amount),
        other => *other,
    });
    let interpreted = Project { parts: parts.collect(), ..arrays.clone() };
    assert!(!python(&interpreted).contains(&"python-threads"));
    assert!(python(&interpreted).contains(&"python-processes"));
}

#[test]
fn a_crawler_has_processes_and_with_next_to_no_computing_a_loop_or_threads() {
    let crawler = scenario("crawler");
    let best = python(&crawler);
    assert!(best.contains(&"python-processes") && best.contains(&"python-asyncio-processes"), "{best:?}");
    assert!(!best.contains(&"python-threads") && !best.contains(&"python-asyncio"), "{best:?}");
    let light = Part::Interpreted(Amount::same(0.2));
    let parts = vec![crawler.parts[0], light, crawler.parts[2]];
    let light = python(&Project { parts, ..crawler });
    assert!(light.contains(&"python-asyncio"), "{light:?}");
    assert!(!light.contains(&"python-processes"), "{light:?}");
}

#[test]
fn a_proxy_has_a_loop() {
    let best = python(&scenario("proxy"));
    assert_eq!(best[0], "python-asyncio");
    assert!(!best.contains(&"python-threads"), "{best:?}");
}

#[test]
fn where_all_units_see_the_same_nobody_has_a_memory_of_its_own() {
    let shared = Project { shared: true, ..scenario("crawler") };
    assert!(python(&shared).iter().all(|id| !id.contains("processes")));
}

#[test]
fn what_ships_can_be_read() {
    let [gil, earlier, free_threaded] = Python::shipped();
    assert!(gil.gil && earlier.gil && !free_threaded.gil);
    for bad in ["", "{}", "[]"] {
        assert!(matches!(Python::from_json(bad), Err(NotCosts::Malformed(_))), "{bad}");
    }
    let negative = Python::from_json(r#"{"python": "3", "gil": true, "costs_us": {"asyncio yield": -1}}"#);
    assert_eq!(negative, Err(NotCosts::Negative));
    assert_eq!(NotCosts::Negative.text(), "a cost is no number from 0");
}
