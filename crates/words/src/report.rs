//! A report's English texts, which decks and other programs read beside its data.

use lab::report::Report;
use workloads::find;

use super::{answer, catalogue::in_english, en, failure, finding, isolation};

/// Fills in the English texts of a report from its data.
pub fn tell(report: &mut Report) {
    in_english(|| {
        if let Some(kind) = report.machine.isolation.kind {
            report.machine.isolation.how = isolation(kind);
        }
        let workload = report.experiment.get("workload").and_then(|id| find(id.as_str()?));
        let hidden = report.machine.hidden;
        for run in &mut report.runs {
            run.unavailable = run.refusal.as_ref().map(failure::clause);
            run.void = (hidden && !run.samples_ms.is_empty()).then(|| en::VOID.text());
            run.answer = workload.and_then(|workload| Some(answer(workload.info(), run.summary.as_ref()?)));
        }
        for said in report.verdict.all_mut() {
            said.text = finding(said);
        }
    });
}
