import type { PageBlocks } from '../page-blocks.ts'

/** How the blocks of the main content are chosen by their probabilities. Found on pages that nothing was trained on. */
export interface RegionSettings {
  /** Below this probability a block speaks against its container, above it for it. */
  readonly balance: number
  /** Least probability of what is kept inside of the chosen container; outside of it nothing is. */
  readonly least: number
}

export const regionSettings: RegionSettings = { balance: 0.4, least: 0.15 }

/** Blocks of the main content, as indices in reading order. */
export function chooseRegion(
  page: PageBlocks,
  scores: Float32Array,
  weights: readonly number[],
  settings: RegionSettings = regionSettings,
): number[] {
  const { blocks, containers } = page
  const gains = new Float64Array(containers.length)
  for (const [index, block] of blocks.entries()) {
    const gain = ((scores[index] ?? 0) - settings.balance) * (weights[index] ?? 0)
    gains[block.container] = (gains[block.container] ?? 0) + gain
  }
  for (let index = containers.length - 1; index > 0; index--) {
    const parent = containers[index]?.parent ?? 0
    gains[parent] = (gains[parent] ?? 0) + (gains[index] ?? 0)
  }
  let best = 0
  // The innermost of those that gain the same.
  for (const [index, gain] of gains.entries()) if (gain >= (gains[best] ?? 0)) best = index
  const isInside = new Uint8Array(containers.length)
  for (const [index, { parent }] of containers.entries()) {
    isInside[index] = index === best || (parent >= 0 && isInside[parent] === 1) ? 1 : 0
  }
  return [...blocks.entries()].flatMap(([index, block]) => {
    return isInside[block.container] === 1 && (scores[index] ?? 0) >= settings.least ? [index] : []
  })
}
