//! Processes without a browser: one is a thread that gets all its data as bytes, the other a function of the test.

use std::future::poll_fn;
use std::sync::mpsc::{Sender, TryRecvError, channel};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::thread::{self, JoinHandle};

use strategies::trace::SPANS_PER_LANE;
use strategies::{Failure, Job, Loss, Order, OrderServer, Pending, Process, Reply};
use workloads::{Answer, SharedBytes};

use super::{REAL, TimersOnly};

/// A message to a process: what serde writes, and bytes beside it.
type Letter = (Vec<u8>, Vec<Vec<Answer>>);

/// A message from a process, in the same form.
type Response = (Vec<u8>, Vec<Answer>);

/// The waker of the task that waits for a response.
type Waiting = Arc<Mutex<Option<Waker>>>;

/// The sender of responses. Dropping it wakes the task that waits for one, also if none comes because the process
/// panicked.
struct Back(Option<Sender<Response>>, Waiting);

impl Drop for Back {
    fn drop(&mut self) {
        self.0 = None;
        if let Some(waker) = self.1.lock().expect("nobody panics while holding it").take() {
            waker.wake();
        }
    }
}

/// A process on a thread of its own. Messages are written, copied and read as in the browser.
pub struct Threaded {
    /// The sender of messages; dropping it ends the process.
    door: Option<Sender<(Letter, Back)>>,
    thread: Option<JoinHandle<()>>,
}

impl Threaded {
    /// Starts a process that knows its job, but not the job's input files.
    pub fn start(job: &Job) -> Box<dyn Process> {
        let (door, letters) = channel::<(Letter, Back)>();
        let job = Job { files: Vec::new(), ..job.clone() };
        let thread = thread::spawn(move || {
            let server = OrderServer::new(job, SPANS_PER_LANE);
            for ((order, inputs), back) in letters {
                let inputs = inputs.into_iter().map(|parts| parts.into_iter().map(Arc::new).collect()).collect();
                let order = Order { inputs, ..postcard::from_bytes(&order).expect("an order can be written") };
                let tell = |part: Reply| {
                    let written = postcard::to_allocvec(&part).expect("a reply can be written");
                    let response = back.0.as_ref().expect("open until dropped");
                    response.send((written, part.answers)).ok(); // after a cancel there is no receiver
                };
                tell(pollster::block_on(server.serve(&order, REAL, &TimersOnly, Some(&tell))));
                server.replied(REAL);
            }
        });
        Box::new(Self { door: Some(door), thread: Some(thread) })
    }
}

impl Process for Threaded {
    fn carry_out(&self, order: Order) -> Pending<'_, Result<Reply, Failure>> {
        let ((response, responses), waiting) = (channel(), Waiting::default());
        let written = postcard::to_allocvec(&order).expect("an order can be written");
        let copied = |parts: &Vec<SharedBytes>| parts.iter().map(|part| part.to_vec()).collect();
        let letter = (written, order.inputs.iter().map(copied).collect());
        let back = Back(Some(response), waiting.clone());
        let sent = self.door.as_ref().expect("open until dropped").send((letter, back));
        Box::pin(async move {
            sent.map_err(|_| Failure::Lost(Loss::Ended))?;
            let mut reply = Reply { more: true, ..Reply::default() };
            while reply.more {
                let part = poll_fn(|context| {
                    let mut waiting = waiting.lock().expect("nobody panics while holding it");
                    *waiting = Some(context.waker().clone());
                    match responses.try_recv() {
                        Err(TryRecvError::Empty) => Poll::Pending,
                        there => Poll::Ready(there),
                    }
                });
                let (written, answers) = part.await.map_err(|_| Failure::Lost(Loss::Panicked(None)))?;
                reply.add(Reply { answers, ..postcard::from_bytes(&written).expect("a reply can be written") });
            }
            Ok(reply)
        })
    }
}

impl Drop for Threaded {
    fn drop(&mut self) {
        self.door = None;
        self.thread.take().map(JoinHandle::join);
    }
}

/// A process whose orders are carried out by a function of the test.
struct Acted<F>(F);

/// A process that carries out orders by calling `act`.
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

/// Yields once, so that other tasks on this thread get a turn.
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
