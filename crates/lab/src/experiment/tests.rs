//! The URL is the experiment: nothing is lost, and nothing that comes from outside does harm.

use std::collections::HashSet;

use proptest::prelude::*;
use serde_json::json;

use super::{
    ClaimedCores, Experiment, KEYS, Legal, Problem, SAMPLES, Settings, Theme, View, from_query, parse, says_nothing,
    settings, to_query,
};

const CORES: ClaimedCores = ClaimedCores(2);

fn read(query: &str) -> (Experiment, Vec<Problem>) {
    let (experiment, _, problems) = from_query(query, CORES);
    (experiment, problems)
}

/// The shortest query that says this experiment, on a page that looks as it usually does.
fn written(experiment: &Experiment) -> String {
    to_query(experiment, &Settings::default(), CORES)
}

fn ids(experiment: &Experiment) -> Vec<&str> {
    experiment.strategies.iter().map(|strategy| strategy.meta().id).collect()
}

#[test]
fn nothing_said_is_the_default() {
    let default = Experiment::default_for(CORES);
    for nothing in ["", "?", "&&&"] {
        assert_eq!(from_query(nothing, CORES), (default.clone(), Settings::default(), vec![]), "{nothing}");
    }
    assert_eq!(written(&default), "");
    let opening: Vec<_> = strategies::ALL.iter().copied().filter(|strategy| strategy.meta().opening).collect();
    assert_eq!(default.strategies, opening, "not all that there are");
    assert!(opening.len() > 1 && opening.len() < strategies::ALL.len());
    assert!(!default.sweep);
}

#[test]
fn parameters_of_strategies_are_part_of_every_experiment() {
    let (experiment, problems) = read("?slice=20&workload=proxy&release=50&strategies=gil&sweep=1");
    assert_eq!(problems, []);
    let params = &experiment.strategy_params;
    assert_eq!((params.get("release"), params.get("slice"), params.get("interval")), (50, 20, 5_000));
    let query = "workload=proxy&slice=20&release=50&strategies=gil&sweep=1";
    assert_eq!(written(&experiment), query);
    assert_eq!(read(query), (experiment.clone(), vec![]));
    assert_eq!(read("slice=9&workload=primes").0.strategy_params.get("slice"), 9, "whatever the workload");

    let json = experiment.to_json();
    assert_eq!([&json["release"], &json["slice"], &json["sweep"]], [&json!(50), &json!(20), &json!(true)]);
    assert_eq!(Experiment::from_json(&json.into(), CORES), (experiment, vec![]));
}

/// The event loop's pool used to be a parameter; today the loop with processes is a strategy of its own.
#[test]
fn older_links_still_say_what_the_loops_pool_is_made_of() {
    for (query, expected) in [
        ("strategies=offload&pool=processes", &["offload-processes"][..]),
        ("pool=processes&strategies=offload", &["offload-processes"]),
        (
            "pool=processes&workload=proxy&strategies=blocking,%20offload,threads",
            &["blocking", "offload-processes", "threads"],
        ),
        ("strategies=blocking,offload&seed=3&pool=threads", &["blocking", "offload"]),
        ("strategies=threads,offload&pool=threads&pool=processes&", &["threads", "offload-processes"]),
        ("strategies=offload,offload-processes&pool=processes", &["offload-processes"]),
        ("strategies=threads&pool=processes", &["threads"]),
        ("strategies=offload", &["offload"]),
    ] {
        let (experiment, problems) = read(query);
        assert_eq!(ids(&experiment), expected, "{query}");
        let repeated = query.matches("pool").count() - usize::from(query.contains("pool"));
        assert_eq!(problems.len(), repeated, "{query}: {problems:?}");
        assert!(!written(&experiment).contains("pool"), "it is written as it is said today");
        assert_eq!(read(&written(&experiment)), (experiment, vec![]));
    }
    let opening = Experiment::default_for(CORES);
    assert_eq!(read("pool=processes"), (opening, vec![]), "there is no loop in the opening's race");
}

/// The same for older messages and reports, which are JSON.
#[test]
fn older_messages_still_say_what_the_loops_pool_is_made_of() {
    let message = json!({"strategies": ["blocking", "offload"], "pool": "processes", "view": "full", "autorun": false});
    let (experiment, problems) = Experiment::from_json(&message, CORES);
    assert_eq!((ids(&experiment), problems), (vec!["blocking", "offload-processes"], vec![]));
    assert_eq!(experiment.to_json()["strategies"], json!(["blocking", "offload-processes"]));
}

