//! Orders and replies: how tasks are shared out to processes, what becomes of a bad order, and what is recorded of the
//! way.

use std::cell::{Cell, RefCell};
use std::future::{pending, ready};
use std::rc::Rc;
use std::sync::Mutex;
use std::time::Duration;

use strategies::trace::{Cause, Clock, SPANS_PER_LANE, STEPS_WORD, Stamp};
use strategies::{Account, Failure, Loss, Mode, Order, OrderServer, Reply, World};
use workloads::SharedBytes;

use testkit::made::{Act::*, Made};
use testkit::process::{acted, turn};
use testkit::{Setup, TimersOnly, known_job};

/// Answers of four bytes to an order, as made-up tasks give.
fn answered(order: &Order) -> Reply {
    let done: Vec<_> = order.tasks.iter().map(|task| order.number + task).collect();
    Reply { answers: vec![vec![0; 4]; done.len()], done, ..Reply::default() }
}

fn tasks(count: usize) -> &'static Made {
    Made::tasks(vec![vec![Spin(1)]; count])
}

#[test]
fn a_lost_process_fails_the_sample_though_another_never_answers() {
    for id in ["processes", "actors", "offload-processes"] {
        let orders = Cell::new(0);
        let dying = acted(move |order: Order| {
            orders.set(orders.get() + 1);
            let lost = Err(Failure::Lost(Loss::Ended));
            let outcome = if id == "actors" || orders.get() == 2 { lost } else { Ok(answered(&order)) };
            ready(outcome)
        });
        let processes = Some(vec![acted(|_| pending()), dying]);
        let sample = Setup { processes, ..Setup::new(tasks(40).job()) }.perform(id);
        assert_eq!(sample.outcome, Err(Failure::Lost(Loss::Ended)), "{id}");
    }
}

#[test]
fn a_process_that_leaves_answers_out_is_found_out() {
    let process = acted(|order| {
        let mut reply = answered(&order);
        let kept = if order.tasks[0] == 0 { 2 } else { usize::MAX };
        reply.answers.truncate(kept);
        reply.done.truncate(kept);
        ready(Ok(reply))
    });
    let sample = Setup { processes: Some(vec![process]), ..Setup::new(tasks(40).job()) }.perform("processes");
    assert_eq!(sample.outcome, Err(Failure::NoAnswer(2)));
}

#[test]
fn without_processes_there_is_no_answer_and_no_panic() {
    for id in ["processes", "actors", "offload-processes"] {
        let setup = Setup { processes: Some(vec![]), ..Setup::new(tasks(40).job()) };
        assert_eq!(setup.perform(id).outcome, Err(Failure::NoAnswer(0)), "{id}");
    }
}

#[test]
fn answers_that_nobody_asked_for_do_no_harm() {
    for stray in [0, 9, u32::MAX] {
        let process = acted(move |order| {
            let mut reply = answered(&order);
            reply.done.push(stray);
            reply.answers.push(vec![1; 9]);
            ready(Ok(reply))
        });
        let sample = Setup { processes: Some(vec![process]), ..Setup::new(tasks(4).job()) }.perform("processes");
        assert_eq!((sample.digest(), sample.answers.done()), ("0", 4), "stray {stray}");
    }
}

/// Each order's process, tasks and number.
type Orders = Rc<RefCell<Vec<(usize, Vec<u32>, u32)>>>;

#[test]
fn orders_are_guided_shares_and_each_process_has_two() {
    let (orders, most) = (Orders::default(), Rc::new(Cell::new(0)));
    let process = |lane: usize| {
        let (orders, most, in_hand) = (orders.clone(), most.clone(), Rc::new(Cell::new(0)));
        acted(move |order: Order| {
            assert_eq!((order.mode, order.inputs.len()), (Mode::InTurn, order.tasks.len()));
            orders.borrow_mut().push((lane, order.tasks.clone(), order.number));
            let (most, in_hand) = (most.clone(), in_hand.clone());
            async move {
                in_hand.set(in_hand.get() + 1);
                most.set(in_hand.get().max(most.get()));
                turn().await;
                in_hand.set(in_hand.get() - 1);
                Ok(answered(&order))
            }
        })
    };
    let processes = Some((0..3).map(process).collect());
    let made = Made::phases(vec![vec![vec![Spin(1)]; 10], vec![vec![Spin(1)]; 100]]);
    Setup { processes, ..Setup::new(made.job()) }.perform("processes").outcome.expect("nothing fails");
    let orders: Vec<_> = orders.take().into_iter().skip_while(|(.., number)| *number == 0).collect();
    let mut left = 100;
    for (_, tasks, number) in &orders {
        let (first, count) = (100 - left, tasks.len() as u32);
        assert_eq!((tasks, *number), (&(first..first + count).collect(), 10), "every task once");
        assert!((1..=left.div_ceil(3)).contains(&count), "at most a fair share of what is left: {orders:?}");
        left -= count;
    }
    assert_eq!(left, 0);
    let counts: Vec<_> = orders.iter().map(|(_, tasks, _)| tasks.len()).collect();
    assert!(counts.is_sorted_by(|one, next| one >= next), "large first: {orders:?}");
    assert!(counts[0] > 1 && counts.last() == Some(&1), "small at last: {orders:?}");
    let lanes: Vec<_> = orders.iter().map(|(lane, ..)| *lane).take(6).collect();
    assert_eq!(lanes, [0, 1, 2, 0, 1, 2], "everybody has a first order before anybody has a second");
    assert_eq!(most.get(), 2, "one in hand, one at the door");
}

