//! The expected answer to each question of each chapter, on a machine with a given number of cores that no other
//! program uses: the truth with which marks are compared, natively on simulated machines and in browsers on real ones.
//! No chapter's text holds an answer; this table does, and it was written before anything was measured.

use lab::report::Report;
use predict::{AnswerKind, Axis, AxisScale, Guess, Mark, Marked, Question, Truth, mark};

/// The numbers of cores of the table's machines.
pub const CORES: [usize; 4] = [1, 2, 8, 64];

/// The expected answer to a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Expected {
    /// A number in this range, ends included.
    Between(f64, f64),
    /// One of the options, by its word.
    Word(&'static str),
    /// An order in which each of the first words comes before each of the second.
    Before(&'static [&'static str], &'static [&'static str]),
    /// These lines, in this order.
    Lines(&'static str),
    /// Exactly these options, by their words.
    These(&'static [&'static str]),
    /// A curve: the speed-up equals the number of workers, up to this number of cores.
    UpTo(usize),
    /// Anything, or no mark at all: the answer depends on the machine.
    Anything,
}
use Expected::{Anything, Before, Between, Lines, These, UpTo, Word};

/// For each chapter its questions in order, each with the expected answer for each number of cores in [`CORES`].
pub const TABLE: &[(&str, &[[Expected; 4]])] = &[
    ("start", &[[Between(0.9, 1.1), Between(1.8, 2.05), Between(1.8, 2.05), Between(1.8, 2.05)]]),
    (
        "rule",
        &[
            [Word("same"); 4],
            [Word("yes"); 4],
            [Anything; 4], // how long copying takes
            [Word("same"); 4],
            [Between(0.9, 1.1), Between(1.8, 2.05), Between(6.0, 8.05), Between(6.0, 8.05)],
            [UpTo(1), UpTo(2), UpTo(8), UpTo(64)],
        ],
    ),
    ("waiting", &[[Between(12.0, 20.5); 4]]),
    (
        "interleaved",
        &[
            [Between(7.0, 8.0); 4],
            [Between(6.0, 8.0); 4],
            [Between(0.9, 1.1), Between(1.8, 2.05), Between(6.0, 8.05), Between(6.0, 8.05)],
            [Between(7.0, 8.0); 4],
            [Between(10.0, 12.0); 4],
        ],
    ),
    (
        "sharing",
        &[
            [Word("actors"); 4],
            [
                Anything,
                Before(&["threads", "actors"], &["event-loop"]),
                Before(&["threads", "actors"], &["event-loop"]),
                Before(&["threads", "actors"], &["event-loop"]),
            ],
            [Lines("A1 B1 C1 A2 B2 C2 A3 B3 B4"); 4],
        ],
    ),
    ("gil", &[[Between(0.9, 1.1); 4], [Word("same"), Word("yes"), Word("yes"), Word("yes")], [Between(3.5, 4.05); 4]]),
    (
        "event-loop",
        &[
            [Between(39.0, 60.0); 4],
            [Word("no"); 4],
            [Lines("A1 A2 A3 B1 B2 B3 B4 C1 C2"); 4],
            [These(&["ready", "compute", "block"]); 4],
            [Between(30.0, 110.0); 4],
            [Anything, Word("offload"), Word("offload"), Word("offload")],
        ],
    ),
    (
        "scaling",
        &[
            [UpTo(1), UpTo(2), UpTo(8), UpTo(64)],
            [Between(0.9, 1.1), Between(1.25, 1.4), Between(1.65, 1.85), Between(1.65, 1.85)],
            [Anything; 4], // what sending a task costs
            [Anything; 4], // the bandwidth of memory
            [Anything; 4], // what handing over a cache line costs
            [Anything; 4],
            [Between(1.0, 1.0), Between(2.0, 2.4), Between(7.0, 8.0), Between(7.0, 8.0)],
        ],
    ),
];

/// The expected answer to this question of a chapter on a machine with `cores` cores; questions count from 0.
///
/// # Panics
/// If the question has no row in the table, or the table has no such machine.
pub fn expected(chapter: &str, question: usize, cores: usize) -> Expected {
    let row = TABLE.iter().find(|(name, _)| *name == chapter).and_then(|(_, questions)| questions.get(question));
    let row = row.unwrap_or_else(|| panic!("question {question} of {chapter} has no row in the table"));
    row[CORES.iter().position(|known| *known == cores).expect("the table has such a machine")]
}

