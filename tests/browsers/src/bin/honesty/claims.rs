//! Claims of parallel speed-ups, counted: for work that can have one, for work that cannot, and for a lock that lets
//! nobody run beside another.

use std::fmt::Write;

use browsers::Page;
use lab::report::Report;
use serde_json::json;
use workloads::Params;

/// Times that each experiment is run.
const RUNS: usize = 10;

/// Workloads, and whether their tasks can be computed at the same time; each at the size that the page opens it with.
const WORK: [(&str, bool); 4] = [("mandelbrot", true), ("primes", true), ("raytrace", true), ("hash-chain", false)];
const STRATEGIES: [&str; 4] = ["blocking", "threads", "gil", "processes"];

/// A row for each workload and strategy: how often a gain by parallelism was claimed, and the speed-ups.
pub async fn table(page: &Page<'_>, several_cores: bool) -> String {
    let mut text = String::from(
        "| work | strategy | claims of 10 | missed | may claim | speed-ups, least to greatest | of 10 at least 1.8 |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for (workload, divisible) in WORK {
        let mut reports = Vec::new();
        for run in 0..RUNS {
            let mut experiment =
                json!({ "workload": workload, "strategies": STRATEGIES, "workers": 2, "samples": 9, "seed": run });
            for (param, value) in Params::demo(workloads::find(workload).expect("it is registered").info()).iter() {
                experiment[param.key] = if param.words.is_empty() { value.into() } else { param.text(value).into() };
            }
            reports.push(page.run(experiment).await.unwrap_or_else(|error| panic!("{workload}: {error}")));
        }
        for strategy in &STRATEGIES[1..] {
            let may = several_cores && divisible && *strategy != "gil";
            let claims = reports.iter().filter(|report| claims(report, strategy)).count();
            let mut speedups: Vec<f64> = reports.iter().filter_map(|report| speedup(report, strategy)).collect();
            speedups.sort_by(f64::total_cmp);
            let [least, greatest] = [speedups.first(), speedups.last()].map(|end| end.copied().unwrap_or(f64::NAN));
            let enough = speedups.iter().filter(|speedup| **speedup >= 1.8).count();
            let may_claim = if may { "yes" } else { "no" };
            let wrong = if !may && claims > 0 { format!(" {}", crate::WRONG) } else { String::new() };
            let missed = if may { enough.saturating_sub(claims) } else { 0 };
            let row = format!(
                "| {workload} | {strategy} | {claims}{wrong} | {missed} | {may_claim} | {least:.2} to {greatest:.2} | {enough} |"
            );
            println!("{row}");
            writeln!(text, "{row}").expect("a text can grow");
        }
    }
    text
}

/// Whether the verdict says in any words that this strategy gained; none of these workloads waits.
fn claims(report: &Report, strategy: &str) -> bool {
    let of_it = report.verdict.findings.iter().filter(|said| said.about.as_deref() == Some(strategy));
    of_it.into_iter().any(|said| said.rule.contains("parallel-speed-up") || said.text.contains("times sooner"))
}

fn speedup(report: &Report, strategy: &str) -> Option<f64> {
    report.runs.iter().find(|run| run.strategy == strategy)?.numbers.as_ref()?.speedup
}
