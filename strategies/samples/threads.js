// Threads: Workers over one SharedArrayBuffer. (In Node; browsers have both, too.)
import { once } from "node:events";
import { isMainThread, Worker, workerData } from "node:worker_threads";

if (isMainThread) {
  const inputs = [720_720, 999_983, 1_000_000, 1_048_576];
  const answers = new Int32Array(new SharedArrayBuffer(4 * inputs.length));
  const workers = inputs.map(
    (n, i) => new Worker(import.meta.filename, { workerData: { n, i, answers } }),
  );
  await Promise.all(workers.map((worker) => once(worker, "exit")));
  console.log(answers);
} else {
  const { n, i, answers } = workerData; // answers: the same memory, not a copy
  for (let d = 1; d <= n; d++) if (n % d === 0) answers[i]++;
}