/// The guesses to try: all options, points along the axis, some orders, all sets, some curves, and the guess that
/// equals what was measured.
pub fn guesses(question: &Question, report: &Report) -> Vec<Guess> {
    match &question.kind {
        AnswerKind::Pick(options) => options.iter().map(|(word, _)| Guess::Word(word.clone())).collect(),
        AnswerKind::Point(axis) => (0..=200).map(|part| Guess::Number(axis.value(f64::from(part) / 200.0))).collect(),
        AnswerKind::Rank(options) => {
            let words: Vec<_> = options.iter().map(|(word, _)| word.clone()).collect();
            let backwards = words.iter().rev().cloned().collect();
            let measured = match mark(question, &Guess::Order(words.clone()), report).truth {
                Some(Truth::Order(order)) => vec![order],
                _ => Vec::new(),
            };
            [words, backwards].into_iter().chain(measured).map(Guess::Order).collect()
        }
        AnswerKind::Sort(options) => {
            let words: Vec<_> = options.iter().map(|(word, _)| word.clone()).collect();
            // every subset: there are few options
            let sets = (0..1_usize << words.len()).map(|set| {
                let within = words.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
                within.map(|(_, word)| word.clone()).collect()
            });
            sets.map(Guess::Yes).collect()
        }
        AnswerKind::Curve(_) => {
            let measured = match mark(question, &Guess::Curve(Vec::new()), report).truth {
                Some(Truth::Curve(points)) => points.iter().map(|(workers, point)| (*workers, point.value)).collect(),
                _ => vec![(1, 1.0), (2, 1.0)],
            };
            let none = measured.iter().map(|(workers, _)| (*workers, 1.0)).collect();
            let all = measured.iter().map(|(workers, _)| (*workers, *workers as f64)).collect();
            [none, all, measured].map(Guess::Curve).into()
        }
    }
}

/// Whether a guess may be marked right, given the expected answer. `slack` is the factor by which the expected range of
/// a number is widened: 1 for a simulated machine, more for a real one, whose cores are never quite alone.
pub fn may_be_right(question: &Question, guess: &Guess, expected: Expected, slack: f64) -> bool {
    match (expected, guess) {
        (Anything, _) => true,
        (Between(low, high), Guess::Number(number)) => {
            // a measured number may lie at either end of the expected range, and a guess near it is right
            let near = match &question.kind {
                AnswerKind::Point(Axis { scale: AxisScale::Logarithmic, .. }) => 3.0,
                _ => 1.0 / 0.9,
            };
            (low / slack / near..=high * slack * near).contains(&question.unit().whole(*number))
        }
        (Word(word), Guess::Word(guess)) => word == guess,
        (Lines(lines), Guess::Order(order)) => order.join(" ") == lines,
        (These(words), Guess::Yes(guess)) => words == guess,
        (UpTo(cores), Guess::Curve(points)) => points.iter().all(|(workers, value)| {
            let most = (*workers).min(cores) as f64;
            // work that is cut into pieces leaves cores idle at the end, and more of them with more workers
            let low = most * 0.8 / slack;
            *workers == 1 || (low * 0.9..=most * slack * 1.05 / 0.9).contains(value)
        }),
        (Before(first, last), Guess::Order(order)) => {
            let at = |word: &&str| order.iter().position(|own| own == word);
            first.iter().map(at).max() < last.iter().map(at).min()
        }
        _ => false,
    }
}

/// The result of marking all guesses against a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judged {
    /// Whether any guess was marked.
    pub marked: bool,
    /// Whether a guess was marked right that must not be.
    pub contradicts: bool,
    /// How many guesses there are.
    pub guesses: usize,
    /// How many of them were marked right.
    pub right: usize,
}

/// Marks every guess, and compares the marks with the expected answer.
pub fn judge(question: &Question, report: &Report, expected: Expected, slack: f64) -> Judged {
    let all = guesses(question, report);
    let marks = all.iter().map(|guess| (guess, mark(question, guess, report)));
    let mut judged = Judged { guesses: all.len(), ..Judged::default() };
    for (guess, Marked { mark, .. }) in marks {
        judged.marked |= !matches!(mark, Mark::Not(_));
        if mark == Mark::Right {
            judged.right += 1;
            judged.contradicts |= !may_be_right(question, guess, expected, slack);
        }
    }
    judged
}
