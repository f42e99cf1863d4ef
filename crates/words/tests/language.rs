//! Every text has a key of its own, can be written into a language's file, and comes from there when that language is
//! set.
//!
//! `www/words/en-XA.tsv` is the pseudo-language's file. When texts have changed, `LANES_WRITE=1 cargo test` writes it anew.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use lab::experiment::{Legal, Problem};
use lab::measure::scaling::{CannotTell, LawParameter};
use lab::report::Unreadable;
use lab::verdict::{PHRASES, RULES};
use strategies::{Failure, Isolation, Loss, WhyUnavailable, WrongAnswer};
use words::{Catalogue, Message, every_text, pseudo, speak};
use workloads::Summary;

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/words/en-XA.tsv")
}

/// What the pseudo-language's file must contain.
fn pseudo_language() -> String {
    Catalogue::write(every_text().into_iter().map(|(key, text)| (key, pseudo(&text))))
}

/// The names in braces.
fn names(pattern: &str) -> BTreeSet<&str> {
    let inside = pattern.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    inside.map(|(name, _)| name.split('?').next().expect("a split has a first part")).collect()
}

#[test]
fn the_pseudo_languages_file_is_up_to_date() {
    let expected = pseudo_language();
    if std::env::var_os("LANES_WRITE").is_some_and(|value| value == "1") {
        fs::write(file(), &expected).expect("the folder is there");
    }
    let there = fs::read_to_string(file()).unwrap_or_default();
    let lines = |file: &str| file.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let (old, new) = (lines(&there), lines(&expected));
    let stale: Vec<_> = old.symmetric_difference(&new).take(5).collect();
    assert!(there == expected, "LANES_WRITE=1 cargo test writes {}; it differs in {stale:?} ...", file().display());
}

#[test]
fn every_key_is_one_texts_own() {
    let keys: HashSet<_> = Message::all().map(|message| message.key).collect();
    let same = |one: &&Message| Message::all().filter(|other| other.key == one.key).count() > 1;
    let twice: Vec<_> = Message::all().filter(same).collect();
    assert!(twice.is_empty(), "messages of the same key: {twice:?}");
    let forms: Vec<_> = RULES.iter().flat_map(|rule| rule.says()).map(|(form, _)| *form).collect();
    let distinct: HashSet<_> = forms.iter().collect();
    assert_eq!(distinct.len(), forms.len(), "two rules have the same form: {forms:?}");
    let phrases: HashSet<_> = PHRASES.iter().map(|(form, _)| *form).collect();
    assert_eq!(phrases.len(), PHRASES.len());
    let texts = every_text();
    let of_kind = |kind: &str| texts.keys().filter(|key| key.starts_with(kind)).count();
    assert_eq!((of_kind("rule."), of_kind("phrase.")), (forms.len(), phrases.len()));
    assert_eq!(texts.keys().filter(|key| !key.contains('.')).count(), keys.len(), "messages have no dot");
}

/// A rule's forms are its name, or begin with it; the name of a rule never changes.
#[test]
fn every_form_is_named_after_what_it_says() {
    let plain = |form: &str| form.bytes().all(|byte| byte.is_ascii_lowercase() || b"-/".contains(&byte));
    for (form, english) in RULES.iter().flat_map(|rule| rule.says()).chain(PHRASES) {
        assert!(plain(form) && form.matches('/').count() <= 1, "{form}");
        assert!(!english.ends_with('.'), "{form}: the full stop is added");
    }
}

#[test]
fn every_text_fits_into_a_line_and_names_nothing_by_halves() {
    for (key, text) in every_text() {
        assert!(!text.is_empty() && !text.contains(['\t', '\n', '\r']), "{key}: {text:?}");
        assert!(!key.is_empty() && !key.contains(['\t', '\n', '\r']), "{key:?}");
        assert_eq!(text.matches('{').count(), text.matches('}').count(), "{key}: {text}");
        assert!(names(&text).iter().all(|name| !name.is_empty()), "{key}: {text}");
    }
}

