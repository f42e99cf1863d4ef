//! A process: carries out the orders of its run worker, in a memory of its own.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use futures_util::FutureExt;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use workloads::Part;

use super::roles::{give_back, reply};
use super::wire::{FromProcess, ToProcess, attach, detach, pack, unpack};
use super::{Alone, WORKER};
use strategies::{Failure, Order, Reply, Server};

thread_local! {
    static SERVER: RefCell<Option<Rc<Server>>> = const { RefCell::new(None) };
}

/// Handles a letter from the run worker.
pub fn receive(letter: JsValue) {
    // an exception here becomes an error event at the run worker's
    receive_letter(letter).unwrap_or_else(|failure| wasm_bindgen::throw_str(&failure.to_string()));
}

fn receive_letter(letter: JsValue) -> Result<(), Failure> {
    let (letter, attachments) = unpack(&letter)?;
    match letter {
        ToProcess::Job(job) => {
            SERVER.replace(Some(Rc::new(Server::new(job.look_up()?))));
            reply(&FromProcess::Ready, vec![]);
        }
        ToProcess::Echo { transfer: true } => {
            give_back(&pack(&FromProcess::Echo, [attachments.get(1)]), &attachments.get(1))
        }
        // as an order and its reply are: copied into this memory and out of it
        ToProcess::Echo { transfer: false } => {
            reply(&FromProcess::Echo, vec![attach(&detach(attachments.get(1)))]);
        }
        ToProcess::Order(mut order, counts) => {
            let mut parts = attachments.iter().skip(1).map(|part| Arc::new(detach(part)));
            order.inputs = counts.iter().map(|count| parts.by_ref().take(*count as usize).collect()).collect();
            serve(order);
        }
    }
    Ok(())
}

/// Carries an order out at once, as far as it does not wait; what waits goes on when its timers say so.
fn serve(order: Order) {
    let server = SERVER.with_borrow(Clone::clone).expect("the job comes before orders");
    let mut served = Box::pin(async move {
        tell(server.serve(&order, WORKER, &Alone, Some(&tell)).await);
        server.replied(WORKER);
    });
    if served.as_mut().now_or_never().is_none() {
        spawn_local(served);
    }
}

fn tell(mut part: Reply) {
    let answers = std::mem::take(&mut part.answers);
    reply(&FromProcess::Reply(part), answers.iter().map(|answer| attach(answer)).collect());
}

/// How many parts each task's input has, and all parts, for a letter.
pub fn parts(inputs: &[Vec<Part>]) -> (Vec<u32>, Vec<JsValue>) {
    let counts = inputs.iter().map(|input| input.len() as u32).collect();
    (counts, inputs.iter().flatten().map(|part| attach(part)).collect())
}
