// Loop + threads with a GIL: Workers and one lock, which the loop needs to run, too.
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const { n, gil } = workerData ?? { gil: new Int32Array(new SharedArrayBuffer(8)) };
const divisors = () => [...Array(n).keys()].filter((i) => n % (i + 1) === 0).length;

function turn(work) { // CPython's ends after 5 ms, if others want one
  const ticket = Atomics.add(gil, 0, 1);
  for (let now; (now = Atomics.load(gil, 1)) !== ticket; ) Atomics.wait(gil, 1, now);
  work();
  Atomics.add(gil, 1, 1);
  Atomics.notify(gil, 1);
}

if (isMainThread) {
  for (const n of [720_720, 999_983, 1_048_576]) {
    const worker = new Worker(import.meta.filename, { workerData: { n, gil } });
    worker.on("message", (answer) => turn(() => console.log(n, answer)));
  }
} else turn(() => parentPort.postMessage(divisors()));
