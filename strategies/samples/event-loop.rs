// Event loop: tokio's current-thread runtime. Waits overlap; computing does not.
use std::time::Duration;

async fn fetch(n: u64) -> u64 {
    tokio::time::sleep(Duration::from_millis(100)).await; // others get their turn
    n * n
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{:?}", tokio::join!(fetch(1), fetch(2), fetch(3), fetch(4)));
}
