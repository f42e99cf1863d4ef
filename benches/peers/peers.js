// Everything that the bench races against, ready to be timed: imported into the very page that Lanes runs in.

import { interleaved, plain } from "./mandelbrot.js";
import { startPool } from "./pool.js";

/** Starts every pool, so that starting is in nobody's time; comes back with what takes one sample of a peer. */
export async function start(workers) {
  const pool = startPool(workers);
  const naive = await import("./naive-rayon/naive-rayon.js");
  await naive.default();
  await naive.initThreadPool(workers);
  return sampler({
    ...alone,
    pool: async (size, limit) => new Counts(await pool(size, limit), limit),
    naive: async (size, limit) => new naive.Rows(size, limit),
    onPage: async (size, limit) => new naive.Tiles(size, limit),
  });
}

/** The same for what Lanes' processes are: workers that share nothing, and copy what they answer. */
export async function startCopying(workers) {
  const copying = startPool(workers, { copying: true });
  return sampler({ ...alone, copying: async (size, limit) => new Counts(await copying(size, limit), limit) });
}

/** One thread, the page's own. */
const alone = {
  plain: async (size, limit) => new Counts(plain(size, limit, 0, size), limit),
  interleaved: async (size, limit) => new Counts(interleaved(size, limit, 0, size), limit),
};

/** Takes one sample of a peer: how long it took, and its answer. */
function sampler(peers) {
  return async (name, size, limit) => {
    const start = performance.now();
    const picture = await peers[name](size, limit);
    const ms = performance.now() - start;
    const answer = picture.answer(); // apart, because Lanes, too, stops its clock before it says the answer
    picture.free();
    return [ms, answer];
  };
}

/** A picture computed by JavaScript. */
class Counts {
  constructor(counts, limit) {
    this.counts = counts;
    this.limit = limit;
  }

  /** How Lanes' answer begins. */
  answer() {
    return `${this.counts.filter((count) => count === this.limit).length} points stayed inside`;
  }

  free() {}
}
