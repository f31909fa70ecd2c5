/** `--ease` of the design, cubic-bezier(0.2, 0, 0, 1): 0 to 1 for a time from 0 to 1. */
export function ease(time: number): number {
  if (time <= 0) return 0
  if (time >= 1) return 1
  // x of the curve is 0.6 (1-s)² s + s³; found by bisection, to less than a pixel of any screen.
  let [low, high] = [0, 1]
  for (let step = 0; step < 20; step += 1) {
    const s = (low + high) / 2
    if (0.6 * (1 - s) ** 2 * s + s ** 3 < time) low = s
    else high = s
  }
  const s = (low + high) / 2
  return 3 * (1 - s) * s ** 2 + s ** 3
}
