//! The URL is the experiment: nothing is lost, and nothing that comes from outside does harm.

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// A number and a choice, as strategies have them.
static SETTINGS: [Param; 2] = [
    Param { key: "slice", label: "Slice", unit: "ms", min: 1, max: 100, default: 5, demo: 5, ..Param::NUMBER },
    Param::choice("pool", "Pool", &["threads", "processes"]),
];

fn catalogue() -> Catalogue {
    Catalogue {
        strategies: vec!["blocking", "event-loop", "threads", "processes", "offload"],
        opening: vec!["blocking", "event-loop", "threads"],
        settings: &SETTINGS,
        claimed_cores: 2,
    }
}

fn read(query: &str) -> (Experiment, Vec<String>) {
    let (experiment, problems) = Experiment::from_query(query, &catalogue());
    (experiment, problems.iter().map(Problem::to_string).collect())
}

#[test]
fn nothing_said_is_the_default() {
    for nothing in ["", "?", "&&&"] {
        assert_eq!(read(nothing), (Experiment::default_for(&catalogue()), vec![]), "{nothing}");
    }
    let default = Experiment::default_for(&catalogue());
    assert_eq!(default.to_query(&catalogue()), "");
    assert_eq!(default.strategies, catalogue().opening, "not all that there are");
    assert!(!default.sweep);
}

#[test]
fn settings_of_strategies_are_part_of_every_experiment() {
    let (experiment, problems) = read("?pool=processes&slice=20&workload=proxy&strategies=offload&sweep=1");
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!((experiment.settings.get("pool"), experiment.settings.get("slice")), (1, 20));
    let query = "workload=proxy&slice=20&pool=processes&strategies=offload&sweep=1";
    assert_eq!(experiment.to_query(&catalogue()), query);
    assert_eq!(read(query), (experiment.clone(), vec![]));
    assert_eq!(read("pool=processes&workload=primes").0.settings.get("pool"), 1, "whatever the workload");

    let json = experiment.to_json();
    assert_eq!([&json["pool"], &json["slice"], &json["sweep"]], [&json!("processes"), &json!(20), &json!(true)]);
    assert_eq!(Experiment::from_json(&json.into(), &catalogue()), (experiment, vec![]));
}

#[test]
fn choices_are_words_everywhere() {
    let (experiment, problems) = read("workload=counter&way=own&padding=off");
    assert_eq!((problems, experiment.to_query(&catalogue())), (vec![], "workload=counter&way=own&padding=off".into()));
    assert_eq!(experiment.to_json()["way"], json!("own"));
    assert_eq!(Experiment::from_json(&experiment.to_json().into(), &catalogue()), (experiment, vec![]));
    for illegal in ["pool=1", "pool=", "pool=Threads"] {
        let value = illegal.trim_start_matches("pool=");
        assert_eq!(read(illegal).1, [format!("The setting pool cannot be “{value}”; it can be threads, processes.")]);
    }
}

#[test]
fn a_query_sets_what_it_names_in_any_order() {
    let (experiment, problems) =
        read("?wait=5&workers=8&strategies=threads,%20blocking,threads&workload=proxy&autorun=1");
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!((experiment.workload.info().id, experiment.params.get("wait")), ("proxy", 5));
    assert_eq!((experiment.workers, experiment.autorun), (8, true));
    assert_eq!(experiment.strategies, ["threads", "blocking"]);
    let query = experiment.to_query(&catalogue());
    assert_eq!(query, "workload=proxy&wait=5&strategies=threads,blocking&workers=8&autorun=1");
}

#[test]
fn what_is_not_legal_is_named_with_what_is() {
    let cases = [
        ("workers=9", "The setting workers cannot be “9”; it can be a whole number from 1 to 8."),
        ("workers=", "The setting workers cannot be “”; it can be a whole number from 1 to 8."),
        ("seed=-1", "The setting seed cannot be “-1”; it can be a whole number from 0 to 18446744073709551615."),
        ("theme=red", "The setting theme cannot be “red”; it can be auto, light, dark."),
        ("autorun=yes", "The setting autorun cannot be “yes”; it can be 1, 0, true, false."),
        ("sweep=2", "The setting sweep cannot be “2”; it can be 1, 0, true, false."),
        ("slice=0", "The setting slice cannot be “0”; it can be a whole number from 1 to 100 (ms)."),
        ("samples=2&samples=3", "The setting “samples” is given more than once; the last one counts."),
        (
            "chapter=%F0%9F%98%80",
            "The setting chapter cannot be “😀”; it can be up to 64 lower case letters, digits \
             and hyphens.",
        ),
        (
            "strategies=threads,fibres,",
            "The setting strategies cannot be “fibres,”; it can be a comma list of blocking, event-loop, \
             threads, processes, offload.",
        ),
        (
            "speed=1",
            "There is no setting “speed”; the settings are workload, strategies, workers, samples, sweep, seed, autorun, \
             theme, view, chapter, trace, size, iterations, slice, pool.",
        ),
    ];
    for (query, sentence) in cases {
        assert_eq!(read(query).1, [sentence], "{query}");
    }
    let workloads: Vec<_> = workloads::ALL.iter().map(|workload| workload.info().id).collect();
    let sentence = format!("The setting workload cannot be “x”; it can be {}.", workloads.join(", "));
    assert_eq!(read("workload=x").1, [sentence]);
}

