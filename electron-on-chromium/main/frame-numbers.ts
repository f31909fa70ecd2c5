/** Electron names frames by numbers; DevTools by strings. The numbers given here hold for good. */
const numberByFrame = new Map<string, number>()
let lastNumber = 0

/** The `routingId` of a frame. */
export function routingIdOf(frameId: string): number {
  const known = numberByFrame.get(frameId)
  if (known !== undefined) return known
  numberByFrame.set(frameId, ++lastNumber)
  return lastNumber
}
