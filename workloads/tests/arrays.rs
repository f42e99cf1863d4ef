//! Where the files of the arrays workload come from: the page's folder has exactly what this test makes.
//!
//! `LANES_WRITE_ARRAYS=1 cargo +stable test -p workloads --test arrays` writes them anew.

use std::path::Path;

use workloads::Params;

/// Numbers in a file.
const NUMBERS: usize = 65_536;

/// File `index`: `f32`, low byte first, from SplitMix64 with the index as its seed. Odd multiples of 2^-24, and so
/// between 0 and 1, and exact.
fn file(index: u64) -> Vec<u8> {
    let mut state = index;
    let mut number = || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let odd = (mixed ^ (mixed >> 31)) >> 41 << 1 | 1;
        odd as f32 / 16_777_216.0
    };
    (0..NUMBERS).flat_map(|_| number().to_le_bytes()).collect()
}

#[test]
fn the_files_are_what_they_are_made_from() {
    let workload = workloads::find("arrays").expect("it is registered");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
    for (index, name) in (0..).zip(workload.files(&Params::defaults(workload.info()))) {
        let path = folder.join(name);
        if std::env::var_os("LANES_WRITE_ARRAYS").is_some() {
            std::fs::write(&path, file(index)).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let found = std::fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(found == file(index), "{name} is not what it should be made from");
    }
}
