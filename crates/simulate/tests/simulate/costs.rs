//! What things cost on a simulated machine, and where the costs show.

use simulate::{MachineCosts, SimulatedMachine, Simulation};
use strategies::costs::CostId;
use strategies::trace::Cause;

use crate::{computing, rows};
use testkit::Setup;
use testkit::made::{Act, Act::*, Made};

/// Simulates these tasks on two cores, where nothing costs anything but the work and `costs`.
fn on(id: &str, workers: usize, costs: MachineCosts, made: &'static Made) -> Simulation {
    let machine = SimulatedMachine { costs, ..SimulatedMachine::ideal(2) };
    Setup { workers, ..Setup::new(made.job()) }.simulate(id, &machine).expect("nobody cancels")
}

fn tasks(count: usize, ms: u64) -> &'static Made {
    Made::tasks(vec![vec![Work(ms)]; count])
}

#[test]
fn messages_travel_and_the_next_order_waits_at_the_door() {
    let costs = MachineCosts { message_us: 2_000.0, ..MachineCosts::NONE };
    let simulation = on("processes", 1, costs, tasks(3, 5));
    // orders A and B are sent at 0, and C when A's reply is there, at 9
    assert_eq!(computing(&simulation), ["A2-7 B7-12 C12-17"]);
    assert_eq!(rows(&simulation, Cause::Transfer), ["A0-2"], "B and C came while the process was busy");
    assert_eq!(simulation.makespan_ms, 19.0);
    let far = on("processes", 1, MachineCosts { message_us: 10_000.0, ..costs }, tasks(3, 5));
    assert_eq!(computing(&far), ["A10-15 B15-20 C35-40"]);
    assert_eq!(rows(&far, Cause::Transfer), ["A0-10 C25-35"], "sent when A's reply was there, at 25");
    assert_eq!(far.makespan_ms, 50.0);
}

#[test]
fn actors_pay_for_one_message_each_way() {
    let costs = MachineCosts { message_us: 2_000.0, ..MachineCosts::NONE };
    let simulation = on("actors", 2, costs, tasks(4, 5));
    assert_eq!(computing(&simulation), ["A2-7 C7-12", "B2-7 D7-12"]);
    assert_eq!(simulation.makespan_ms, 14.0);
}

/// An answer of a megabyte, whose copying takes 4 ms: 2 by the process, 2 by the receiver.
#[test]
fn each_side_copies_for_half_the_cost() {
    const MB: usize = (1 << 20) - 4;
    let costs = MachineCosts { copy_us_per_mb: 4_000.0, ..MachineCosts::NONE };
    let one = |ms| vec![vec![vec![Work(ms)]; 2]];
    let simulation = on("processes", 2, costs, Made::bulky(MB, one(5)));
    assert_eq!(computing(&simulation), ["A0-5", "B0-5"]);
    assert_eq!(simulation.makespan_ms, 11.0, "both answers at 7, then one after the other");
    // the process reports its copying with its next spans
    let simulation = on("processes", 1, costs, Made::bulky(MB, one(5)));
    assert_eq!(computing(&simulation), ["A0-5 B7-12"]);
    assert_eq!(rows(&simulation, Cause::Transfer), ["A5-7"]);
    // inputs cost the same: two answers go into each of the two tasks of a second phase
    let phases = vec![vec![vec![Work(5)]; 2], vec![vec![Work(1)]; 2]];
    let simulation = on("processes", 2, costs, Made::bulky(MB, phases));
    // until 11 as above; then C's two megabytes are copied out until 15, and D's until 19; each is copied in for 4
    assert_eq!(computing(&simulation), ["A0-5 C19-20", "B0-5 D23-24"]);
    assert_eq!(rows(&simulation, Cause::Transfer), ["A5-7 C11-19", "B5-7 D11-23"]);
}

#[test]
fn only_those_who_share_a_memory_need_not_copy() {
    let costs = MachineCosts { copy_us_per_mb: 4_000.0, ..MachineCosts::NONE };
    for id in ["threads", "gil", "async-pool", "offload", "offload-gil", "event-loop", "blocking"] {
        let simulation = on(id, 2, costs, Made::bulky(1 << 20, vec![vec![vec![Work(5)]]]));
        assert_eq!(simulation.makespan_ms, 5.0, "{id}");
    }
}

#[test]
fn copying_needs_a_core() {
    let costs = MachineCosts { copy_us_per_mb: 8_000.0, ..MachineCosts::NONE };
    let made = Made::bulky((1 << 20) - 4, vec![vec![vec![Work(4)], vec![Work(12)]]]);
    let machine = SimulatedMachine { costs, ..SimulatedMachine::ideal(1) };
    let simulation = Setup { workers: 2, ..Setup::new(made.job()) }.simulate("processes", &machine);
    // A computes until 4, and copies for 4 when B has had its turn; the run worker copies after B's next turn
    let simulation = simulation.expect("nobody cancels");
    assert_eq!(computing(&simulation), ["A0-4", "B4-8 B12-16 B20-24"]);
    assert_eq!(simulation.makespan_ms, 32.0);
}