#[test]
fn a_pool_of_something_else_is_nobodys_key() {
    for value in ["1", "", "Threads"] {
        let (experiment, problems) = read(&format!("strategies=offload&pool={value}"));
        assert_eq!(ids(&experiment), ["offload"]);
        assert!(matches!(&problems[..], [Problem::Unknown { key, .. }] if key == "pool"), "{problems:?}");
    }
}

#[test]
fn choices_are_words_everywhere() {
    let (experiment, problems) = read("workload=counter&way=own&padding=off");
    assert_eq!((problems, written(&experiment)), (vec![], "workload=counter&way=own&padding=off".into()));
    assert_eq!(experiment.to_json()["way"], json!("own"));
    assert_eq!(Experiment::from_json(&experiment.to_json().into(), CORES), (experiment, vec![]));
    for value in ["1", "", "Off"] {
        let legal = Legal::OneOf(vec!["on", "off"]);
        let expected = Problem::Illegal { key: "padding", value: value.into(), legal };
        assert_eq!(read(&format!("workload=counter&padding={value}")).1, [expected]);
    }
}

#[test]
fn a_query_sets_what_it_names_in_any_order() {
    let (experiment, settings, problems) =
        from_query("?wait=5&workers=8&strategies=threads,%20blocking,threads&workload=proxy&autorun=1", CORES);
    assert_eq!(problems, []);
    assert_eq!((experiment.workload.info().id, experiment.params.get("wait")), ("proxy", 5));
    assert_eq!((experiment.workers, settings.autorun), (8, true));
    assert_eq!(ids(&experiment), ["threads", "blocking"]);
    let query = to_query(&experiment, &settings, CORES);
    assert_eq!(query, "workload=proxy&wait=5&strategies=threads,blocking&workers=8&autorun=1");
}

/// Settings stand in the same URL, but are no part of the experiment.
#[test]
fn how_the_page_looks_is_no_part_of_the_experiment() {
    let query = "autorun=1&theme=dark&view=embed&chapter=race-2&lang=en-XA";
    let (experiment, settings, problems) = from_query(query, CORES);
    assert_eq!((&experiment, problems), (&Experiment::default_for(CORES), vec![]));
    let (lang, chapter) = (Some("en-XA".into()), Some("race-2".into()));
    assert_eq!(
        settings,
        Settings { view: View::Embed, theme: Theme::Dark, lang, chapter, autorun: true, fresh: false }
    );
    assert_eq!(to_query(&experiment, &settings, CORES), query);
    let json = experiment.to_json();
    assert!(settings::KEYS.iter().all(|key| !json.contains_key(*key)), "a report holds the experiment alone");
}

/// Reserved keys mean nothing yet, and are no mistake.
#[test]
fn reserved_keys_change_nothing() {
    for key in settings::RESERVED {
        let nothing = (Experiment::default_for(CORES), Settings::default(), vec![]);
        assert_eq!(from_query(&format!("{key}=whatever"), CORES), nothing, "{key}");
    }
}

/// The sentences of these problems are tested in `words`.
#[test]
fn what_is_not_legal_is_named_with_what_is() {
    let whole = |least: u64, greatest: u64, unit| {
        let [least, greatest] = [least, greatest].map(|number| number.to_string());
        Legal::Whole { least, greatest, unit }
    };
    let switch = || Legal::OneOf(vec!["1", "0", "true", "false"]);
    let strategies = strategies::ALL.iter().map(|strategy| strategy.meta().id).collect();
    for (query, key, value, legal) in [
        ("workers=9", "workers", "9", whole(1, 8, "")),
        ("workers=", "workers", "", whole(1, 8, "")),
        ("samples=1.5", "samples", "1.5", whole(1, 50, "")),
        ("seed=-1", "seed", "-1", whole(0, u64::MAX, "")),
        ("theme=red", "theme", "red", Legal::OneOf(vec!["auto", "light", "dark"])),
        ("view=", "view", "", Legal::OneOf(vec!["full", "embed"])),
        ("trace=no", "trace", "no", Legal::OneOf(vec!["on", "off"])),
        ("autorun=yes", "autorun", "yes", switch()),
        ("sweep=2", "sweep", "2", switch()),
        ("slice=0", "slice", "0", whole(1, 100, "ms")),
        ("chapter=%F0%9F%98%80", "chapter", "😀", Legal::Chapter(64)),
        ("lang=en_US", "lang", "en_US", Legal::Language),
        ("strategies=threads,,fibres", "strategies", ",fibres", Legal::List(strategies)),
        ("workload=x", "workload", "x", Legal::OneOf(workloads::ALL.iter().map(|known| known.info().id).collect())),
    ] {
        let expected = Problem::Illegal { key, value: value.into(), legal };
        assert_eq!(read(query).1, [expected], "{query}");
    }
    assert_eq!(read("samples=2&samples=3").1, [Problem::Repeated { key: "samples".into() }]);
    let own = ["size", "iterations", "slice", "interval", "release"];
    let legal = KEYS.into_iter().chain(settings::KEYS).chain(own).collect();
    assert_eq!(read("speed=1").1, [Problem::Unknown { key: "speed".into(), legal }]);
}

