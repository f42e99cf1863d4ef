//! How long each registered workload takes at its defaults: one thread, waits skipped.

#[path = "../tests/sequential/mod.rs"]
mod sequential;

use workloads::Params;

fn main() {
    divan::main();
}

fn ids() -> impl Iterator<Item = &'static str> {
    workloads::ALL.iter().map(|workload| workload.info().id)
}

#[divan::bench(args = ids(), sample_count = 20)]
fn defaults(bencher: divan::Bencher, id: &str) {
    let workload = workloads::find(id).expect("the id comes from the registry");
    let params = Params::defaults(workload.info());
    bencher.bench(|| sequential::answers(workload, &params, 1));
}
