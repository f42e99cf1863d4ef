//! Decide in words: its form, why an approach fits a project or does not, and what would change that.

use super::message::{Message, messages};
use super::pattern::Arg;
use super::problem::quoted;
use super::scale::IN_DAYS;
use super::{decimal, duration, grouped};

messages! {
    // ---- approaches, by the names that programmers use
    APPROACH_PLAIN = "one after the other";
    APPROACH_GIL_THREADS = "ThreadPoolExecutor, with the GIL";
    APPROACH_ASYNCIO = "asyncio";
    APPROACH_PROCESS_POOL = "ProcessPoolExecutor";
    APPROACH_FREE_THREADS = "ThreadPoolExecutor, free-threaded build";
    APPROACH_INTERPRETERS = "InterpreterPoolExecutor";
    APPROACH_ASYNCIO_THREADS = "asyncio and a thread pool";
    APPROACH_ASYNCIO_PROCESSES = "asyncio and a process pool";
    APPROACH_THREADS = "threads, or rayon";
    APPROACH_ASYNC = "async on one thread";
    APPROACH_ASYNC_POOL = "async on a pool of threads";
    APPROACH_SPAWN_BLOCKING = "async and spawn_blocking";
    APPROACH_PROCESSES = "processes";

    // ---- why one fits, or does not
    WHY_COPIES = "Pays {ms} of computing for copying {mb}.";
    WHY_ONE_LOCK = "One lock: {ms} of computing happen in turn, of {of_ms} in all.";
    WHY_ONE_CORE = "Computes on one core: {ms} of the {of_ms} that it takes.";
    WHY_WAITS_IN_TURN = "Its {workers} {workers?worker waits:workers wait} most of the time: {ms} of waiting, {workers} at a time.";
    WHY_WAITS_ALONE = "Waits for {ms} of {of_ms}, and does nothing meanwhile.";
    WHY_WAITS_OVERLAP = "Waits overlap: {ms} of waiting in {of_ms}.";
    WHY_KEEPS_LOOP = "A unit that computes keeps the loop from all others: 5 of 100 for more than {ms}.";
    WHY_START_UP = "Starting {workers} {workers?worker:workers} takes {ms} of {of_ms}.";
    WHY_HANDING_OUT = "Handing out a unit takes {us}: {ms} for all, one after the other.";
    WHY_ALL_CORES = "Uses all {cores} cores for {percent} % of the time.";
    WHY_FEW_UNITS = "Memory at hand holds {units} {units?unit:units} at a time: all at once would take {mb}.";
    WHY_MEMORY_LIMITS = "Memory at hand allows {workers} {workers?worker:workers}.";
    WHY_GROWS = "Cannot keep up: a unit arrives every {every_ms}, and one is done every {ms}. The line grows.";
    WHY_NO_GAIN = "More than one worker gains nothing.";
    WHY_LONGEST = "The longest unit alone takes {ms}: nothing is done sooner.";
    UNFIT_SHARED = "Units change what all of them see, and its workers have memories of their own.";
    UNFIT_MEMORY = "Needs {mb}, and {at_hand} are at hand.";
    UNFIT_NO_COSTS = "What it costs was not measured on this Python.";
    CHANGE_UP = "{language}: with {value} or more, {name}.";
    CHANGE_DOWN = "{language}: with {value} or less, {name}.";
    CHANGE_SHARED = "{language}: if they do, {name}.";
    CHANGE_NOT_SHARED = "{language}: if they do not, {name}.";

    // ---- the form
    PROJECT = "Your project";
    BEGIN_WITH = "Begin with a scenario of the talk";
    PRESET_ARRAYS = "Many large arrays";
    PRESET_CRAWLER = "A crawler";
    PRESET_PROXY = "A proxy";
    OWN_PROJECT = "Now it is a project of your own.";
    UNITS = "Units of work";
    ARRIVAL = "They arrive";
    ALL_AT_ONCE = "all at once";
    ARRIVING = "one by one, every (ms)";
    UNIT_PARTS = "What each unit does, in order";
    UNIT_PARTS_MEAN = "Half of the units take no longer than the first amount, 95 of 100 no longer than the second. Leave the \
        second empty if all take the same. An amount may have a unit of its own: 1.5 s, 8 MB.";
    PART_OF = "Part {n}: {what}";
    PART_KIND = "kind";
    PART_HALF = "half take up to ({unit})";
    PART_MOST = "95 of 100 up to ({unit})";
    KIND_WAITS = "waits (network, disk)";
    KIND_INTERPRETED = "interpreted code";
    KIND_COMPILED = "compiled, lock released";
    KIND_MOVES = "moves memory";
    ADD_PART = "Add a part";
    REMOVE_PART = "Remove part {n}";
    PART_DOWN = "Move part {n} down";
    PART_UP = "Move part {n} up";
    DATA_IN = "Data in, each unit (kB)";
    DATA_OUT = "Data out, each unit (kB)";
    CORES_AT_HAND = "Cores at hand";
    MEMORY_AT_HAND = "Memory at hand (MB)";
    SHARES_STATE = "Units change something that all of them see";
    PART_WRONG = "Part {n} cannot be {value}: an amount is a number from 0 to {most} ({unit}), and the second is no less than the first.";
    PARTS_TOO_MANY = "A unit has no more than {most} parts; those after them are left out.";
    NO_PROJECT = "This is no project: it has to be a JSON object, such as {example}.";
    NO_PYTHON = "This is no file of costs.py: {why}.";
    NO_COST = "a cost is no number from 0";

    // ---- files
    MEASURED_TIMES = "Fill in the parts from times you measured";
    MEASURED_TIMES_MEAN = "Measure a few dozen units of your program, part by part, and paste the times: a line for each, with \
        the part’s name and milliseconds (fetch,212), or a line for each unit with a column for each part.";
    MEASURED_FIELD = "Times, as CSV";
    FILL_IN = "Fill in";
    FILLED_FROM = "Filled in from {lines} {lines?line:lines}: {parts}. Say of each part what kind it is.";
    NO_TIMES = "There are no times in it. A line is a part’s name and milliseconds, such as fetch,212.";
    NO_TIME = "Line {line}: {value} is no time in milliseconds.";
    AS_FILE = "As a file, and whose costs";
    AS_JSON = "The project as JSON";
    TAKE_JSON = "Take this project";
    OPEN_PROJECT = "Open a project";
    DOWNLOAD_PROJECT = "Download the project";
    DOWNLOAD_DECISION = "Download the ranking";
    PYTHON_MEANS = "What starting, handing over and copying cost depends on the Python. costs.py, which belongs to Lanes, measures \
        that on yours and prints it as JSON; open that here.";
    OPEN_COSTS = "Open costs of your Python";
    SHIPPED_COSTS = "Back to those of Lanes";

    // ---- the ranking
    RANKING = "Which approach fits";
    WORKING_OUT = "Working it out.";
    LOOKING_CLOSER = "A first look; a closer one follows.";
    LOOKING_FOR_CHANGES = "Looking for what would change it: {done} of {all}.";
    HELD_BY_RUN = "Something is being measured; it goes on after that.";
    ALL_WORKED_OUT = "Done.";
    SIMULATED_LABEL = "Simulated, not measured.";
    SIMULATED_MEANS = "Locks, copies, hand-overs and starts are modelled. {python} {machine}";
    COSTS_OF_LANES = "Costs of Python: CPython {pythons}, as recorded with Lanes.";
    COSTS_OF_FILE = "Costs of Python: CPython {pythons}, one of them from your file.";
    BOTH_PYTHONS = "{python} with its lock and {free} without it";
    ONE_PYTHON = "{python}, with its lock and without it";
    COSTS_MEASURED = "Costs of Rust: measured on this machine.";
    COSTS_USUAL = "Costs of Rust: the usual ones, for this machine’s were not measured yet.";
    IN_PYTHON = "Python";
    IN_RUST = "Rust";
    ANSWER_BEST = "Best here: {best}.";
    ANSWER_CLOSE = "Best here: {best}. About as good, but harder to write: {others}.";
    ANSWER_PLAIN = "Just do one unit after the other.";
    ANSWER_PLAIN_CLOSE = "Just do one unit after the other. Hardly better: {others}.";
    ANSWER_NONE = "None of these can do it. Each says why.";
    RANKED_IN = "Approaches in {language}, the best first";
    APPROACH = "Approach";
    TIME_IN_ALL = "Time in all, with the start";
    TIME_OF_95 = "95 of 100 are done within";
    WORKERS_HEADING = "Workers";
    THROUGHPUT = "Units a second";
    MEMORY_HEADING = "Memory";
    WHY = "Why";
    IMPOSSIBLE = "not possible";

    // ---- what would change it
    CHANGES = "What would change this";
    CHANGES_MEAN = "One input at a time, all else as it is. Each line is a logarithmic scale from a thousandth of what you have to a \
        thousand times as much (from none, where there is none); the ring is what you have, the mark the nearest value at which another approach wins.";
    NO_CHANGES = "No single input changes the best approach, from a thousandth of what you have to a thousand times as much.";
    NONE_YET = "Nothing so far.";
    INPUT_NOW = "{input}, now {value}";
    PART_WAITS = "Part {n}, waits";
    PART_INTERPRETED = "Part {n}, interpreted code";
    PART_COMPILED = "Part {n}, compiled code";
    PART_MOVES = "Part {n}, memory moved";
    INPUT_EVERY = "Time between arrivals";
    INPUT_IN = "Data in";
    INPUT_OUT = "Data out";
    INPUT_MEMORY = "Memory at hand";

    // ---- run it to check
    CHECK = "Run it to check";
    CHECK_MEANS = "Runs a smaller copy of your project here, in this browser, with each approach that can run here, and compares the times with what the same model expects of that copy. It checks the model of scheduling, not the costs of your Python.";
    CHECK_TABLE = "Expected and measured, of the smaller copy";
    EXPECTED = "Expected";
    MEASURED = "Measured";
    OFF_BY = "Expected is off by";
    DOUBT = "{approach}: what was expected is off by {percent}. Doubt the ranking where it matters, and measure your own program.";
    CHECK_AGREES = "All that ran is within {percent} of what was expected.";
}

