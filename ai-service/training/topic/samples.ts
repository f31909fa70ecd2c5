import { below, type Random } from '../../random.ts'
import type { TopicPage } from '../../topic/features.ts'

/** Crops shorter than this say too little to learn from. */
const fewestCropWords = 10

/** A page as it might have been met, and how often it is drawn beside the other variants. */
export interface Variant {
  readonly page: TopicPage
  readonly weight: number
}

/** A page whole, its title alone, and two pieces of its text, one of them without the title. */
export function variantsOf(title: string, text: string, random: Random): Variant[] {
  const whole = { title, description: '', url: '', text }
  const words = text.split(/\s+/)
  if (words.length <= fewestCropWords) return [{ page: whole, weight: 1 }]
  const piece = (): string => {
    const size = fewestCropWords + below(random, Math.min(300, words.length) - fewestCropWords + 1)
    const start = below(random, words.length - size + 1)
    return words.slice(start, start + size).join(' ')
  }
  return [
    { page: whole, weight: 0.5 },
    ...(title === '' ? [] : [{ page: { ...whole, text: '' }, weight: 0.15 }]),
    { page: { ...whole, text: piece() }, weight: 0.2 },
    { page: { ...whole, title: '', text: piece() }, weight: 0.15 },
  ]
}
