//! Simulated processes: orders and replies travel, and are copied on both sides, by sender and receiver.
//!
//! ```text
//! sender   |= copy =|                                                      |= copy =|
//! the way           |~ message ~|                              |~ message ~|
//! process                       |= copy =| serve ... |= copy =|
//! ```
//! Copying needs a core of the side that copies, and each side copies one message at a time; travelling needs none.

use std::rc::Rc;
use std::sync::Arc;

use super::engine::Engine;
use super::host::SimulatedHost;
use super::machine::nanos;
use super::mailbox::Mailbox;
use strategies::{Failure, Job, Order, OrderServer, Pending, Process, Reply, World};

/// An order, and the mailbox in which its sender waits for the reply.
type SentOrder = (Order, Rc<Mailbox<Reply>>);

/// A process as its sender sees it.
pub(super) struct SimulatedProcess {
    engine: Arc<Engine>,
    inbox: Rc<Mailbox<SentOrder>>,
}

impl SimulatedProcess {
    /// A process with nothing to do.
    pub(super) fn new(engine: &Arc<Engine>) -> Self {
        Self { engine: engine.clone(), inbox: Rc::new(Mailbox::new()) }
    }

    /// The process's endless loop: carries out one order after another, as they come, and reports at most `spans` spans
    /// of each.
    pub(super) fn live(&self, job: &Job, spans: usize) -> Pending<'static, ()> {
        let (engine, inbox, server) = (self.engine.clone(), self.inbox.clone(), OrderServer::new(job.clone(), spans));
        Box::pin(async move {
            let (world, host) = (World::Simulated(&*engine), SimulatedHost::new(&engine, Vec::new()));
            loop {
                let (order, back) = inbox.take().await;
                copy(&engine, order.bytes()).await;
                let reply = server.serve(&order, world, &host, None).await; // in one piece: no page follows it live
                copy(&engine, reply.bytes()).await;
                server.replied(world);
                back.put(reply);
            }
        })
    }
}

impl Process for SimulatedProcess {
    fn carry_out(&self, order: Order) -> Pending<'_, Result<Reply, Failure>> {
        Box::pin(async move {
            let (travel, back) = (nanos(self.engine.costs.message_us), Rc::new(Mailbox::new()));
            copy(&self.engine, order.bytes()).await;
            self.engine.pass(travel).await;
            self.inbox.put((order, back.clone()));
            let reply = back.take().await;
            self.engine.pass(travel).await;
            copy(&self.engine, reply.bytes()).await;
            Ok(reply)
        })
    }
}

/// Copies on one side of a message; an empty message needs no core.
async fn copy(engine: &Engine, bytes: usize) {
    let length = engine.costs.half_copy(bytes);
    if length > 0 {
        engine.work(length).await;
    }
}
