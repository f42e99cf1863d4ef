//! What workloads and strategies say of themselves, as it stands in sentences and beside sliders.

use words::amount;
use workloads::Param;

#[test]
fn teams_are_told_with_their_number() {
    for (id, workers, said) in [
        ("blocking", 1, "blocking"),
        ("event-loop", 1, "the event loop"),
        ("threads", 1, "one thread"),
        ("threads", 13, "13 threads"),
        ("processes", 2, "two processes"),
        ("gil", 2, "two threads with a GIL"),
        ("actors", 12, "twelve actors"),
        ("async-pool", 1, "async on one thread"),
        ("async-pool", 4, "async on four threads"),
        ("offload", 1, "a loop with one thread"),
        ("offload", 2, "a loop with two threads"),
        ("offload-gil", 1, "a loop with one thread and a GIL"),
        ("offload-gil", 2, "a loop with two threads and a GIL"),
        ("offload-processes", 1, "a loop with one process"),
        ("offload-processes", 2, "a loop with two processes"),
        ("fibres", 2, "fibres"), // a file may name what this version does not know
    ] {
        assert_eq!(words::team(id, workers), said);
    }
}

#[test]
fn every_known_answer_is_told_whole() {
    for workload in workloads::ALL {
        let said = words::answer(workload.info(), &workload.known().answer());
        assert!(!said.is_empty() && !said.contains(['{', '}']), "{}: {said}", workload.info().id);
    }
}

#[test]
fn amounts_read_well() {
    let of = |unit, value| amount(&Param { unit, max: u32::MAX, ..Param::NUMBER }, value);
    for (unit, value, said) in [
        ("", 12, "12"),
        ("", 100_000, "100,000"),
        ("ms", 5, "5 ms"),
        ("px", 1_024, "1,024 px"),
        ("µs", 999, "999 µs"),
        ("µs", 1_000, "1 ms"),
        ("µs", 2_500, "2.5 ms"),
        ("thousand", 20, "20,000"),
        ("million", 3, "3,000,000"),
    ] {
        assert_eq!(of(unit, value), said, "{value} {unit}");
    }
    let choice = Param::choice("way", "Way", &["own", "shared"]);
    assert_eq!([amount(&choice, 0), amount(&choice, 1)], ["own", "shared"]);
}
