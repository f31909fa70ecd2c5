const megabyte = 1024 * 1024

/** Three sizes: small, usual, and large from 256 MB on. Steps, so that a circle does not breathe with every sample. */
export function circleRadius(radius: number, memoryBytes: number | null): number {
  if (memoryBytes === null || memoryBytes < 96 * megabyte) return Math.round(radius * 0.86)
  return memoryBytes < 256 * megabyte ? radius : Math.round(radius * 1.18)
}
