// A pool of plain JavaScript workers: whoever is free gets the next band of rows. Each has one band in hand and one at
// its door, so that it need not wait for a message, as Lanes' processes have.

const ROWS = 10;
const BANDS_AT_ONCE = 2;

/** Starts the workers; they stay for all pictures. They give their answers away, or copy them, as processes have to. */
export function startPool(count, { copying = false } = {}) {
  const workers = Array.from({ length: count }, () => new Worker(new URL("pool_worker.js", import.meta.url), { type: "module" }));
  return (size, limit) => picture(workers, size, limit, copying);
}

/** All escape counts of a picture. */
function picture(workers, size, limit, copying) {
  return new Promise((resolve, reject) => {
    const all = new Uint16Array(size * size);
    let next = 0;
    let missing = Math.ceil(size / ROWS);
    const feed = (worker) => {
      if (next < size) {
        const from = next;
        next += ROWS;
        worker.postMessage({ size, limit, from, to: Math.min(next, size), copying });
      }
    };
    for (const worker of workers) {
      worker.onerror = reject;
      worker.onmessage = ({ data: { from, counts } }) => {
        feed(worker);
        all.set(counts, from * size);
        if (--missing === 0) resolve(all);
      };
    }
    for (let round = 0; round < BANDS_AT_ONCE; round++) workers.forEach(feed);
  });
}
