// Loop + threads with a GIL: tokio, spawn_blocking, and a Mutex that the loop needs, too.
use parking_lot::Mutex;

static GIL: Mutex<()> = Mutex::new(());

fn work(n: u64) -> usize {
    let turn = |from| {
        let _held = GIL.lock(); // a thread that has waited for 0.5 ms is next
        (from..from + 50_000).filter(|&i| n.is_multiple_of(i)).count()
    };
    (1..=n).step_by(50_000).map(turn).sum()
}

async fn serve(n: u64) {
    let divisors = tokio::task::spawn_blocking(move || work(n)).await.unwrap();
    let _held = GIL.lock(); // blocks the loop, as CPython's does
    println!("{n}: {divisors}");
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    tokio::join!(serve(720_720), serve(999_983), serve(1_048_576));
}
