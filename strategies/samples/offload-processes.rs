// Loop + processes: tokio waits for pipes; the program, started again, computes.
use std::env;

async fn offload(n: &str) -> String {
    let mut me = tokio::process::Command::new(env::current_exe().unwrap());
    let output = me.arg(n).output().await.unwrap(); // its standard output is a pipe
    String::from_utf8(output.stdout).unwrap()
}

fn work(n: u64) -> usize {
    (1..=n).filter(|&i| n.is_multiple_of(i)).count()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match env::args().nth(1) {
        Some(n) => print!("{}", work(n.parse().unwrap())), // one of the children
        None => println!("{:?}", tokio::join!(offload("720720"), offload("999983"))),
    }
}
