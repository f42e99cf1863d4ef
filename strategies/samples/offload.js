// Loop + threads: async functions that await a pool of Workers for what must be computed.
import { once } from "node:events";
import { isMainThread, parentPort, Worker } from "node:worker_threads";

if (isMainThread) {
  const queue = [720_720, 999_983, 1_000_000, 1_048_576].values();
  const serve = async (worker) => {
    for (const n of queue) { // an idle thread takes the next
      worker.postMessage(n);
      console.log(n, ...(await once(worker, "message")));
    }
    await worker.terminate();
  };
  await Promise.all([1, 2].map(() => serve(new Worker(import.meta.filename))));
} else {
  parentPort.on("message", (n) => {
    let divisors = 0;
    for (let i = 1; i <= n; i++) if (n % i === 0) divisors++;
    parentPort.postMessage(divisors);
  });
}