#[test]
fn actors_get_one_order_each_with_every_so_manieth_task() {
    let orders = Orders::default();
    let process = |lane: usize| {
        let orders = orders.clone();
        acted(move |order: Order| {
            assert_eq!(order.mode, Mode::Interleaved);
            orders.borrow_mut().push((lane, order.tasks.clone(), order.number));
            ready(Ok(answered(&order)))
        })
    };
    let processes = Some((0..3).map(process).collect());
    Setup { processes, ..Setup::new(tasks(5).job()) }.perform("actors").outcome.expect("nothing fails");
    assert_eq!(orders.take(), [(0, vec![0, 3], 0), (1, vec![1, 4], 0), (2, vec![2], 0)]);
    let processes = Some((0..3).map(process).collect());
    Setup { processes, ..Setup::new(tasks(2).job()) }.perform("actors").outcome.expect("nothing fails");
    assert_eq!(orders.take(), [(0, vec![0], 0), (1, vec![1], 0)], "who gets no task gets no order");
}

/// A task that was begun in a process goes on there, and its input crosses only once.
#[test]
fn a_loop_in_front_of_processes_sends_what_waited_back_where_it_was_without_its_input() {
    let orders = Rc::new(RefCell::new(Vec::new()));
    let process = |lane: usize| {
        let (orders, begun) = (orders.clone(), RefCell::new(Vec::new()));
        acted(move |order: Order| {
            let task = order.tasks[0];
            orders.borrow_mut().push((lane, task, order.inputs.len()));
            let waits = !begun.borrow().contains(&task);
            begun.borrow_mut().push(task);
            let wait = waits.then_some(Duration::from_millis(3));
            let done =
                if waits { Reply { done: vec![], answers: vec![], ..answered(&order) } } else { answered(&order) };
            ready(Ok(Reply { wait, ..done }))
        })
    };
    let processes = Some((0..3).map(process).collect());
    let setup = Setup { processes, ..Setup::new(tasks(20).job()) };
    assert_eq!(setup.perform("offload-processes").answers.done(), 20);
    let orders = orders.take();
    for task in 0..20 {
        let own: Vec<_> = orders.iter().filter(|(_, other, _)| *other == task).collect();
        let &[&(first, _, inputs), &(second, _, no_inputs)] = &own[..] else { panic!("two orders each: {own:?}") };
        assert_eq!((first, inputs, no_inputs), (second, 1, 0), "task {task}");
    }
}

#[test]
fn only_what_has_a_heavy_step_is_sent_in_the_order_in_which_tasks_come_to_theirs() {
    let orders = Orders::default();
    let process = |lane: usize| {
        let orders = orders.clone();
        acted(move |order: Order| {
            orders.borrow_mut().push((lane, order.tasks.clone(), order.number));
            async move {
                turn().await;
                Ok(answered(&order))
            }
        })
    };
    let made = Made::tasks(vec![
        vec![Light, Light, Light, Spin(1), Light],
        vec![Light, Spin(1)],
        vec![Light; 9],
        vec![Spin(1), Light],
        vec![Light, Light, Spin(1)],
    ]);
    let sample =
        Setup { processes: Some((0..2).map(process).collect()), ..Setup::new(made.job()) }.perform("offload-processes");
    assert_eq!(sample.answers.done(), 5);
    let sent: Vec<_> = orders.take().into_iter().flat_map(|(_, tasks, _)| tasks).collect();
    assert_eq!(sent, [3, 1, 4, 0]);
    let at_loop: Vec<_> = (0..5).map(|task| made.did().iter().filter(|did| did.task == task).count()).collect();
    assert_eq!(at_loop, [3, 1, 9, 0, 2], "up to the first heavy step");
    assert_eq!(sample.headers[0][STEPS_WORD], 3 + 1 + 9 + 2);
    assert_eq!(sample.answers.get(2).map(|(lane, _)| lane), Some(0), "done at the loop");
}

