/** The steps that other browsers have, as factors. */
const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5]
/** Factors that come back from an engine's levels are never quite the same. */
const tolerance = 0.01

export type ZoomStep = 'in' | 'out' | 'reset'

/** The next factor from here. At either end it stays. */
export function zoomed(factor: number, to: ZoomStep): number {
  switch (to) {
    case 'in':
      return steps.find(step => step > factor + tolerance) ?? factor
    case 'out':
      return steps.findLast(step => step < factor - tolerance) ?? factor
    case 'reset':
      return 1
  }
}
