// One of the pool's workers: computes a band of rows and sends it back, without copying it.

import { interleaved } from "./mandelbrot.js";

self.onmessage = ({ data: { size, limit, from, to } }) => {
  const counts = interleaved(size, limit, from, to);
  postMessage({ from, counts }, [counts.buffer]);
};
