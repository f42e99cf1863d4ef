// Async on threads: tokio's multi-thread runtime. Any thread goes on with any task.
use std::time::Duration;

async fn serve(n: u64) -> usize {
    tokio::time::sleep(Duration::from_millis(100)).await; // holds no thread
    (1..=n).filter(|&i| n.is_multiple_of(i)).count()
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let tasks = [720_720, 999_983, 1_048_576].map(|n| tokio::spawn(serve(n)));
    for task in tasks {
        println!("{}", task.await.unwrap());
    }
}
