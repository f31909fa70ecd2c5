import type { PageBlocks } from '../page-blocks.ts'
import { blockFeatures } from './features.ts'
import { chooseRegion } from './region.ts'
import { scoreRows } from './scorer.ts'
import weights from './weights.json' with { type: 'json' }

export interface MainContent {
  readonly paragraphs: string[]
  readonly characters: number
  /** How sure the model is of what it chose, weighted by length; 0 to 1. */
  readonly confidence: number
}

/** Finds the main content among the blocks of a page whose document has this title. */
export function findMainContent(page: PageBlocks, title: string): MainContent {
  const { values, width, texts } = blockFeatures(page, title)
  const scores = scoreRows(values, width, weights)
  const weightOf = texts.map(text => text.weight)
  const chosen = chooseRegion(page, scores, weightOf)
  const paragraphs: string[] = []
  let characters = 0
  let weight = 0
  let certainty = 0
  for (const index of chosen) {
    const text = page.blocks[index]?.text ?? ''
    paragraphs.push(text)
    characters += text.length
    weight += weightOf[index] ?? 0
    certainty += (weightOf[index] ?? 0) * (scores[index] ?? 0)
  }
  return { paragraphs, characters, confidence: weight === 0 ? 0 : certainty / weight }
}
