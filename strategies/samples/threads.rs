// Threads: rayon's pool shares one memory, and an idle thread steals work.
use rayon::prelude::*;

fn work(n: u64) -> usize {
    (1..=n).filter(|&i| n.is_multiple_of(i)).count()
}

fn main() {
    let inputs = [720_720, 999_983, 1_000_000, 1_048_576];
    println!("{:?}", inputs.par_iter().map(|&n| work(n)).collect::<Vec<_>>());

    // The standard library alone: a thread for each.
    std::thread::scope(|scope| {
        let threads = inputs.map(|n| scope.spawn(move || work(n)));
        println!("{:?}", threads.map(|thread| thread.join().unwrap()));
    });
}