/// The names of a part by its kind: in a list of kinds, and as an input.
const KINDS: [(Message, Message); 4] = [
    (KIND_WAITS, PART_WAITS),
    (KIND_INTERPRETED, PART_INTERPRETED),
    (KIND_COMPILED, PART_COMPILED),
    (KIND_MOVES, PART_MOVES),
];

/// The name of a kind of part, by its place among the kinds.
///
/// # Panics
/// When there is no such kind.
pub fn kind(at: usize) -> String {
    KINDS[at].0.text()
}

/// The name of a part as an input, by its number, from 1, and its kind.
///
/// # Panics
/// When there is no such kind.
pub fn part(number: usize, kind: usize) -> String {
    KINDS[kind].1.with(&[("n", Arg::digits(number))])
}

/// What is wrong with a part.
pub fn part_wrong(number: usize, value: &str, most: f64, unit: &str) -> String {
    let most = grouped(most as u64);
    PART_WRONG.with(&[
        ("n", Arg::digits(number)),
        ("value", quoted(value).into()),
        ("most", most.into()),
        ("unit", unit.into()),
    ])
}

/// What is wrong with a line of times.
pub fn no_time(line: usize, value: &str) -> String {
    NO_TIME.with(&[("line", Arg::digits(line)), ("value", quoted(value).into())])
}

