// One of the pool's workers: computes a band of rows and sends it back, copied or given away.

import { interleaved } from "./mandelbrot.js";

self.onmessage = ({ data: { size, limit, from, to, copying } }) => {
  const counts = interleaved(size, limit, from, to);
  postMessage({ from, counts }, copying ? [] : [counts.buffer]);
};
