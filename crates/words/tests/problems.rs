//! Problems with a request, as they are shown: short, without invisible characters, and with what would have been
//! legal.

use lab::experiment::{ClaimedCores, Experiment, Problem, from_query};
use proptest::prelude::*;
use serde_json::json;
use words::problem;

const CORES: ClaimedCores = ClaimedCores(2);

fn told(query: &str) -> Vec<String> {
    let (.., problems) = from_query(query, CORES);
    problems.iter().map(problem).collect()
}

#[test]
fn what_is_not_legal_is_named_with_what_is() {
    let cases = [
        ("workers=9", "The setting workers cannot be “9”; it can be a whole number from 1 to 8."),
        ("workers=", "The setting workers cannot be “”; it can be a whole number from 1 to 8."),
        ("seed=-1", "The setting seed cannot be “-1”; it can be a whole number from 0 to 18446744073709551615."),
        ("theme=red", "The setting theme cannot be “red”; it can be auto, light, dark."),
        ("autorun=yes", "The setting autorun cannot be “yes”; it can be 1, 0, true, false."),
        ("sweep=2", "The setting sweep cannot be “2”; it can be 1, 0, true, false."),
        ("slice=0", "The setting slice cannot be “0”; it can be a whole number from 1 to 100 (ms)."),
        ("samples=2&samples=3", "The setting “samples” is given more than once; the last one counts."),
        ("lang=en_US", "The setting lang cannot be “en_US”; it can be a language's tag, such as en."),
        ("workload=counter&padding=1", "The setting padding cannot be “1”; it can be on, off."),
        (
            "chapter=%F0%9F%98%80",
            "The setting chapter cannot be “😀”; it can be up to 64 lower case letters, digits and hyphens.",
        ),
        (
            "speed=1",
            "There is no setting “speed”; the settings are workload, strategies, workers, samples, sweep, seed, trace, view, \
             theme, lang, chapter, autorun, fresh, size, iterations, slice, interval, release.",
        ),
    ];
    for (query, sentence) in cases {
        assert_eq!(told(query), [sentence], "{query}");
    }
    let workloads: Vec<_> = workloads::ALL.iter().map(|workload| workload.info().id).collect();
    let sentence = format!("The setting workload cannot be “x”; it can be {}.", workloads.join(", "));
    assert_eq!(told("workload=x"), [sentence]);
    let strategies: Vec<_> = strategies::ALL.iter().map(|strategy| strategy.meta().id).collect();
    let legal = format!("a comma list of {}", strategies.join(", "));
    let sentence = format!("The setting strategies cannot be “,fibres”; it can be {legal}.");
    assert_eq!(told("strategies=threads,,fibres"), [sentence]);
}

/// An experiment as decks send it.
#[test]
fn what_is_not_legal_in_a_message_is_named_too() {
    for (odd, said) in [
        (json!([1]), "An experiment is a set of named settings, not “[1]”."),
        (
            json!({"workers": {"a": []}}),
            r#"The setting workers cannot be “{\"a\":[]}”; it can be a whole number from 1 to 8."#,
        ),
        (json!({"samples": 1.5}), "The setting samples cannot be “1.5”; it can be a whole number from 1 to 50."),
        (
            json!({"seed": "≈9223372036854775808"}),
            "The setting seed cannot be “9223372036854775808 (not exact; say it as text)”; \
             it can be a whole number from 0 to 18446744073709551615.",
        ),
    ] {
        assert_eq!(problem(&Experiment::from_json(&odd, CORES).1[0]), said);
    }
}

#[test]
fn foreign_text_is_shown_short_and_visible() {
    let long = format!("theme={}", "x".repeat(10_000));
    assert!(told(&long)[0].len() < 200);
    assert!(told("theme=a%E2%80%AEb%00")[0].contains(r"“a\u{202e}b\0”"));
    let key = Problem::Repeated { key: "y".repeat(10_000) };
    assert!(problem(&key).len() < 200);
}

proptest! {
    #[test]
    fn whatever_is_asked_each_problem_is_a_sentence(query in prop_oneof![".*", "([a-z]{1,9}=[^&]{0,5}&){0,4}"]) {
        for said in told(&query) {
            prop_assert!(said.ends_with('.') && said.starts_with(char::is_uppercase), "{}", said);
        }
    }
}
