//! Whether a run ends in time, and whether the next one is good.

use std::time::{Duration, Instant};

use browsers::Page;
use serde_json::{Value, json};

use crate::experiments::{STRATEGIES, known, known_answer};

/// A worker may take 10 s to start, and is given up after 8 s of silence (30 s while costs are measured), with a margin. Each
/// strategy has its own workers.
const OF_ONE_STRATEGY: Duration = Duration::from_secs(45);
/// The interval at which the page is checked.
const LOOK: Duration = Duration::from_millis(100);

/// How long a run with this many strategies may take, whatever fails.
pub fn bound(strategies: usize) -> Duration {
    OF_ONE_STRATEGY * strategies as u32
}

/// How the run ended: `Some(None)` with a result, `Some(Some(..))` with that sentence; `None` if it does not end within
/// `bound`.
pub async fn ends(page: &Page<'_>, run: &str, bound: Duration) -> Option<Option<String>> {
    let script =
        "const end = recorder.messages.find(({ type, id }) => id === arguments[0] && /result|error/.test(type));
        return end ? [end.message ?? null] : null";
    let began = Instant::now();
    while began.elapsed() < bound {
        if let Value::Array(end) = page.script(script, vec![run.into()]).await {
            return Some(end[0].as_str().map(str::to_owned));
        }
        tokio::time::sleep(LOOK).await;
    }
    None
}

/// What is wrong with a small run under all strategies; `None` if it is good.
pub async fn next_is_bad(page: &Page<'_>) -> Option<String> {
    let workload = workloads::ALL[0];
    let run = page.start(known(workload, &STRATEGIES)).await;
    let Some(end) = ends(page, &run, bound(STRATEGIES.len())).await else {
        return Some(format!("it does not end; the page says {}", says(page).await));
    };
    if end.is_some() {
        return end;
    }
    let wrong = without(page, &run, Some(&known_answer(workload))).await;
    (!wrong.is_empty()).then(|| wrong.join("; "))
}

/// The strategies in a run's result that have no answer, or another one than `answer`, each with the reason or that
/// answer. They are looked up in the page: a whole report that goes through the driver stays in the page's memory, and
/// would be counted as the page's own.
pub async fn without(page: &Page<'_>, run: &str, answer: Option<&str>) -> Vec<String> {
    let script = "const { report } = recorder.messages.find(({ type, id }) => id === arguments[0] && type === 'lanes:result');
        const right = (run) => (arguments[1] ? run.answer === arguments[1] : run.answer != null);
        return report.runs.filter((run) => !right(run)).map((run) => `${run.strategy}: ${run.unavailable ?? run.answer}`)";
    let found = page.script(script, vec![run.into(), answer.into()]).await;
    serde_json::from_value(found).expect("texts")
}

/// What the page shows about its run.
pub async fn says(page: &Page<'_>) -> Value {
    let script = "const text = (id) => document.querySelector(id)?.innerText ?? null;
        return { run: text('#run'), cancel: text('#cancel'), headline: text('#headline'),
            progress: document.querySelector('#progress')?.value ?? null }";
    let said = page.script(script, vec![]).await;
    json!(said)
}
