//! The verdicts compared with the truth: how many claims there are, which of them are false, and which are missing.

use std::fmt::Write;

use browsers::Engine;

use crate::claims::Claim;
use crate::machines::Machine;
use crate::progress::Progress;
use crate::truth::{STRATEGIES, Truth, truth};
use crate::verdicts::Runs;

/// The minimum number of verdicts.
const VERDICTS: usize = 1_000;
/// The fraction of parallel speed-ups on two idle cores that may be missed.
const MISSED: f64 = 0.02;

/// Every claim that can be made in a run, with the strategy that it is about; `None` for claims about the run.
fn claims() -> impl Iterator<Item = (Option<&'static str>, Claim)> {
    let of_strategies = STRATEGIES.iter().flat_map(|strategy| Claim::OF_STRATEGIES.map(|of| (Some(*strategy), of)));
    of_strategies.chain(Claim::OF_RUNS.map(|of| (None, of)))
}

/// The counts for one claim.
#[derive(Clone, Copy)]
struct Count {
    claimed: usize,
    truth: Truth,
    /// The claims made that must not be made.
    wrong: usize,
    /// The claims that must be made.
    due: usize,
    /// The claims that must be made and are not.
    missed: usize,
}

impl Default for Count {
    fn default() -> Self {
        Self { claimed: 0, truth: Truth::May, wrong: 0, due: 0, missed: 0 }
    }
}

impl Count {
    /// Counts a claim about a strategy or, if that is `None`, about the run.
    fn of(runs: &Runs, strategy: Option<&str>, claim: Claim) -> Self {
        let (truth, _) = truth(runs.machine, runs.work.kind, strategy, claim);
        let verdicts = runs.with(strategy).count();
        let claimed = runs.with(strategy).filter(|told| told.claims(claim, strategy)).count();
        let mut count = Self { claimed, truth, ..Self::default() };
        match truth {
            Truth::Never => count.wrong = claimed,
            Truth::May => {}
            Truth::Must => (count.due, count.missed) = (verdicts, verdicts - claimed),
        }
        count
    }

    fn add(&mut self, other: Self) {
        self.claimed += other.claimed;
        self.wrong += other.wrong;
        self.due += other.due;
        self.missed += other.missed;
    }

    fn cell(self) -> String {
        match self.truth {
            _ if self.wrong > 0 => format!("{} {}", self.claimed, crate::WRONG),
            Truth::Never => "-".into(),
            Truth::Must if self.missed > 0 => format!("{} of {}, missed {}", self.claimed, self.due, self.missed),
            Truth::Must => format!("{} of {}", self.claimed, self.due),
            Truth::May => self.claimed.to_string(),
        }
    }
}

/// The heading and the tables of a machine in a browser; `None` if nothing was run.
pub fn table(machine: Machine, engine: Engine, progress: &Progress) -> Option<(String, String)> {
    let runs = Runs::all(machine, engine, progress);
    let browser = runs.iter().flat_map(|runs| &runs.told).map(|told| told.browser.clone()).next()?;
    let mut text = head("| work | strategy | verdicts |", &Claim::OF_STRATEGIES, " median | speed-ups |");
    for own in &runs {
        for strategy in STRATEGIES {
            write!(text, "| {} | {strategy} | {} |", own.work.id, own.with(Some(strategy)).count()).expect("it grows");
            cells(&mut text, own, Some(strategy), &Claim::OF_STRATEGIES);
            let [medians, speedups] = numbers(own, strategy);
            writeln!(text, " {medians} ms | {speedups} |").expect("it grows");
        }
    }
    text += "\n";
    text += &head("| work | runs |", &Claim::OF_RUNS, "");
    for own in &runs {
        write!(text, "| {} | {} |", own.work.id, own.with(None).count()).expect("it grows");
        cells(&mut text, own, None, &Claim::OF_RUNS);
        text += "\n";
    }
    for sentence in runs.iter().flat_map(|runs| &runs.told).filter_map(|told| told.failed.as_ref()) {
        writeln!(text, "\nA run came to no result: \"{sentence}\"").expect("it grows");
    }
    Some((format!("{browser}, {}: claims", machine.title()), text))
}

fn head(first: &str, claims: &[Claim], last: &str) -> String {
    let names: String = claims.iter().map(|claim| format!(" {} |", claim.title())).collect();
    let line = format!("{first}{names}{last}");
    let rule = " --- |".repeat(line.matches('|').count() - 1);
    format!("{line}\n|{rule}\n")
}

