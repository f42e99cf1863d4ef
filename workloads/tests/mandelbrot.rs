//! The Mandelbrot workload against the plainest possible program: one pixel at a time, no tiles, no vectors.

mod sequential;

use proptest::prelude::*;
use workloads::{Params, Picture, Workload};

/// The escape count of pixel (x, y).
fn naive(x: u32, y: u32, size: u32, limit: u16) -> u16 {
    let pitch = 3.0 / f64::from(size);
    let (re, im) = (-2.0 + f64::from(x) * pitch, -1.5 + f64::from(y) * pitch);
    let (mut a, mut b, mut count) = (0.0, 0.0, 0);
    while count < limit && a * a + b * b <= 4.0 {
        (a, b) = (a * a - b * b + re, a * b + a * b + im);
        count += 1;
    }
    count
}

fn parts() -> (&'static dyn Workload, &'static dyn Picture) {
    let workload = workloads::find("mandelbrot").expect("it is registered");
    (workload, workload.picture().expect("it is a picture"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn every_pixel_agrees(size in 64u32..200, limit in 50u16..300) {
        let (workload, picture) = parts();
        let mut params = Params::defaults(workload.info());
        params.set("size", size).expect("legal");
        params.set("iterations", limit.into()).expect("legal");
        for (index, answer) in sequential::answers(workload, &params, 1).iter().enumerate() {
            let tile = picture.tile(&params, index);
            let rows = (tile.y..tile.y + tile.height).flat_map(|y| (tile.x..tile.x + tile.width).map(move |x| (x, y)));
            let expected: Vec<u8> = rows.flat_map(|(x, y)| naive(x, y, size, limit).to_le_bytes()).collect();
            prop_assert_eq!(&**answer, &expected, "tile {}", index);
        }
    }
}
