//! Copied into the scratch tree beside the lab's tests: a link can name what was added.

use lab::experiment::{ClaimedCores, parse};

#[test]
fn links_offer_what_was_added() {
    let pairs = [("workload", "collatz"), ("strategies", "last-first"), ("size", "1000")];
    let pairs = pairs.map(|(key, value)| (key.to_owned(), value.to_owned()));
    let (experiment, _, problems) = parse(pairs, ClaimedCores(2));
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(experiment.workload.info().id, "collatz");
    assert_eq!(experiment.strategies.iter().map(|strategy| strategy.meta().id).collect::<Vec<_>>(), ["last-first"]);

    let (_, _, problems) = parse([("strategies".to_owned(), "nothing".to_owned())], ClaimedCores(2));
    assert!(format!("{problems:?}").contains("last-first"), "the sentence names what is legal: {problems:?}");
}
