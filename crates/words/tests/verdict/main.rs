//! What the rules say of made-up runs, and what they must never say.
//!
//! Every sentence that is made here is made in the pseudo-language, too: it must come from a pattern, and nothing in the
//! pattern may be left open.

mod caveats;
mod chance;
mod findings;
mod honesty;
mod latency;
mod made;
mod on_a_core;
mod sweeps;
mod without_blocking;

use std::sync::LazyLock;

use lab::experiment::{ClaimedCores, Experiment, from_query};
use lab::measure::scaling::Curve;
use lab::report::{Machine, Run};
use lab::verdict::{Evidence, Finding, Verdict};
use strategies::Isolation;
use words::{Catalogue, every_text, pseudo, speak};

/// The experiment of this query, or with the workload of this name.
fn experiment(query: &str) -> Experiment {
    let query = if query.contains('=') { query.to_owned() } else { format!("workload={query}") };
    let (experiment, _, problems) = from_query(&query, ClaimedCores(2));
    assert_eq!(problems, []);
    experiment
}

fn machine() -> Machine {
    Machine {
        claimed_cores: 2,
        isolation: Isolation::Headers.into(),
        timer_resolution_ms: 0.005,
        engine: "Made 1".into(),
        calibration_ms: Some([10.0, 10.2]),
        hidden: false,
        out_of_view: false,
        on_battery: Some(false),
        another_instance: Some(false),
    }
}

/// The verdict with its sentences.
fn judge(query: &str, runs: &[Run], scaling: &[Curve], machine: &Machine) -> Verdict {
    let mut verdict = Verdict::of(&Evidence { experiment: &experiment(query), runs, scaling, machine });
    in_pseudo_language(|| verdict.all_mut().for_each(|finding| finding.text = said(finding)));
    for finding in verdict.all_mut() {
        assert!(finding.text.starts_with('['), "{}: {}", finding.form, finding.text);
        assert!(finding.form.starts_with(&finding.rule), "{} is no form of {}", finding.form, finding.rule);
        finding.text = said(finding);
    }
    verdict
}

/// A finding's sentence, with nothing left open.
fn said(finding: &Finding) -> String {
    let text = words::finding(finding);
    assert!(!text.contains(['{', '}']), "{} leaves something open: {text}", finding.form);
    text
}

fn in_pseudo_language(say: impl FnOnce()) {
    static PSEUDO: LazyLock<Catalogue> = LazyLock::new(|| {
        Catalogue::read(&Catalogue::write(every_text().into_iter().map(|(key, text)| (key, pseudo(&text)))))
    });
    speak(Some(PSEUDO.clone()));
    say();
    speak(None);
}

fn verdict(query: &str, runs: &[Run], machine: &Machine) -> Verdict {
    judge(query, runs, &[], machine)
}

fn texts(said: Vec<Finding>) -> Vec<String> {
    said.into_iter().map(|finding| finding.text).collect()
}

/// The rules that said something.
fn rules(said: &[Finding]) -> Vec<&str> {
    said.iter().map(|finding| finding.rule.as_str()).collect()
}

fn texts_of_findings(query: &str, runs: &[Run]) -> Vec<String> {
    texts(verdict(query, runs, &machine()).findings)
}

fn texts_of_caveats(runs: &[Run], machine: &Machine) -> Vec<String> {
    texts(verdict("mandelbrot", runs, machine).caveats)
}