#[test]
fn the_pseudo_language_keeps_what_is_filled_in() {
    for (key, text) in every_text() {
        let told = pseudo(&text);
        assert_eq!(names(&told), names(&text), "{key}");
        assert!(told.starts_with('[') && told.ends_with(']'), "{key}");
    }
}

#[test]
fn what_was_written_is_read() {
    let texts = every_text();
    let read = Catalogue::read(&Catalogue::write(texts.clone().into_iter()));
    assert_ne!(read, Catalogue::default());
    assert_eq!(read, Catalogue::read(&format!("# a remark\n\n{}", Catalogue::write(texts.into_iter()))));
}

/// Checks each sentence in English, where nothing may be left open, and in the pseudo-language, where all is in
/// brackets.
fn check(sentences: impl Fn() -> Vec<String>) {
    speak(None);
    let english = sentences();
    speak(Some(Catalogue::read(&pseudo_language())));
    let told = sentences();
    speak(None);
    assert_eq!(sentences(), english);
    for (english, told) in english.iter().zip(&told) {
        assert!(!english.starts_with('[') && told.starts_with('['), "{told}");
        assert!(!english.contains(['{', '}']) && !told.contains(['{', '}']), "{english} and {told}");
    }
}

/// One loss of each kind.
fn losses() -> Vec<Loss> {
    vec![
        Loss::Silent(20),
        Loss::Late(30),
        Loss::NoScript,
        Loss::Forbidden("worker-src".into()),
        Loss::Ended,
        Loss::Panicked(Some("somewhere".into())),
        Loss::Panicked(None),
        Loss::Status(404),
        Loss::Unreachable,
        Loss::Deadlock,
        Loss::Browser("out of memory.".into()),
    ]
}

const ISOLATIONS: [Isolation; 5] =
    [Isolation::Headers, Isolation::ServiceWorker, Isolation::Unshared, Isolation::Missing, Isolation::Insecure];

/// One failure of each kind.
fn failures() -> Vec<Failure> {
    let mut failures =
        vec![Failure::Cancelled, Failure::NoAnswer(3), Failure::NoClock, Failure::Garbled("pool".into())];
    for why in losses() {
        failures.push(Failure::NotStarted { process: None, why: why.clone() });
        failures.push(Failure::NotStarted { process: Some(0), why: why.clone() });
        failures.push(Failure::NotStarted { process: Some(4), why: why.clone() });
        failures.push(Failure::Lost(why.clone()));
        failures.push(Failure::NoFile { name: "arrays/a.bin".into(), why: why.clone() });
        failures.push(Failure::NoAnalysis(why));
    }
    for isolation in ISOLATIONS {
        for instead in [None, Some("offload-processes".into()), Some("no-such".into())] {
            failures.push(Failure::Unavailable(WhyUnavailable::NoSharedMemory { isolation, instead }));
        }
    }
    failures.push(Failure::Unavailable(WhyUnavailable::NeedsOneMemory("counter".into())));
    for workload in ["counter", "no-such"] {
        failures.push(Failure::WrongAnswer(Box::new(WrongAnswer {
            workload: workload.into(),
            strategy: "threads".into(),
            expected: Summary::new("a").with("increments", 10_u64),
            found: Summary::new("b").with("increments", 9_u64),
        })));
    }
    failures
}

#[test]
fn every_failure_is_told_in_the_language_that_is_spoken() {
    check(|| failures().iter().map(words::failure).collect());
}

#[test]
fn every_other_reason_is_told_in_the_language_that_is_spoken() {
    check(|| ISOLATIONS.into_iter().map(words::isolation).collect());
    let unreadable =
        [Unreadable::NoJson, Unreadable::NoReport, Unreadable::Newer(9), Unreadable::Damaged("at line 1".into())];
    check(|| unreadable.iter().map(words::unreadable).collect());
    let wide = |part| CannotTell::TooWide { part, ci95: [0.0, 0.5] };
    let cannot_tell = [
        CannotTell::TooFewCounts { have: 2, need: 3 },
        CannotTell::OneSample,
        CannotTell::Flat,
        wide(LawParameter::Serial),
        wide(LawParameter::Contention),
        wide(LawParameter::Coherence),
        CannotTell::PoorFit { residual: 0.2, noise: 0.1 },
    ];
    check(|| cannot_tell.into_iter().map(words::cannot_tell).collect());
}