/// The memory bandwidth is a megabyte in 600 µs.
#[test]
fn those_who_stream_through_memory_share_the_way() {
    let costs = MachineCosts { memory_us_per_mb: 600.0, ..MachineCosts::NONE };
    let simulate = |id, acts: [Act; 2]| on(id, 2, costs, Made::tasks(acts.map(|act| vec![act]).to_vec()));
    let rows = |acts| computing(&simulate("threads", acts));
    assert_eq!(rows([Shift(10, 10), Work(10)]), ["A0-10", "B0-10"], "one alone has room enough");
    assert_eq!(rows([Shift(10, 10), Shift(10, 10)]), ["A0-12", "B0-12"], "two want 1.2 times what there is");
    assert_eq!(rows([Shift(10, 10), Shift(5, 5)]), ["A0-11", "B0-6"], "until 6, when A has done 5");
    assert_eq!(rows([Shift(10, 100), Work(3)]), ["A0-10", "B0-3"], "so it was measured, however that may be");
    assert_eq!(rows([Shift(10, 100), Shift(10, 100)]), ["A0-20", "B0-20"], "two cores are no faster than one");
    assert_eq!(simulate("blocking", [Shift(10, 10), Shift(10, 10)]).makespan_ms, 20.0);
}

#[test]
fn each_task_through_the_pool_costs() {
    let costs = MachineCosts { task_us: 500.0, ..MachineCosts::NONE };
    assert_eq!(computing(&on("threads", 2, costs, tasks(4, 2))), ["A0.5-2.5 C3-5", "B0.5-2.5 D3-5"]);
    assert_eq!(computing(&on("async-pool", 2, costs, tasks(4, 2))), ["A0.5-2.5 C3-5", "B0.5-2.5 D3-5"]);
    assert_eq!(on("blocking", 1, costs, tasks(4, 2)).makespan_ms, 8.0);
}

#[test]
fn a_change_that_others_wait_for_takes_its_time() {
    let costs = MachineCosts { handover_us: 1_000.0, ..MachineCosts::NONE };
    let simulation = on("offload", 2, costs, tasks(3, 5));
    // out at 1, and back at 7; a thread that is awake anyway takes the next task without waiting
    assert_eq!(computing(&simulation), ["", "A1-6 C6-11", "B1-6"]);
    assert_eq!(simulation.makespan_ms, 13.0, "the loop knows at 12, and its pool at 13");
}

#[test]
fn starting_is_told_apart() {
    let costs = MachineCosts { thread_start_us: 1_500.0, process_start_us: 20_000.0, ..MachineCosts::NONE };
    for (id, startup) in [("blocking", 0.0), ("event-loop", 0.0), ("threads", 6.0), ("gil", 6.0), ("processes", 80.0)] {
        let simulation = on(id, 4, costs, tasks(1, 5));
        assert_eq!((simulation.startup_ms, simulation.makespan_ms), (startup, 5.0), "{id}");
    }
}

#[test]
fn measured_costs_stand_where_there_are_any() {
    assert_eq!(MachineCosts::measured(|_| None), MachineCosts::default());
    let measured = |id| match id {
        CostId::ThreadStart => Some(1.0),
        CostId::ProcessStart => Some(2.0),
        CostId::MessageEmpty => Some(60.0),
        CostId::MessageCopied => Some(860.0),
        CostId::YieldMessage => Some(5.0),
        CostId::Handover => Some(6.0),
        CostId::Task => Some(0.25),
        CostId::Memory => Some(24.0),
        _ => None,
    };
    let expected = MachineCosts {
        thread_start_us: 1.0,
        process_start_us: 2.0,
        message_us: 30.0,
        copy_us_per_mb: 400.0,
        memory_us_per_mb: 24.0,
        yield_us: 5.0,
        handover_us: 6.0,
        task_us: 0.25,
    };
    assert_eq!(MachineCosts::measured(measured), expected);
    assert_eq!(MachineCosts::measured(|id| (id == CostId::MessageCopied).then_some(10.0)).copy_us_per_mb, 0.0);
}

#[test]
fn senseless_machines_do_no_harm() {
    let odd = [f64::NAN, -1.0, f64::INFINITY];
    for cost in odd {
        let work: Vec<Vec<Act>> = vec![vec![Work(1), Wait(1), Shift(1, 1)]; 3];
        let costs =
            MachineCosts { task_us: cost, handover_us: cost, message_us: cost, yield_us: cost, ..MachineCosts::NONE };
        let costs = MachineCosts { memory_us_per_mb: cost, ..costs };
        let machine = SimulatedMachine { cores: 0, quantum_ms: cost, costs };
        for id in ["threads", "processes", "gil", "actors", "event-loop", "async-pool", "offload-gil"] {
            let setup = Setup { workers: 0, ..Setup::new(Made::tasks(work.clone()).job()) };
            setup.simulate(id, &machine).expect("it ends");
        }
    }
}
