//! Why an approach fits a project or does not, in words.

use super::message::{Message, messages};
use super::pattern::Arg;
use super::{decimal, duration};

messages! {
    WHY_COPIES = "Pays {ms} of computing for copying {mb}.";
    WHY_ONE_LOCK = "One lock: {ms} of computing happen in turn, of {of_ms} in all.";
    WHY_ONE_CORE = "Computes on one core: {ms} of the {of_ms} that it takes.";
    WHY_WAITS_IN_TURN = "Its {workers} {workers?worker:workers} wait most of the time: {ms} of waiting, {workers} at a time.";
    WHY_WAITS_ALONE = "Waits for {ms} of {of_ms}, and does nothing meanwhile.";
    WHY_WAITS_OVERLAP = "Waits overlap: {ms} of waiting in {of_ms}.";
    WHY_KEEPS_LOOP = "A unit that computes keeps the loop from all others: 5 of 100 for more than {ms}.";
    WHY_START_UP = "Starting {workers} {workers?worker:workers} takes {ms} of {of_ms}.";
    WHY_HANDING_OUT = "Handing out a unit takes {us}: {ms} for all, one after the other.";
    WHY_ALL_CORES = "Uses all {cores} cores for {percent} % of the time.";
    WHY_FEW_UNITS = "Memory at hand holds {units} units at a time: with all at once it would take {mb}.";
    WHY_MEMORY_LIMITS = "Memory at hand allows {workers} {workers?worker:workers}.";
    WHY_GROWS = "Cannot keep up: a unit arrives every {every_ms}, and one is done every {ms}. The line grows.";
    WHY_NO_GAIN = "More than one worker gains nothing.";
    WHY_LONGEST = "The longest unit alone takes {ms}: nothing is done sooner.";
    UNFIT_SHARED = "Units change what all of them see, and its workers have memories of their own.";
    UNFIT_MEMORY = "Needs {mb}, and {at_hand} are at hand.";
    UNFIT_NO_COSTS = "What it costs was not measured on this Python.";
    CHANGE_UP = "With {value} or more: {name}.";
    CHANGE_DOWN = "With {value} or less: {name}.";
}

/// The patterns of reasons by their names, and how each of their facts is written: by the end of its name.
const REASONS: [(&str, Message); 18] = [
    ("copies", WHY_COPIES),
    ("one-lock", WHY_ONE_LOCK),
    ("one-core", WHY_ONE_CORE),
    ("waits-in-turn", WHY_WAITS_IN_TURN),
    ("waits-alone", WHY_WAITS_ALONE),
    ("waits-overlap", WHY_WAITS_OVERLAP),
    ("keeps-loop", WHY_KEEPS_LOOP),
    ("start-up", WHY_START_UP),
    ("handing-out", WHY_HANDING_OUT),
    ("all-cores", WHY_ALL_CORES),
    ("few-units", WHY_FEW_UNITS),
    ("memory-limits", WHY_MEMORY_LIMITS),
    ("grows", WHY_GROWS),
    ("no-gain", WHY_NO_GAIN),
    ("longest", WHY_LONGEST),
    ("needs-one-memory", UNFIT_SHARED),
    ("needs-memory", UNFIT_MEMORY),
    ("no-costs", UNFIT_NO_COSTS),
];

/// The sentence of a reason: its name, and its facts by their names. A fact ends with its unit.
///
/// # Panics
/// When there is no such reason.
pub fn reason<'f>(rule: &str, facts: impl IntoIterator<Item = (&'f str, f64)>) -> String {
    let (_, pattern) = REASONS.iter().find(|(name, _)| *name == rule).expect("each reason has a sentence");
    let args: Vec<_> = facts.into_iter().map(|(name, value)| (name, written(name, value))).collect();
    pattern.with(&args)
}

/// A fact as people write it.
fn written(name: &str, value: f64) -> Arg {
    match name {
        "us" => super::costs::time(value).into(),
        _ if name.ends_with("ms") => long(value).into(),
        "mb" | "at_hand" => memory(value).into(),
        "percent" => decimal(value, 0).into(),
        _ => Arg::Digits(value as u64),
    }
}

/// A time that may be very long: from a minute on in minutes, hours or days.
pub fn long(ms: f64) -> String {
    const MINUTE: f64 = 60_000.0;
    match ms {
        ms if ms < 2.0 * MINUTE => duration(ms),
        ms if ms < 120.0 * MINUTE => format!("{} min", decimal(ms / MINUTE, u32::from(ms < 10.0 * MINUTE))),
        ms if ms < 48.0 * 60.0 * MINUTE => format!("{} h", decimal(ms / (60.0 * MINUTE), 1)),
        ms => format!("{} days", decimal(ms / (24.0 * 60.0 * MINUTE), 1)),
    }
}

/// An amount of memory, given in MB.
pub fn memory(mb: f64) -> String {
    match mb {
        mb if mb < 1.0 => format!("{} kB", decimal(mb * 1000.0, 0)),
        mb if mb < 1000.0 => format!("{} MB", decimal(mb, u32::from(mb < 10.0))),
        mb => format!("{} GB", decimal(mb / 1000.0, 1)),
    }
}
