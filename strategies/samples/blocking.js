// Blocking: a for loop. Until the last call is done, the page (or server) cannot react.
function work(n) {
  let divisors = 0;
  for (let i = 1; i <= n; i++) if (n % i === 0) divisors++;
  return divisors;
}

for (const n of [720_720, 999_983, 1_000_000, 1_048_576]) {
  console.log(n, work(n));
}
