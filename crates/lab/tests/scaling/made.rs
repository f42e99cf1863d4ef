//! Made-up sweeps: times that follow a law, with noise like that of a timer on a busy machine.

use lab::measure::scaling::Curve;

/// How long one worker takes, in milliseconds.
pub const ONE_MS: f64 = 200.0;

/// How to make a sweep up.
#[derive(Debug, Clone)]
pub struct Made {
    /// The numbers of workers.
    pub workers: Vec<usize>,
    /// How many samples a point.
    pub samples: usize,
    /// The standard deviation of a sample, relatively.
    pub noise: f64,
    /// Where the noise starts from.
    pub seed: u64,
    /// The cores that the machine claims.
    pub claimed_cores: usize,
}

impl Made {
    /// Five samples a point with a noise of 1 %, all within the claimed cores.
    pub fn new(workers: &[usize]) -> Self {
        let claimed_cores = workers.iter().copied().max().unwrap_or(1);
        Self { workers: workers.to_vec(), samples: 5, noise: 0.01, seed: 1, claimed_cores }
    }

    /// The curve of a strategy that takes `times` as long as one worker, for each number of workers, against a
    /// baseline that takes as long as one worker.
    pub fn curve(&self, times: impl Fn(f64) -> f64) -> Curve {
        let mut random = Noise(self.seed);
        let mut samples = |ms: f64| (0..self.samples).map(|_| ms * random.factor(self.noise)).collect::<Vec<_>>();
        let baseline = samples(ONE_MS);
        let sweep: Vec<_> = self.workers.iter().map(|n| (*n, samples(ONE_MS * times(*n as f64)))).collect();
        Curve::of("threads", &sweep, &baseline, self.claimed_cores).expect("all are times")
    }
}

/// Amdahl's law: the time with `n` workers, as part of that with one.
pub fn amdahl(serial: f64) -> impl Fn(f64) -> f64 {
    usl(serial, 0.0)
}

/// Gunther's law, from the throughput as it is written in the book.
pub fn usl(sigma: f64, kappa: f64) -> impl Fn(f64) -> f64 {
    move |n| (1.0 + sigma * (n - 1.0) + kappa * n * (n - 1.0)) / n
}

/// SplitMix64.
struct Noise(u64);

impl Noise {
    /// 0 to 1.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as f64 / u64::MAX as f64
    }

    /// 1 and noise: the sum of twelve uniform numbers is nearly normal, with variance 1.
    fn factor(&mut self, deviation: f64) -> f64 {
        1.0 + deviation * ((0..12).map(|_| self.uniform()).sum::<f64>() - 6.0)
    }
}
