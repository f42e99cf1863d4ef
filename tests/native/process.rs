//! Processes without a browser: a thread that gets all it knows as bytes, and one that a test acts out.

use std::future::poll_fn;
use std::sync::mpsc::{Sender, TryRecvError, channel};
use std::task::Poll;
use std::thread::{self, JoinHandle};

use lanes::strategy::{Failure, Job, Order, Pending, Process, Reply, Server};

use super::{Virtual, pass};

/// What crosses, one way or the other: what serde writes, and bytes beside it.
type Letter = (Vec<u8>, Vec<Vec<u8>>);

/// A process on a thread of its own. What crosses is written and read as in the browser.
pub struct Threaded {
    /// Where letters go, each with where the reply goes; closed to end the process.
    door: Option<Sender<(Letter, Sender<Letter>)>>,
    thread: Option<JoinHandle<()>>,
}

impl Threaded {
    /// Starts a process that knows its job.
    pub fn start(job: Job) -> Box<dyn Process> {
        let (door, letters) = channel::<(Letter, Sender<Letter>)>();
        let thread = thread::spawn(move || {
            let mut server = Server::new(job, pass);
            for ((order, inputs), back) in letters {
                let order = Order { inputs, ..postcard::from_bytes(&order).expect("an order can be written") };
                let reply = server.serve(&order, &Virtual);
                let written = postcard::to_allocvec(&reply).expect("a reply can be written");
                back.send((written, reply.answers)).ok(); // after a cancel nobody waits for it
                server.replied(&Virtual);
            }
        });
        Box::new(Self { door: Some(door), thread: Some(thread) })
    }
}

impl Process for Threaded {
    fn carry_out(&self, order: Order) -> Pending<'_, Result<Reply, Failure>> {
        let (back, replies) = channel();
        let written = postcard::to_allocvec(&order).expect("an order can be written");
        let sent = self.door.as_ref().expect("open until dropped").send(((written, order.inputs), back));
        Box::pin(async move {
            sent.map_err(|_| Failure::Lost("the process has ended".into()))?;
            let reply = poll_fn(|context| match replies.try_recv() {
                Err(TryRecvError::Empty) => {
                    thread::yield_now();
                    context.waker().wake_by_ref();
                    Poll::Pending
                }
                there => Poll::Ready(there),
            });
            let (written, answers) = reply.await.map_err(|_| Failure::Lost("the process panicked".into()))?;
            Ok(Reply { answers, ..postcard::from_bytes(&written).expect("a reply can be written") })
        })
    }
}

impl Drop for Threaded {
    fn drop(&mut self) {
        self.door = None;
        self.thread.take().map(JoinHandle::join);
    }
}

/// A process that does what a test says.
struct Acted<F>(F);

/// A process that carries orders out like this.
pub fn acted<F, A>(act: F) -> Box<dyn Process>
where
    F: Fn(Order) -> A + 'static,
    A: Future<Output = Result<Reply, Failure>> + 'static,
{
    Box::new(Acted(act))
}

impl<F, A> Process for Acted<F>
where
    F: Fn(Order) -> A,
    A: Future<Output = Result<Reply, Failure>> + 'static,
{
    fn carry_out(&self, order: Order) -> Pending<'_, Result<Reply, Failure>> {
        Box::pin((self.0)(order))
    }
}

/// Lets the others on this thread have a turn.
pub async fn turn() {
    let mut waited = false;
    poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
