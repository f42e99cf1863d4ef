//! Replies in parts: a process that works on one order for long shows that it is alive, and what it does.

use std::cell::RefCell;
use std::sync::Mutex;
use std::time::Duration;

use strategies::trace::{Clock, SPANS_PER_LANE, STEPS_WORD, Span, Stamp};
use strategies::{Account, Host, Memory, Mode, Order, OrderServer, Pending, Process, Reply, World};
use workloads::SharedBytes;

use testkit::made::{Act::*, Made};
use testkit::{REAL, Setup, TimersOnly, strategy, variants};

/// Time that passes only while something waits. Each test that uses it has its own thread, and so its own time.
struct Passing;

thread_local! {
    static NOW: RefCell<Stamp> = const { RefCell::new(0.0) };
}

impl Clock for Passing {
    fn now(&self) -> Stamp {
        NOW.with_borrow(|now| *now)
    }
}

fn pass(duration: Duration) {
    NOW.with_borrow_mut(|now| *now += duration.as_secs_f64() * 1000.0);
}

impl Host for Passing {
    fn sleep(&self, duration: Duration) -> Pending<'_, ()> {
        pass(duration);
        Box::pin(async {})
    }

    fn give_way(&self) -> Pending<'_, ()> {
        unreachable!("nobody else wants a process's thread")
    }

    fn processes(&self) -> &[Box<dyn Process>] {
        &[]
    }
}

const WAITING: World<'static> = World::Real { clock: &Passing, block: pass };

/// The parts of the reply to an order of all tasks of `made`, each with the time at which it was sent.
fn parts(made: &'static Made, mode: Mode, world: World<'static>, host: &dyn Host) -> Vec<(Stamp, Reply)> {
    let tasks = 0..made.job().workload.phases(&made.job().params)[0] as u32;
    let inputs = vec![Vec::<SharedBytes>::new(); tasks.len()];
    let (sent, epoch) = (world.now(), world.now());
    let order = Order {
        mode,
        phase: 0,
        tasks: tasks.collect(),
        number: 0,
        sent,
        epoch,
        begun: 0.0,
        traced: true,
        slack: None,
        account: Account::default(),
        inputs,
    };
    let told = Mutex::new(Vec::new());
    let tell = |part| told.lock().expect("nobody panics").push((world.now() - epoch, part));
    tell(pollster::block_on(OrderServer::new(made.job(), SPANS_PER_LANE).serve(&order, world, host, Some(&tell))));
    told.into_inner().expect("nobody panics")
}

/// All parts, put together.
fn whole(parts: Vec<(Stamp, Reply)>) -> Reply {
    let mut whole = Reply::default();
    parts.into_iter().for_each(|(_, part)| whole.add(part));
    whole
}

fn lasting(reply: &Reply) -> Vec<Span> {
    reply.spans.iter().filter(|span| span.length() > 0).copied().collect()
}

#[test]
fn waits_that_block_are_told_of_one_by_one() {
    let made = Made::tasks(vec![vec![Wait(60), Spin(0)]; 5]);
    let parts = parts(made, Mode::InTurn, WAITING, &Passing);
    let told: Vec<_> = parts.iter().map(|(time, part)| (time.round(), &part.done[..], part.more)).collect();
    assert_eq!(told, [(120.0, &[0][..], true), (240.0, &[1, 2], true), (300.0, &[3, 4], false)]);
    let waits: Vec<_> = lasting(&whole(parts)).iter().map(|span| (span.task, span.start, span.end)).collect();
    assert_eq!(waits, (0..5).map(|task| (task, task * 60_000, (task + 1) * 60_000)).collect::<Vec<_>>());
}

#[test]
fn a_loop_whose_tasks_all_wait_shows_that_it_is_alive() {
    let made = Made::tasks(vec![vec![Wait(450), Spin(0)]; 3]);
    let parts = parts(made, Mode::Interleaved, WAITING, &Passing);
    let told: Vec<_> = parts.iter().map(|(time, part)| (time.round(), part.done.len())).collect();
    assert_eq!(told, [(100.0, 0), (200.0, 0), (300.0, 0), (400.0, 0), (450.0, 3)]);
}

#[test]
fn work_that_never_waits_is_told_of_too() {
    for mode in [Mode::InTurn, Mode::Interleaved, Mode::Advance] {
        let made = Made::tasks(vec![vec![Spin(1000); 300]]);
        let parts = parts(made, mode, REAL, &TimersOnly);
        assert!(parts.len() > 1, "{mode:?}: 300 ms in one piece");
        let computed: u32 = lasting(&whole(parts)).iter().map(Span::length).sum();
        assert!(computed >= 300_000, "{mode:?}: {computed} µs of 300 ms were told of");
    }
}

#[test]
fn short_orders_are_answered_in_one_piece() {
    let made = Made::tasks(vec![vec![Wait(9), Spin(0)]; 11]);
    assert_eq!(parts(made, Mode::InTurn, WAITING, &Passing).len(), 1);
}

/// Spans that a lane's buffer would not hold are counted, and do not cross.
#[test]
fn all_parts_together_tell_as_many_spans_as_a_lane_holds() {
    let made = Made::tasks(vec![vec![Wait(1), Spin(0)]; SPANS_PER_LANE]);
    let parts = parts(made, Mode::InTurn, WAITING, &Passing);
    let recorded = 1 + 3 * SPANS_PER_LANE + parts.len() - 1; // the way here, computing twice and waiting, and reporting
    let reply = whole(parts);
    assert_eq!((reply.spans.len(), reply.lost as usize), (SPANS_PER_LANE, recorded - SPANS_PER_LANE));
    assert_eq!(reply.done.len(), SPANS_PER_LANE);
}

#[test]
fn parts_make_up_the_same_sample() {
    for id in ["processes", "actors", "offload-processes"] {
        let made = Made::tasks((1..=4).map(|task| vec![Spin(1000); task * 60]).collect());
        let sample = Setup { workers: 2, ..Setup::new(made.job()) }.perform(id);
        assert_eq!((sample.digest(), made.did().len()), ("10", 600), "{id}");
        for (lane, (spans, lost)) in sample.lanes.iter().enumerate() {
            let in_order = spans.is_sorted_by(|one, next| one.end <= next.start);
            assert!(in_order && *lost == 0, "{id}, lane {lane}: {spans:?}");
        }
    }
}

/// Where memory is shared the page looks at the lanes themselves.
#[test]
fn every_step_is_a_sign_of_life_recorded_or_not() {
    for (id, strategy_params) in variants() {
        for traced in [true, false] {
            let made = Made::tasks(vec![vec![Spin(1), Wait(1), Spin(1)]; 9]);
            let sample =
                Setup { strategy_params: strategy_params.clone(), traced, ..Setup::new(made.job()) }.perform(id);
            let steps: u32 = sample.headers.iter().map(|header| header[STEPS_WORD]).sum();
            let isolated = strategy(id).meta().memory == Memory::Isolated;
            assert_eq!(steps, if isolated { 0 } else { 27 }, "{id}");
        }
    }
}
