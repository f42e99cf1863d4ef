// Event loop: async functions on one thread. Waits overlap; computing does not.
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function fetchItem(n) {
  await sleep(100); // others get their turn
  return n * n;
}

console.log(await Promise.all([1, 2, 3, 4].map(fetchItem)));
