// Processes: Workers with memories of their own; messages are copied.
// (In Node. Its child_process.fork does the same with processes of the system.)
import { isMainThread, parentPort, Worker } from "node:worker_threads";

if (isMainThread) {
  for (const n of [720_720, 999_983, 1_000_000, 1_048_576]) {
    const worker = new Worker(import.meta.filename);
    worker.once("message", (answer) => console.log(n, answer));
    worker.postMessage(n);
  }
} else {
  parentPort.once("message", (n) => {
    let divisors = 0;
    for (let i = 1; i <= n; i++) if (n % i === 0) divisors++;
    parentPort.postMessage(divisors);
  });
}
