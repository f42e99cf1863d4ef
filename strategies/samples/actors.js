// Actors: Workers with memories of their own; tasks take turns where they were dealt.
import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread, parentPort, Worker } from "node:worker_threads";

async function fetchItem(n) {
  await sleep(100); // this actor's other tasks go on
  return n * n;
}

if (isMainThread) {
  const actors = [1, 2].map(() => new Worker(import.meta.filename));
  for (const actor of actors) actor.once("message", (answers) => console.log(answers));
  actors[0].postMessage([1, 3, 5]);
  actors[1].postMessage([2, 4, 6]);
} else {
  parentPort.once("message", async (share) => {
    parentPort.postMessage(await Promise.all(share.map(fetchItem)));
  });
}
