// Blocking: a for loop. Until the last call is done, nothing else happens.
fn work(n: u64) -> usize {
    (1..=n).filter(|&i| n.is_multiple_of(i)).count()
}

fn main() {
    for n in [720_720, 999_983, 1_000_000, 1_048_576] {
        println!("{n}: {}", work(n));
    }
}
