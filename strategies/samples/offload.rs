// Loop + threads: tokio waits, and spawn_blocking sends what must be computed to a pool.
use std::time::Duration;

fn work(n: u64) -> usize {
    (1..=n).filter(|&i| n.is_multiple_of(i)).count()
}

async fn serve(n: u64) -> usize {
    tokio::time::sleep(Duration::from_millis(100)).await; // a request comes in
    tokio::task::spawn_blocking(move || work(n)).await.unwrap()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{:?}", tokio::join!(serve(720_720), serve(999_983), serve(1_048_576)));
}