#[test]
fn keys_that_are_nobodys_raise_no_alarm_unless_they_are_nearly_ours() {
    for nobodys in ["utm_source=x&utm_source=y", "fbclid=1", "ref=talk", "sed=1", "😀=1", "=", "worksheet=1"] {
        assert_eq!(read(nobodys), (Experiment::default_for(CORES), vec![]), "{nobodys}");
        assert!(says_nothing(nobodys) && says_nothing(&format!("?{nobodys}")), "{nobodys}");
        assert!(!says_nothing(&format!("{nobodys}&theme=dark")), "{nobodys}");
    }
    assert!(says_nothing("") && says_nothing("?"));
    // of another workload, and misspelt: two letters wrong, one missing, one too many, two in the wrong order
    for ours in ["operations", "wokrers", "worker", "sampless", "stratgeies", "iteration"] {
        let problems = read(&format!("{ours}=1")).1;
        assert!(matches!(&problems[..], [Problem::Unknown { key, .. }] if key == ours), "{ours}: {problems:?}");
    }
    let (_, problems) = Experiment::from_json(&json!({"utm_source": 1}), CORES);
    assert!(matches!(&problems[..], [Problem::Unknown { .. }]), "a message was written for us: {problems:?}");
}

#[test]
fn what_ends_the_sentence_around_a_link_is_no_part_of_it() {
    for end in [")", ".", "),", ").", "\">", "!", "]"] {
        for link in ["workload=primes&workers=2", "strategies=threads%2Cblocking"] {
            let (experiment, problems) = read(&format!("{link}{end}"));
            assert_eq!((experiment, problems), read(link), "{link}{end}");
            assert_eq!(read(link).1, [], "{link}");
        }
    }
}

#[test]
fn the_rest_still_applies() {
    let (experiment, problems) = read("workers=99&samples=3&strategies=fibres,threads&size=7&size=100");
    assert_eq!((experiment.workers, experiment.samples, experiment.params.get("size")), (2, 3, 100));
    assert_eq!(ids(&experiment), ["threads"]);
    assert_eq!(problems.len(), 3);
    assert_eq!(read("strategies=fibres").0.strategies, Experiment::default_for(CORES).strategies);
}

#[test]
fn workloads_and_strategies_leave_the_common_keys_alone() {
    let taken: HashSet<_> = KEYS.into_iter().chain(settings::KEYS).chain(settings::RESERVED).chain(["pool"]).collect();
    let workloads = workloads::ALL.iter().map(|workload| (workload.info().id, workload.info().params));
    let strategies = strategies::ALL.iter().map(|strategy| (strategy.meta().id, strategy.meta().params));
    for (id, params) in workloads.chain(strategies) {
        assert!(params.iter().all(|param| !taken.contains(param.key)), "{id}");
    }
}

