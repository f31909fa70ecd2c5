import type { PageBlocks } from '../page-blocks.ts'
import { blockFeatures } from './features.ts'
import { chooseRegion } from './region.ts'
import { Scorer } from './scorer.ts'
import weights from './weights.json' with { type: 'json' }

export interface MainContent {
  readonly paragraphs: string[]
  readonly characters: number
  /** How sure the model is of what it chose, weighted by length; 0 to 1. */
  readonly confidence: number
}

/** Made when the first page is read, and not when the tab opens. */
let scorer: Scorer | null = null

/**
 * Finds the main content among the blocks of a page whose document has this title. Null when `isLate` says, asked now
 * and then, that nobody waits for it any more.
 */
export function findMainContent(page: PageBlocks, title: string, isLate: () => boolean): MainContent | null {
  const features = blockFeatures(page, title, isLate)
  if (features === null || isLate()) return null
  scorer ??= new Scorer(weights)
  const scores = scorer.score(features.values, features.width)
  const weightOf = features.texts.map(text => text.weight)
  const paragraphs: string[] = []
  let characters = 0
  let weight = 0
  let certainty = 0
  for (const index of chooseRegion(page, scores, weightOf)) {
    const text = page.blocks[index]?.text ?? ''
    paragraphs.push(text)
    characters += text.length
    weight += weightOf[index] ?? 0
    certainty += (weightOf[index] ?? 0) * (scores[index] ?? 0)
  }
  return { paragraphs, characters, confidence: weight === 0 ? 0 : certainty / weight }
}