/// The steps that the loop did of a task are repeated by the process that takes it over, and are on record once.
#[test]
fn a_process_takes_over_where_the_loop_left_off() {
    for traced in [true, false] {
        let made = Made::tasks(vec![vec![Light, Light, Spin(200), Wait(1), Light, Spin(200)]; 12]);
        let sample = Setup { traced, ..Setup::new(made.job()) }.perform("offload-processes");
        assert_eq!(sample.digest(), "78");
        assert_eq!(made.did().len(), 12 * (6 + 2), "two light steps twice");
        assert_eq!(sample.headers[0][STEPS_WORD], 12 * 2);
        let records = sample.answers.records();
        assert!(records.iter().all(|record| record.steps == if traced { 6 } else { 0 }), "{records:?}");
        assert!((0..12).all(|task| sample.answers.get(task).is_some_and(|(lane, _)| lane > 0)), "done by a process");
    }
}

/// Time that passes when a test says so.
struct Manual(Mutex<Stamp>);

impl Clock for Manual {
    fn now(&self) -> Stamp {
        *self.0.lock().expect("nobody panics while holding it")
    }
}

impl Manual {
    fn pass(&self, ms: f64) {
        *self.0.lock().expect("nobody panics while holding it") += ms;
    }
}

static TIME: Manual = Manual(Mutex::new(0.0));

fn pass(duration: Duration) {
    TIME.pass(duration.as_secs_f64() * 1000.0);
}

fn order(mode: Mode, tasks: Vec<u32>, sent: Stamp, epoch: Stamp) -> Order {
    let inputs = vec![Vec::<SharedBytes>::new(); tasks.len()];
    Order {
        mode,
        phase: 0,
        tasks,
        number: 0,
        sent,
        epoch,
        begun: 0.0,
        traced: true,
        slack: None,
        account: Account::default(),
        inputs,
    }
}

#[test]
fn a_process_tells_how_long_letters_travelled_while_it_was_free() {
    let world = World::Real { clock: &TIME, block: pass };
    // each task blocks for a millisecond, so that time passes
    let server = OrderServer::new(Made::tasks(vec![vec![Wait(1), Spin(0)]; 9]).job(), SPANS_PER_LANE);
    let serve = |task: u32, sent, epoch, reply_ms| {
        let order = order(Mode::InTurn, vec![task], sent, epoch);
        let reply = pollster::block_on(server.serve(&order, world, &TimersOnly, None));
        TIME.pass(reply_ms);
        server.replied(world);
        let spans = reply.spans.iter().filter(|span| span.length() > 0);
        spans.map(|span| (span.cause, span.task, span.start / 1000, span.end / 1000)).collect::<Vec<_>>()
    };
    let (wait, transfer) = (Cause::Wait, Cause::Transfer);
    TIME.pass(15.0);
    assert_eq!(serve(4, 12.0, 10.0, 3.0), [(transfer, 4, 2, 5), (wait, 4, 5, 6)]);
    // time is 19: the next order was in the queue since 13, but the process was not free before 19
    TIME.pass(2.0);
    assert_eq!(serve(5, 13.0, 10.0, 0.0), [(transfer, 4, 6, 9), (transfer, 5, 9, 11), (wait, 5, 11, 12)]);
    // time is 22: another sample began at 30, and what was before belongs to none of it
    TIME.pass(10.0);
    assert_eq!(serve(6, 31.0, 30.0, 0.0), [(transfer, 6, 1, 2), (wait, 6, 2, 3)]);
}

#[test]
fn a_process_goes_on_where_a_task_waited() {
    let made: &Made = Made::tasks(vec![vec![Spin(1), Wait(7), Spin(1), Wait(9), Spin(1)]; 2]);
    let server = OrderServer::new(made.job(), SPANS_PER_LANE);
    let advance = |task: u32| {
        let mut order = order(Mode::Advance, vec![task], 0.0, 0.0);
        order.inputs = if made.did().iter().any(|did| did.task == task as usize) { vec![] } else { order.inputs };
        let reply = pollster::block_on(server.serve(&order, testkit::REAL, &TimersOnly, None));
        (reply.done, reply.wait.map(|wait| wait.as_millis()))
    };
    assert_eq!(advance(0), (vec![], Some(7)));
    assert_eq!(advance(1), (vec![], Some(7)));
    assert_eq!(advance(0), (vec![], Some(9)));
    assert_eq!(made.letters(), "A1 A2 B1 B2 A3 A4");
    assert_eq!(advance(0), (vec![0], None));
    assert_eq!([advance(1), advance(1)], [(vec![], Some(9)), (vec![1], None)]);
}

/// How long an answer took to send is reported with the next order, so it is not known for the last answer of each
/// process.
#[test]
fn the_bytes_of_transfers_are_on_record() {
    let job = known_job(workloads::find("sort").expect("it is there"));
    let sample = Setup { workers: 2, ..Setup::new(job.clone()) }.perform("processes");
    let sizes = strategies::sizes(&job, &sample.answers).expect("every task has an answer");
    let [inputs, answers] = [0, 1].map(|way| sizes.iter().map(|size| size[way]).sum::<u32>());
    let moved: u32 = sample.spans().map(|(_, span)| span.bytes).sum();
    assert!(inputs > 0 && (inputs..=inputs + answers).contains(&moved), "{moved} bytes, of {inputs} and {answers}");
}