/// The amount of an input as people write it; `value` is in `unit`, or a count if it has no unit.
pub fn input_amount(unit: &str, value: f64) -> String {
    match unit {
        "ms" => long(value),
        "kB" => memory(value / 1000.0),
        "MB" => memory(value),
        _ => grouped(value.round() as u64),
    }
}

/// The patterns of reasons by their names. How a fact is written depends on the end of its name.
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

/// The sentence of a reason, from its name and its facts by their names. A fact's name ends with its unit.
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

/// A time, in milliseconds, that may be very long: from two minutes on in minutes, hours or days.
pub fn long(ms: f64) -> String {
    const MINUTE: f64 = 60_000.0;
    match ms {
        ms if ms < 2.0 * MINUTE => duration(ms),
        ms if ms < 120.0 * MINUTE => format!("{} min", decimal(ms / MINUTE, u32::from(ms < 10.0 * MINUTE))),
        ms if ms < 48.0 * 60.0 * MINUTE => format!("{} h", decimal(ms / (60.0 * MINUTE), 1)),
        ms => IN_DAYS.with(&[("n", Arg::written(decimal(ms / (24.0 * 60.0 * MINUTE), 1)))]),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_times_and_much_memory_read_well() {
        const HOUR: f64 = 3_600_000.0;
        assert_eq!(
            [1_200.0, 150_000.0, 0.5 * HOUR, 3.0 * HOUR, 60.0 * HOUR, 480.0 * HOUR].map(long),
            ["1.2 s", "2.5 min", "30 min", "3.0 h", "2.5 days", "20.0 days"]
        );
        assert_eq!([0.5, 4.0, 640.0, 2_500.0].map(memory), ["500 kB", "4.0 MB", "640 MB", "2.5 GB"]);
    }
}
