// Threads with a GIL: Workers and one lock. Its holder may compute, the others wait.
import { isMainThread, Worker, workerData } from "node:worker_threads";

if (isMainThread) {
  const gil = new Int32Array(new SharedArrayBuffer(8)); // next ticket, whose turn it is
  for (const n of [720_720, 999_983, 1_000_000, 1_048_576]) {
    new Worker(import.meta.filename, { workerData: { n, gil } });
  }
} else {
  const { n, gil } = workerData;
  let divisors = 0;
  for (let i = 1; i <= n; ) {
    const ticket = Atomics.add(gil, 0, 1);
    for (let now; (now = Atomics.load(gil, 1)) !== ticket; ) Atomics.wait(gil, 1, now);
    for (const end = i + 50_000; i < end && i <= n; i++) if (n % i === 0) divisors++;
    Atomics.add(gil, 1, 1);
    Atomics.notify(gil, 1); // all: one of them has the next ticket
  }
  console.log(n, divisors);
}