#[test]
fn every_problem_is_told_in_the_language_that_is_spoken() {
    let whole = |unit| Legal::Whole { least: "1".into(), greatest: "8".into(), unit };
    let legal = [
        whole(""),
        whole("ms"),
        Legal::OneOf(vec!["on", "off"]),
        Legal::List(vec!["a", "b"]),
        Legal::Chapter(64),
        Legal::Language,
    ];
    let illegal = legal.into_iter().map(|legal| Problem::Illegal { key: "size", value: "x".into(), legal });
    let others = [
        Problem::Unknown { key: "speed".into(), legal: vec!["size", "seed"] },
        Problem::Repeated { key: "size".into() },
        Problem::Shapeless { value: "[1]".into() },
    ];
    let problems: Vec<_> = illegal.chain(others).collect();
    check(|| problems.iter().map(words::problem).collect());
}

/// That a number was rounded on its way here is said in the language that is set, within its sentence.
#[test]
fn that_a_number_is_not_exact_is_told_in_the_language_that_is_spoken() {
    let problem = || Problem::Illegal { key: "seed", value: "≈9007199254740992".into(), legal: Legal::Language };
    check(|| vec![words::problem(&problem())]);
    speak(Some(Catalogue::read(&pseudo_language())));
    assert!(words::problem(&problem()).contains("[“9007199254740992 (ñ"), "{}", words::problem(&problem()));
    speak(None);
}

/// Units that are words, and have a plural.
#[test]
fn long_times_are_told_in_the_language_that_is_spoken() {
    const DAY: f64 = 86_400.0;
    check(|| [1.0, 2.5, 365.25, 4e6].map(|days| words::scale::human(days * DAY)).into());
    check(|| vec![words::decision::long(9.5 * DAY * 1000.0), words::decision::input_amount("ms", 3.0 * DAY * 1000.0)]);
    assert_eq!([1.0, 365.25].map(|days| words::scale::human(days * DAY)), ["1 day", "1 year"]);
}

/// What plugins say of themselves comes from the language's file, too.
#[test]
fn workloads_and_strategies_are_told_in_the_language_that_is_spoken() {
    for workload in workloads::ALL {
        let (info, known) = (workload.info(), workload.known());
        check(|| vec![words::workload_title(info), words::workload_blurb(info), words::answer(info, &known.answer())]);
        check(|| words::modelled_workload(info).into_iter().chain(words::unit(info)).collect());
        check(|| info.params.iter().map(words::label).collect());
    }
    for strategy in strategies::ALL {
        let meta = strategy.meta();
        check(|| vec![words::strategy_name(meta), words::strategy_line(meta), words::team(meta.id, 2)]);
        check(|| meta.equivalents.iter().map(|same| words::equivalent(meta, same)).collect());
        check(|| words::modelled_strategy(meta).into_iter().chain(meta.params.iter().map(words::label)).collect());
    }
}

/// A report's texts are read by programs: they are English, whatever the page speaks.
#[test]
fn english_can_be_asked_for_and_the_language_comes_back() {
    speak(Some(Catalogue::read(&pseudo_language())));
    assert_eq!(words::in_english(|| words::failure(&Failure::Cancelled)), "The run was cancelled.");
    assert!(words::failure(&Failure::Cancelled).starts_with('['));
    speak(None);
}

/// What a language lacks stays English.
#[test]
fn a_language_without_a_text_says_it_in_english() {
    let some = BTreeMap::from([("NOT_STARTED".to_owned(), "Kein Anfang: {why}.".to_owned())]);
    speak(Some(Catalogue::read(&Catalogue::write(some.into_iter()))));
    let not_started = Failure::NotStarted { process: None, why: Loss::Ended };
    assert_eq!(words::failure(&not_started), "Kein Anfang: it ended without a word.");
    speak(None);
}
