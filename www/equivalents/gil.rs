// Threads with a GIL: threads that share one Mutex. Whoever holds it may compute.
use std::{sync::Mutex, thread};

static GIL: Mutex<()> = Mutex::new(());

fn work(n: u64) -> usize {
    let _held = GIL.lock().unwrap(); // until the end of this block
    (1..=n).filter(|&i| n.is_multiple_of(i)).count()
}

fn main() {
    thread::scope(|scope| {
        let inputs = [720_720, 999_983, 1_000_000, 1_048_576];
        let threads = inputs.map(|n| scope.spawn(move || work(n)));
        println!("{:?}", threads.map(|thread| thread.join().unwrap()));
    });
}
