// Async on threads: JavaScript has none. What comes near: an event loop in each Worker,
// and in shared memory a count of what is taken. What was begun stays where it is.
import { isMainThread, Worker, workerData as next } from "node:worker_threads";

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function serve() {
  for (let n; (n = Atomics.add(next, 0, 1)) < 16; ) {
    await sleep(100); // this Worker's others get their turn
    console.log(n * n);
  }
}

if (isMainThread) {
  const workerData = new Int32Array(new SharedArrayBuffer(4));
  for (const _ of [1, 2]) new Worker(import.meta.filename, { workerData });
} else {
  await Promise.all([serve(), serve(), serve(), serve()]);
}
