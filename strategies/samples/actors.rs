// Actors: threads that share nothing, each with a tokio loop for the tasks dealt to it.
use futures::future::join_all;
use std::{sync::mpsc, thread, time::Duration};
use tokio::{runtime::Builder, time::sleep};

async fn fetch(n: u64) -> u64 {
    sleep(Duration::from_millis(100)).await; // this actor's other tasks go on
    n * n
}

fn main() {
    let (sender, answers) = mpsc::channel();
    for share in [[1, 3, 5], [2, 4, 6]] {
        let sender = sender.clone();
        let actor = Builder::new_current_thread().enable_time().build().unwrap();
        thread::spawn(move || sender.send(actor.block_on(join_all(share.map(fetch)))));
    }
    println!("{:?}", answers.iter().take(2).collect::<Vec<_>>());
}
