//! A process: carries out the orders of its run worker, in a memory of its own.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futures_util::FutureExt;
use strategies::trace::SPANS_PER_LANE;
use strategies::{Failure, Order, OrderServer, Reply};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::owner::{reply, reply_giving};
use crate::link::{FromProcess, ReusedBuffers, TimersOnly, ToProcess, WORKER, attach, detach, unpack};

thread_local! {
    static SERVER: RefCell<Option<Rc<OrderServer>>> = const { RefCell::new(None) };
    static BUFFERS: ReusedBuffers = ReusedBuffers::default();
}

/// Handles a message from the run worker.
pub(super) fn receive(message: JsValue) {
    handle(message).unwrap_or_else(|failure| reply(&FromProcess::Failed(failure), vec![]));
}

fn handle(message: JsValue) -> Result<(), Failure> {
    let (body, attachments) = unpack(&message)?;
    match body {
        ToProcess::Job(job) => {
            SERVER.replace(Some(Rc::new(OrderServer::new(job.look_up()?, SPANS_PER_LANE))));
            reply(&FromProcess::Ready, vec![]);
        }
        ToProcess::Echo { transfer: true } => reply_giving(&FromProcess::Echo, &attachments.get(1).unchecked_into()),
        // copied into this memory and out of it, as an order and its reply are
        ToProcess::Echo { transfer: false } => {
            reply(&FromProcess::Echo, vec![attach(&detach(attachments.get(1)))]);
        }
        ToProcess::Order(mut order, lengths) => {
            let parts = BUFFERS.with(|buffers| buffers.open(attachments.get(1), &lengths.concat()));
            let mut parts = parts.into_iter().map(Arc::new);
            order.inputs = lengths.iter().map(|input| parts.by_ref().take(input.len()).collect()).collect();
            serve(order);
        }
    }
    Ok(())
}

/// Carries an order out at once until it has to wait; then it goes on when its timers fire.
fn serve(order: Order) {
    let server = SERVER.with_borrow(Clone::clone).expect("the job comes before orders");
    let mut served = Box::pin(async move {
        tell(server.serve(&order, WORKER, &TimersOnly, Some(&tell)).await);
        server.replied(WORKER);
    });
    if served.as_mut().now_or_never().is_none() {
        spawn_local(served);
    }
}

fn tell(mut part: Reply) {
    let answers = std::mem::take(&mut part.answers);
    let (buffer, lengths) = BUFFERS.with(|buffers| buffers.wrap(answers.iter().map(Vec::as_slice)));
    reply_giving(&FromProcess::Reply(part, lengths), &buffer);
}