#[test]
fn messages_say_the_same_in_json() {
    let message = json!({"workload": "proxy", "size": 25, "strategies": ["event-loop", "threads"], "workers": 2.0,
        "seed": "18446744073709551615", "autorun": true, "chapter": null});
    let (experiment, problems) = Experiment::from_json(&message, CORES);
    assert_eq!(problems, []);
    assert_eq!((experiment.params.get("size"), experiment.workers, experiment.seed), (25, 2, u64::MAX));
    assert_eq!(experiment.to_json()["seed"], json!("18446744073709551615"));
    assert_eq!(experiment.to_json()["size"], json!(25));
    let whole = |least: &str, greatest: &str| Legal::Whole { least: least.into(), greatest: greatest.into(), unit: "" };
    let illegal = |key, value: &str, legal| Problem::Illegal { key, value: value.into(), legal };
    for (odd, problem) in [
        (json!([1]), Problem::Shapeless { value: "[1]".into() }),
        (json!({"workers": {"a": []}}), illegal("workers", r#"{"a":[]}"#, whole("1", "8"))),
        (json!({"samples": 1.5}), illegal("samples", "1.5", whole("1", "50"))),
    ] {
        assert_eq!(Experiment::from_json(&odd, CORES).1, [problem]);
    }
}

/// Queries that are nearly right: known keys and values, and noise.
fn query() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        4 => prop::sample::select([&KEYS[..], &settings::KEYS, &settings::RESERVED].concat()).prop_map(str::to_owned),
        2 => "size|iterations|wait|pool|slice|way",
        1 => ".*",
    ];
    let value = prop_oneof![
        prop::sample::select(vec![
            "1",
            "3",
            "8",
            "true",
            "off",
            "dark",
            "embed",
            "proxy",
            "hash-chain",
            "threads,blocking",
            "offload,offload-processes",
            "threads",
            "processes",
            "own",
            "counter",
            "race"
        ])
        .prop_map(str::to_owned),
        any::<u64>().prop_map(|number| number.to_string()),
        ".*"
    ];
    prop::collection::vec((key, value), 0..12)
        .prop_map(|pairs| pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&"))
}

/// Work that is shown with four workers, and with other strategies than the opening's.
#[test]
fn picking_a_workload_sets_what_it_is_shown_with_and_gives_that_up_again() {
    let find = |id| workloads::find(id).unwrap();
    let activity = read("workers=3&samples=5").0.picking(find("activity"), CORES);
    assert_eq!((activity.params.get("time"), activity.workers, activity.samples), (500, 4, 5));
    assert_eq!(ids(&activity), ["blocking", "event-loop", "threads", "processes", "gil"]);
    let proxy = activity.clone().picking(find("proxy"), CORES);
    assert_eq!((proxy.params.get("size"), proxy.workers, proxy.samples), (25, 2, 5));
    assert_eq!(proxy.strategies, Experiment::opening(CORES).strategies);
    let chosen = Experiment { workers: 8, ..activity };
    assert_eq!(chosen.picking(find("proxy"), CORES).workers, 8, "a choice stays");
}

#[test]
fn toggling_keeps_the_pages_order_and_the_last_one() {
    let find = |id| strategies::find(id).expect("registered");
    let one = read("strategies=threads").0;
    let two = one.clone().toggling(find("blocking"));
    assert_eq!(ids(&two), ["blocking", "threads"]);
    assert_eq!(ids(&two.toggling(find("blocking"))), ["threads"]);
    assert_eq!(ids(&one.toggling(find("threads"))), ["threads"], "something is to run");
}

#[test]
fn a_sweep_adds_what_does_not_scale_and_goes_past_the_cores() {
    let wide = Experiment::opening(CORES).widened(true, CORES);
    assert_eq!((wide.sweep, wide.workers), (true, 4));
    assert!(ids(&wide).contains(&"gil"));
    assert_eq!(wide.narrowed(true, CORES), Experiment::opening(CORES), "and gives it up again");
    let unshared = Experiment::opening(CORES).widened(false, CORES);
    assert_eq!(unshared.strategies, Experiment::opening(CORES).strategies, "a lock needs shared memory");
    let chosen = read("workers=3&strategies=processes").0.widened(true, CORES);
    assert_eq!((chosen.workers, ids(&chosen)), (3, vec!["processes", "gil"]), "a choice stays");
    let narrowed = chosen.narrowed(true, CORES);
    assert_eq!((narrowed.workers, ids(&narrowed)), (3, vec!["processes", "gil"]), "nobody knows who chose what");
}

#[test]
fn what_a_workload_is_shown_with_is_legal() {
    for workload in workloads::ALL {
        let pairs = workload.demo().iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned()));
        let (.., problems) = parse(pairs, CORES);
        assert_eq!(problems, [], "{}", workload.info().id);
    }
}

fn legal(experiment: &Experiment) -> bool {
    let distinct: HashSet<_> = ids(experiment).into_iter().collect();
    CORES.workers().contains(&experiment.workers)
        && SAMPLES.contains(&experiment.samples)
        && !experiment.strategies.is_empty()
        && distinct.len() == experiment.strategies.len()
}

proptest! {
    #[test]
    fn reading_is_total_and_what_was_read_can_be_written(query in prop_oneof![query(), ".*"]) {
        let (experiment, settings, _) = from_query(&query, CORES);
        prop_assert!(legal(&experiment));
        let again = from_query(&to_query(&experiment, &settings, CORES), CORES);
        prop_assert_eq!(again, (experiment.clone(), settings, vec![]));
        let again = Experiment::from_json(&experiment.to_json().into(), CORES);
        prop_assert_eq!(again, (experiment, vec![]));
    }

    #[test]
    fn bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let query: String = bytes.iter().map(|byte| format!("%{byte:02x}")).collect();
        from_query(&query, CORES);
        from_query(&String::from_utf8_lossy(&bytes), CORES);
    }

    #[test]
    fn any_machine_has_legal_defaults(claimed_cores in any::<usize>()) {
        let cores = ClaimedCores(claimed_cores);
        prop_assert!(cores.workers().contains(&Experiment::default_for(cores).workers));
    }
}
