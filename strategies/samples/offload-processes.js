// Loop + processes: async functions wait for child processes, which compute.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const n = Number(process.argv[2]);

if (n) { // one of the children: its output is a pipe
  let divisors = 0;
  for (let i = 1; i <= n; i++) if (n % i === 0) divisors++;
  console.log(divisors);
} else {
  const serve = async (n) => {
    const child = await run(process.execPath, [import.meta.filename, String(n)]);
    return Number(child.stdout);
  };
  console.log(await Promise.all([720_720, 999_983, 1_000_000, 1_048_576].map(serve)));
}
