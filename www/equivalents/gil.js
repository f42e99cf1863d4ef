// Threads with a GIL: Workers and one lock. Its holder may compute, the others wait.
import { isMainThread, Worker, workerData } from "node:worker_threads";

if (isMainThread) {
  const lock = new Int32Array(new SharedArrayBuffer(4)); // 0: free, 1: held
  for (const n of [720_720, 999_983, 1_000_000, 1_048_576]) {
    new Worker(import.meta.filename, { workerData: { n, lock } });
  }
} else {
  const { n, lock } = workerData;
  while (Atomics.compareExchange(lock, 0, 0, 1) === 1) Atomics.wait(lock, 0, 1);
  let divisors = 0;
  for (let i = 1; i <= n; i++) if (n % i === 0) divisors++;
  Atomics.store(lock, 0, 0);
  Atomics.notify(lock, 0, 1);
  console.log(n, divisors);
}
