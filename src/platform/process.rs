//! A process: carries out the orders of its run worker, in a memory of its own.

use std::cell::RefCell;
use std::thread;

use wasm_bindgen::prelude::*;

use super::BROWSER_CLOCK;
use super::roles::reply;
use super::wire::{FromProcess, ToProcess, attach, detach, unpack};
use crate::strategy::Server;

thread_local! {
    static SERVER: RefCell<Option<Server>> = const { RefCell::new(None) };
}

/// Handles a letter from the run worker.
pub fn receive(letter: JsValue) {
    // an exception here becomes an error event at the run worker's
    receive_letter(letter).unwrap_or_else(|failure| wasm_bindgen::throw_str(&failure.to_string()));
}

fn receive_letter(letter: JsValue) -> Result<(), crate::strategy::Failure> {
    let (letter, attachments) = unpack(&letter)?;
    match letter {
        ToProcess::Job(job) => {
            SERVER.replace(Some(Server::new(job.look_up()?, thread::sleep)));
            reply(&FromProcess::Ready, vec![]);
        }
        ToProcess::Order(mut order) => SERVER.with_borrow_mut(|server| {
            let server = server.as_mut().expect("the job comes before orders");
            order.inputs = attachments.iter().skip(1).map(detach).collect();
            let served = server.serve(&order, &BROWSER_CLOCK);
            let answers = served.answers.iter().map(|answer| attach(answer)).collect();
            reply(&FromProcess::Reply(served), answers);
            server.replied(&BROWSER_CLOCK);
        }),
    }
    Ok(())
}