fn cells(text: &mut String, runs: &Runs, strategy: Option<&str>, claims: &[Claim]) {
    claims.iter().for_each(|claim| write!(text, " {} |", Count::of(runs, strategy, *claim).cell()).expect("it grows"));
}

/// The range of the medians in milliseconds, and the range of the speed-ups.
fn numbers(runs: &Runs, strategy: &str) -> [String; 2] {
    let outcomes = || runs.with(Some(strategy)).map(|told| &told.outcomes[strategy]);
    [
        range(outcomes().map(|outcome| outcome.median).collect(), 0),
        range(outcomes().filter_map(|outcome| outcome.speedup).collect(), 2),
    ]
}

fn range(mut numbers: Vec<f64>, places: usize) -> String {
    numbers.sort_by(f64::total_cmp);
    match numbers[..] {
        [] => String::new(),
        [only] => format!("{only:.places$}"),
        [least, .., greatest] => format!("{least:.places$} to {greatest:.places$}"),
    }
}

/// The number of verdicts, and for each kind of claim the numbers of wrong and missed ones, with marks where a target
/// is missed.
pub fn summary(progress: &Progress) -> String {
    let (mut verdicts, mut failed) = (0, 0);
    let mut counts: Vec<(Claim, Count)> = Vec::new();
    let mut idle = Count::default();
    for machine in Machine::all() {
        for runs in machine.engines().iter().flat_map(|engine| Runs::all(machine, *engine, progress)) {
            verdicts += runs.told.iter().map(|told| told.outcomes.len()).sum::<usize>();
            failed += runs.told.iter().filter(|told| told.failed.is_some()).count();
            let of_strategies =
                STRATEGIES.iter().flat_map(|strategy| Claim::OF_STRATEGIES.map(|of| (Some(*strategy), of)));
            for (strategy, claim) in of_strategies.chain(Claim::OF_RUNS.map(|of| (None, of))) {
                let count = Count::of(&runs, strategy, claim);
                if machine == Machine::TwoCores && claim == Claim::Parallel {
                    idle.add(count);
                }
                match counts.iter_mut().find(|(known, _)| *known == claim) {
                    Some((_, sum)) => sum.add(count),
                    None => counts.push((claim, count)),
                }
            }
        }
    }
    let wrong: usize = counts.iter().map(|(_, count)| count.wrong).sum();
    let missed = idle.missed as f64 / idle.due.max(1) as f64;
    let mut text = format!(
        "| wanted | found | |\n| --- | --- | --- |\n\
         | verdicts: at least {VERDICTS} | {verdicts} | {} |\n\
         | false claims: none | {wrong} | {} |\n\
         | missed parallel speed-ups on two idle cores: at most 2 % | {} of {}: {:.1} % | {} |\n\
         | runs without a result: none | {failed} | {} |\n\n\
         | claim | made | false | due | missed |\n| --- | --- | --- | --- | --- |\n",
        mark(verdicts >= VERDICTS),
        mark(wrong == 0),
        idle.missed,
        idle.due,
        missed * 100.0,
        mark(missed <= MISSED),
        mark(failed == 0),
    );
    for (claim, Count { claimed, wrong, due, missed, .. }) in counts {
        writeln!(text, "| {} | {claimed} | {wrong} | {due} | {missed} |", claim.title()).expect("it grows");
    }
    text
}

fn mark(met: bool) -> &'static str {
    if met { "" } else { crate::WRONG }
}

/// A sentence for each wrong or missed claim, with the reason from the table of truths.
pub fn faults(progress: &Progress) -> String {
    let mut text = String::new();
    for machine in Machine::all() {
        for engine in machine.engines() {
            for runs in Runs::all(machine, *engine, progress) {
                for (strategy, claim) in claims() {
                    let (truth, reason) = truth(machine, runs.work.kind, strategy, claim);
                    let Count { wrong, missed, .. } = Count::of(&runs, strategy, claim);
                    if wrong + missed == 0 {
                        continue;
                    }
                    let (work, who) = (runs.work.id, strategy.unwrap_or("the run"));
                    writeln!(
                        text,
                        "- {engine:?}, {}, {work}, {who}: *{}* {truth}, because {reason}; {} times it was {}.",
                        machine.title(),
                        claim.title(),
                        wrong + missed,
                        if wrong > 0 { "claimed" } else { "not" },
                    )
                    .expect("it grows");
                    let example = runs.with(strategy).find_map(|told| told.sentence(claim, strategy));
                    example.filter(|_| wrong > 0).into_iter().for_each(|example| text += &format!("  \"{example}\"\n"));
                }
            }
        }
    }
    if text.is_empty() { "Nothing is wrong, and nothing is missed.\n".into() } else { text }
}
