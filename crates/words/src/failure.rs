//! Why something did not work, in words.

use lab::report::Unreadable;
use strategies::{Failure, Isolation, Loss, WhyUnavailable};

use super::pattern::Arg;
use super::{en, plugin};

/// A failure as a whole sentence.
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Cancelled => en::CANCELLED.text(),
        Failure::Unavailable(why) => en::NOT_HERE.with(&[("why", unavailable(why).into())]),
        // browsers keep workers beyond their limit waiting, and say nothing
        Failure::NotStarted { process: None, why: Loss::Silent(after) } => {
            en::NOT_STARTED_IN_TIME.with(&[("seconds", Arg::Digits(*after))])
        }
        Failure::NotStarted { process: Some(process @ 1..), why: Loss::Silent(after) } => {
            en::PROCESS_HAS_NO_ROOM.with(&[
                ("process", Arg::Digits(*process as u64 + 1)),
                ("seconds", Arg::Digits(*after)),
                ("fits", Arg::digits(*process)),
            ])
        }
        Failure::NotStarted { process: None, why } => en::NOT_STARTED.with(&[("why", loss(why).into())]),
        Failure::NotStarted { process: Some(process), why } => {
            en::PROCESS_NOT_STARTED.with(&[("process", Arg::Digits(*process as u64 + 1)), ("why", loss(why).into())])
        }
        Failure::Lost(why) => en::WORKER_LOST.with(&[("why", loss(why).into())]),
        Failure::NoRoom { fits } => en::NO_ROOM.with(&[("fits", Arg::digits(*fits))]),
        Failure::NoFile { name, why } => en::NO_FILE.with(&[("name", name.as_str().into()), ("why", loss(why).into())]),
        Failure::NoAnalysis(why) => en::NO_ANALYSIS.with(&[("why", loss(why).into())]),
        Failure::NoAnswer(task) => en::NO_ANSWER.with(&[("task", Arg::digits(*task))]),
        Failure::WrongAnswer(wrong) => {
            let told = |summary| match workloads::find(&wrong.workload) {
                Some(workload) => plugin::answer(workload.info(), summary),
                None => summary.digest.clone(),
            };
            en::WRONG_ANSWER.with(&[
                ("strategy", plugin::plain(&wrong.strategy)),
                ("found", told(&wrong.found).into()),
                ("expected", told(&wrong.expected).into()),
            ])
        }
        Failure::NoClock => en::NO_CLOCK.text(),
        Failure::Garbled(what) => en::GARBLED.with(&[("what", what.as_str().into())]),
    }
}

/// A failure as a clause that can follow a colon.
pub fn clause(why: &Failure) -> String {
    match why {
        Failure::Unavailable(why) => unavailable(why),
        other => failure(other).trim_end_matches('.').to_owned(),
    }
}

/// Why a strategy cannot run, as a clause that can follow a colon.
pub fn unavailable(why: &WhyUnavailable) -> String {
    match why {
        WhyUnavailable::NoSharedMemory { isolation: kind, instead } => {
            let page: Arg = isolation(*kind).into();
            match instead.as_deref().and_then(strategies::find) {
                Some(other) => en::NO_SHARED_MEMORY_BUT
                    .with(&[("page", page), ("instead", plugin::strategy_name(other.meta()).into())]),
                None => en::NO_SHARED_MEMORY.with(&[("page", page)]),
            }
        }
        WhyUnavailable::NeedsOneMemory(workload) => {
            workloads::find(workload).map_or_else(String::new, |workload| plugin::one_memory(workload.info()))
        }
    }
}

/// Whether a page can share memory, and why, as a clause about the page.
pub fn isolation(isolation: Isolation) -> String {
    let message = match isolation {
        Isolation::Headers => en::ISOLATED_BY_HEADERS,
        Isolation::ServiceWorker => en::ISOLATED_BY_SERVICE_WORKER,
        Isolation::Unshared => en::ISOLATED_WITHOUT_SHARING,
        Isolation::Missing => en::NOT_ISOLATED,
        Isolation::Insecure => en::NOT_SECURE,
    };
    message.text()
}

/// Why something was lost, as a clause.
fn loss(loss: &Loss) -> String {
    let seconds = |seconds: &u64| [("seconds", Arg::Digits(*seconds))];
    match loss {
        Loss::Silent(after) => en::SILENT.with(&seconds(after)),
        Loss::Unread(after) => en::UNREAD.with(&seconds(after)),
        Loss::Late(after) => en::LATE.with(&seconds(after)),
        Loss::NoScript => en::NO_SCRIPT.text(),
        Loss::Forbidden(directive) => en::FORBIDDEN.with(&[("directive", directive.as_str().into())]),
        Loss::Ended => en::ENDED.text(),
        Loss::Panicked(Some(message)) => en::PANICKED.with(&[("message", message.as_str().into())]),
        Loss::Panicked(None) => en::TRAPPED.text(),
        Loss::Status(status) => en::STATUS.with(&[("status", Arg::Digits(u64::from(*status)))]),
        Loss::Unreachable => en::UNREACHABLE.text(),
        Loss::Deadlock => en::DEADLOCK.text(),
        Loss::TooLarge(most) => en::TOO_LARGE.with(&[("most", Arg::Digits(*most))]),
        Loss::AnotherVersion => en::ANOTHER_VERSION.text(),
        Loss::Browser(said) => said.trim_end_matches('.').to_owned(),
    }
}

/// Why a file cannot be shown.
pub fn unreadable(why: &Unreadable) -> String {
    match why {
        Unreadable::NoJson => en::NO_JSON.text(),
        Unreadable::NoReport => en::NO_REPORT.text(),
        Unreadable::Newer(schema) => en::NEWER_REPORT
            .with(&[("schema", Arg::Digits(*schema)), ("known", Arg::Digits(u64::from(lab::report::SCHEMA)))]),
        Unreadable::Damaged(what) => en::DAMAGED_REPORT.with(&[("what", what.as_str().into())]),
    }
}
