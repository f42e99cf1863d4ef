// Threads with a GIL: threads that share one Mutex. Only its holder may compute.
use parking_lot::{Mutex, MutexGuard};

static GIL: Mutex<()> = Mutex::new(());

fn work(n: u64) -> usize {
    let mut held = GIL.lock();
    let mut divisors = 0;
    for i in 1..=n {
        if i.is_multiple_of(50_000) {
            MutexGuard::bump(&mut held); // to the longest waiting thread, and back
        }
        divisors += usize::from(n.is_multiple_of(i));
    }
    divisors
}

fn main() {
    std::thread::scope(|scope| {
        for n in [720_720, 999_983, 1_000_000, 1_048_576] {
            scope.spawn(move || println!("{n}: {}", work(n)));
        }
    });
}
