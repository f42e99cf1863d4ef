// The Mandelbrot kernel in JavaScript: how many iterations of z -> z^2 + c each point takes to escape, for the rows
// `from` to `to` of a picture with `size` by `size` points. Exactly the counts of the naive loop in `f64`.

const LEFT = -2;
const TOP = -1.5;
const EXTENT = 3;

/** One point after the other: the usual loop. */
export function plain(size, limit, from, to) {
  const counts = new Uint16Array((to - from) * size);
  const pitch = EXTENT / size;
  for (let row = from, at = 0; row < to; row++) {
    const ci = TOP + row * pitch;
    for (let column = 0; column < size; column++, at++) {
      counts[at] = finish(LEFT + column * pitch, ci, 0, 0, 0, limit);
    }
  }
  return counts;
}

/** Goes on with one point from z = (x, y), reached after n iterations. */
function finish(cr, ci, x, y, n, limit) {
  let xx = x * x;
  let yy = y * y;
  while (n < limit && xx + yy <= 4) {
    y = (x + x) * y + ci;
    x = xx - yy + cr;
    xx = x * x;
    yy = y * y;
    n++;
  }
  return n;
}

/**
 * Blocks of two by two points: each orbit is a chain of operations that wait for one another, and four chains keep the
 * processor busy. Four iterations at a time run without looking; when somebody escaped in them, they are run again,
 * point by point. (Nobody who escaped comes back: see the same argument in workloads/src/mandelbrot/escape.rs.)
 */
export function interleaved(size, limit, from, to) {
  const counts = new Uint16Array((to - from) * size);
  const pitch = EXTENT / size;
  for (let row = from; row < to; row += 2) {
    const ai = TOP + row * pitch;
    const bi = TOP + (row + 1) * pitch;
    for (let column = 0; column < size; column += 2) {
      const lr = LEFT + column * pitch;
      const rr = LEFT + (column + 1) * pitch;
      // the points a (upper left), b (upper right), c (lower left), d (lower right): real and imaginary part, squares
      let ax = 0, ay = 0, axx = 0, ayy = 0, bx = 0, by = 0, bxx = 0, byy = 0;
      let cx = 0, cy = 0, cxx = 0, cyy = 0, dx = 0, dy = 0, dxx = 0, dyy = 0;
      // the same before the block
      let sax = 0, say = 0, sbx = 0, sby = 0, scx = 0, scy = 0, sdx = 0, sdy = 0;
      let n = 0;
      while (n + 4 <= limit) {
        sax = ax; say = ay; sbx = bx; sby = by; scx = cx; scy = cy; sdx = dx; sdy = dy;
        ay = (ax + ax) * ay + ai; by = (bx + bx) * by + ai; cy = (cx + cx) * cy + bi; dy = (dx + dx) * dy + bi;
        ax = axx - ayy + lr; bx = bxx - byy + rr; cx = cxx - cyy + lr; dx = dxx - dyy + rr;
        axx = ax * ax; ayy = ay * ay; bxx = bx * bx; byy = by * by; cxx = cx * cx; cyy = cy * cy; dxx = dx * dx; dyy = dy * dy;
        ay = (ax + ax) * ay + ai; by = (bx + bx) * by + ai; cy = (cx + cx) * cy + bi; dy = (dx + dx) * dy + bi;
        ax = axx - ayy + lr; bx = bxx - byy + rr; cx = cxx - cyy + lr; dx = dxx - dyy + rr;
        axx = ax * ax; ayy = ay * ay; bxx = bx * bx; byy = by * by; cxx = cx * cx; cyy = cy * cy; dxx = dx * dx; dyy = dy * dy;
        ay = (ax + ax) * ay + ai; by = (bx + bx) * by + ai; cy = (cx + cx) * cy + bi; dy = (dx + dx) * dy + bi;
        ax = axx - ayy + lr; bx = bxx - byy + rr; cx = cxx - cyy + lr; dx = dxx - dyy + rr;
        axx = ax * ax; ayy = ay * ay; bxx = bx * bx; byy = by * by; cxx = cx * cx; cyy = cy * cy; dxx = dx * dx; dyy = dy * dy;
        ay = (ax + ax) * ay + ai; by = (bx + bx) * by + ai; cy = (cx + cx) * cy + bi; dy = (dx + dx) * dy + bi;
        ax = axx - ayy + lr; bx = bxx - byy + rr; cx = cxx - cyy + lr; dx = dxx - dyy + rr;
        axx = ax * ax; ayy = ay * ay; bxx = bx * bx; byy = by * by; cxx = cx * cx; cyy = cy * cy; dxx = dx * dx; dyy = dy * dy;
        if (!(axx + ayy <= 4 && bxx + byy <= 4 && cxx + cyy <= 4 && dxx + dyy <= 4)) {
          ax = sax; ay = say; bx = sbx; by = sby; cx = scx; cy = scy; dx = sdx; dy = sdy;
          break;
        }
        n += 4;
      }
      const at = (row - from) * size + column;
      const right = column + 1 < size;
      counts[at] = finish(lr, ai, ax, ay, n, limit);
      if (right) counts[at + 1] = finish(rr, ai, bx, by, n, limit);
      if (row + 1 < to) {
        counts[at + size] = finish(lr, bi, cx, cy, n, limit);
        if (right) counts[at + size + 1] = finish(rr, bi, dx, dy, n, limit);
      }
    }
  }
  return counts;
}
