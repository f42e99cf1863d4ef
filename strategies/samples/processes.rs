// Processes: the program starts itself for each input; answers come back through pipes.
use std::process::{Command, Stdio};

fn work(n: u64) -> usize {
    (1..=n).filter(|&i| n.is_multiple_of(i)).count()
}

fn main() {
    if let Some(n) = std::env::args().nth(1) {
        return println!("{}", work(n.parse().unwrap())); // one of the children
    }
    let me = std::env::current_exe().unwrap();
    let start = |n| Command::new(&me).arg(n).stdout(Stdio::piped()).spawn().unwrap();
    for child in ["720720", "999983", "1000000", "1048576"].map(start) {
        print!("{}", String::from_utf8_lossy(&child.wait_with_output().unwrap().stdout));
    }
}