#[test]
fn the_rest_still_applies() {
    let (experiment, problems) = read("workers=99&samples=3&strategies=fibres,threads&size=7&size=100");
    assert_eq!((experiment.workers, experiment.samples, experiment.params.get("size")), (2, 3, 100));
    assert_eq!(experiment.strategies, ["threads"]);
    assert_eq!(problems.len(), 3);
    assert_eq!(read("strategies=fibres").0.strategies, catalogue().opening);
}

#[test]
fn foreign_text_is_shown_short_and_visible() {
    let long = format!("theme={}", "x".repeat(10_000));
    assert!(read(&long).1[0].len() < 200);
    assert!(read("theme=a%E2%80%AEb%00").1[0].contains(r"“a\u{202e}b\0”"));
}

#[test]
fn workloads_leave_the_common_keys_alone() {
    for workload in workloads::ALL {
        let info = workload.info();
        assert!(info.params.iter().all(|param| !KEYS.contains(&param.key)), "{}", info.id);
    }
}

#[test]
fn messages_say_the_same_in_json() {
    let message = json!({"workload": "proxy", "size": 25, "strategies": ["event-loop", "threads"], "workers": 2.0,
        "seed": "18446744073709551615", "autorun": true, "chapter": null});
    let (experiment, problems) = Experiment::from_json(&message, &catalogue());
    assert_eq!(problems, []);
    assert_eq!((experiment.params.get("size"), experiment.workers, experiment.seed), (25, 2, u64::MAX));
    assert_eq!(experiment.to_json()["seed"], json!("18446744073709551615"));
    assert_eq!(experiment.to_json()["size"], json!(25));
    for (odd, said) in [
        (json!([1]), "An experiment is a set of named settings, not “[1]”."),
        (
            json!({"workers": {"a": []}}),
            "The setting workers cannot be “{\\\"a\\\":[]}”; it can be a whole number \
             from 1 to 8.",
        ),
        (json!({"samples": 1.5}), "The setting samples cannot be “1.5”; it can be a whole number from 1 to 50."),
    ] {
        assert_eq!(Experiment::from_json(&odd, &catalogue()).1[0].to_string(), said);
    }
}

/// Queries that are nearly right: known keys and values, and noise.
fn query() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        4 => prop::sample::select(KEYS.to_vec()).prop_map(str::to_owned),
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

/// Work that is shown with four workers, as far as the catalogue knows what else it is shown with.
#[test]
fn picking_a_workload_sets_what_it_is_shown_with_and_gives_that_up_again() {
    let find = |id| workloads::find(id).unwrap();
    let activity = read("workers=3&samples=5").0.picking(find("activity"), &catalogue());
    assert_eq!((activity.params.get("time"), activity.workers, activity.samples), (500, 4, 5));
    let proxy = activity.clone().picking(find("proxy"), &catalogue());
    assert_eq!((proxy.params.get("size"), proxy.workers, proxy.samples), (25, 2, 5));
    let chosen = Experiment { workers: 8, ..activity };
    assert_eq!(chosen.picking(find("proxy"), &catalogue()).workers, 8, "a choice stays");
}

fn legal(experiment: &Experiment) -> bool {
    let catalogue = catalogue();
    let distinct: std::collections::HashSet<_> = experiment.strategies.iter().collect();
    catalogue.workers().contains(&experiment.workers)
        && SAMPLES.contains(&experiment.samples)
        && !experiment.strategies.is_empty()
        && distinct.len() == experiment.strategies.len()
}

proptest! {
    #[test]
    fn reading_is_total_and_what_was_read_can_be_written(query in prop_oneof![query(), ".*"]) {
        let (experiment, problems) = Experiment::from_query(&query, &catalogue());
        prop_assert!(legal(&experiment));
        prop_assert!(problems.iter().all(|problem| problem.to_string().ends_with('.')));
        let again = Experiment::from_query(&experiment.to_query(&catalogue()), &catalogue());
        prop_assert_eq!(again, (experiment.clone(), vec![]));
        let again = Experiment::from_json(&experiment.to_json().into(), &catalogue());
        prop_assert_eq!(again, (experiment, vec![]));
    }

    #[test]
    fn bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let query: String = bytes.iter().map(|byte| format!("%{byte:02x}")).collect();
        Experiment::from_query(&query, &catalogue());
        Experiment::from_query(&String::from_utf8_lossy(&bytes), &catalogue());
    }

    #[test]
    fn any_machine_has_legal_defaults(claimed_cores in any::<usize>()) {
        let catalogue = Catalogue { claimed_cores, ..catalogue() };
        prop_assert!(catalogue.workers().contains(&Experiment::default_for(&catalogue).workers));
    }
}
