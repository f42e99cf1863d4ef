//! Orders and replies: how tasks are shared out to processes, what becomes of a bad one, what is told of the way.

use std::cell::{Cell, RefCell};
use std::future::{pending, ready};
use std::rc::Rc;

use lanes::strategy::{Failure, Order, Reply, Server};
use lanes::trace::Cause;

use super::native::made::{Act::*, Made};
use super::native::process::{acted, turn};
use super::native::{Setup, Virtual, pass, pass_ms};

/// Answers of four bytes to an order, as made-up tasks give.
fn answered(order: &Order) -> Reply {
    Reply { number: order.number, spans: vec![], lost: 0, answers: vec![vec![0; 4]; order.inputs.len()] }
}

#[test]
fn a_lost_process_fails_the_sample_though_another_never_answers() {
    let orders = Cell::new(0);
    let dying = acted(move |order: Order| {
        orders.set(orders.get() + 1);
        let lost = Err(Failure::Lost("gone".into()));
        let outcome = if orders.get() == 2 { lost } else { Ok(answered(&order)) };
        ready(outcome)
    });
    let processes = vec![acted(|_| pending()), dying];
    let made = Made::tasks(vec![vec![Work(1)]; 40]);
    let sample = Setup { processes: Some(processes), ..Setup::new(made.job()) }.perform("processes");
    assert_eq!(sample.outcome, Err(Failure::Lost("gone".into())));
}

#[test]
fn a_process_that_leaves_answers_out_is_found_out() {
    let process = acted(|order| {
        let mut reply = answered(&order);
        reply.answers.truncate(if order.first == 0 { 2 } else { usize::MAX });
        ready(Ok(reply))
    });
    let made = Made::tasks(vec![vec![Work(1)]; 40]);
    let sample = Setup { processes: Some(vec![process]), ..Setup::new(made.job()) }.perform("processes");
    assert_eq!(sample.outcome, Err(Failure::NoAnswer(2)));
    let sample = Setup { processes: Some(vec![]), ..Setup::new(made.job()) }.perform("processes");
    assert_eq!(sample.outcome, Err(Failure::NoAnswer(0)));
}

#[test]
fn orders_are_guided_shares_and_each_process_has_two() {
    let orders = Rc::new(RefCell::new(Vec::new()));
    let most = Rc::new(Cell::new(0));
    let process = |lane: usize| {
        let (orders, most, in_hand) = (orders.clone(), most.clone(), Rc::new(Cell::new(0)));
        acted(move |order: Order| {
            orders.borrow_mut().push((lane, order.first, order.inputs.len(), order.number as usize));
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
    let made = Made::phases(vec![vec![vec![Work(1)]; 10], vec![vec![Work(1)]; 100]]);
    Setup { processes, ..Setup::new(made.job()) }.perform("processes").outcome.expect("nothing fails");
    let orders: Vec<_> = orders.take().into_iter().skip_while(|(.., number)| *number < 10).collect();
    let mut left = 100;
    for (_, first, count, number) in &orders {
        assert_eq!((*first, *number), (100 - left, 110 - left), "every task once");
        assert!((1..=left.div_ceil(3)).contains(count), "at most a fair share of what is left: {orders:?}");
        left -= count;
    }
    assert_eq!(left, 0);
    let counts: Vec<_> = orders.iter().map(|(_, _, count, _)| *count).collect();
    assert!(counts.is_sorted_by(|one, next| one >= next), "large first: {orders:?}");
    assert!(counts[0] > 1 && counts.last() == Some(&1), "small at last: {orders:?}");
    let lanes: Vec<_> = orders.iter().map(|(lane, ..)| *lane).take(6).collect();
    assert_eq!(lanes, [0, 1, 2, 0, 1, 2], "everybody has a first order before anybody has a second");
    assert_eq!(most.get(), 2, "one in hand, one at the door");
}

#[test]
fn a_process_tells_how_long_letters_travelled_while_it_was_free() {
    let made = Made::tasks(vec![vec![Work(1)]; 9]);
    let mut server = Server::new(made.job(), pass);
    let order = |first: usize, sent, epoch| Order {
        phase: 0,
        first,
        number: first as u32,
        sent,
        epoch,
        traced: true,
        inputs: vec![vec![]],
    };
    let mut serve = |order: Order, reply_ms| {
        let reply = server.serve(&order, &Virtual);
        pass_ms(reply_ms);
        server.replied(&Virtual);
        reply.spans.iter().map(|span| (span.cause, span.task, span.start / 1000, span.end / 1000)).collect::<Vec<_>>()
    };
    let (compute, transfer) = (Cause::Compute, Cause::Transfer);
    pass_ms(15);
    assert_eq!(serve(order(4, 12.0, 10.0), 3), [(transfer, 4, 2, 5), (compute, 4, 5, 6)]);
    // time is 19: the next order lay at the door since 13, but the process was free at 19 only
    pass_ms(2);
    let spans = serve(order(5, 13.0, 10.0), 0);
    assert_eq!(spans, [(transfer, 4, 6, 9), (transfer, 5, 9, 11), (compute, 5, 11, 12)]);
    // time is 22: another sample began at 30, and what was before belongs to none of it
    pass_ms(10);
    assert_eq!(serve(order(6, 31.0, 30.0), 0), [(transfer, 6, 1, 2), (compute, 6, 2, 3)]);
}
