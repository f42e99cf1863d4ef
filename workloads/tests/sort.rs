//! The sort workload against the library's sorts, alone and parallel.

mod sequential;

use rayon::slice::ParallelSliceMut;
use workloads::Params;

/// The numbers of all chunks, unsorted: SplitMix64, seeded with the seed and the chunk's index.
fn numbers(size: u64, seed: u64) -> Vec<u32> {
    let chunk = |index: u64| {
        let mut state = seed ^ index << 32;
        (0..size * 1_000 / 8).map(move |_| {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (mixed ^ (mixed >> 31)) as u32
        })
    };
    (0..8).flat_map(chunk).collect()
}

/// The same numbers as the workload sorts them.
fn sorted(size: u32, seed: u64) -> Vec<u32> {
    let workload = workloads::find("sort").expect("it is registered");
    let mut params = Params::defaults(workload.info());
    params.set("size", size).expect("legal");
    let answers = sequential::answers(workload, &params, seed);
    assert_eq!(answers.len(), 1);
    answers[0].as_chunks().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect()
}

#[test]
fn agrees_with_the_librarys_sorts() {
    for (size, seed) in [(1, 0), (2, 1), (3, u64::MAX), (127, 2), (1_000, 3)] {
        let mut alone = numbers(size.into(), seed);
        let mut parallel = alone.clone();
        alone.sort_unstable();
        parallel.par_sort_unstable();
        let found = sorted(size, seed);
        assert!(found == alone && found == parallel, "{size} thousand numbers, seed {seed}");
    }
}
