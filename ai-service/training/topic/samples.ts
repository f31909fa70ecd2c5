import { type HashedPage, hashesPerWord } from '../../topic/features.ts'
import { below, type Random } from '../random.ts'

/** Crops shorter than this say too little to learn from. */
const fewestCropWords = 10
const nothing = new Uint32Array()

/**
 * A page as it might have been met: whole, its title alone, its text alone, or a piece of its text; and with a share
 * of its words lost, so that no single word decides.
 */
export function variant(page: HashedPage, random: Random, lostShare: number): HashedPage {
  let { title, description, text } = page
  const words = text.length / hashesPerWord
  if (words > fewestCropWords) {
    const draw = random()
    if (title.length > 0 && draw < 0.15) {
      text = nothing
      description = nothing
    } else if (draw < 0.55) {
      const size = fewestCropWords + below(random, words - fewestCropWords + 1)
      const start = below(random, words - size + 1)
      text = text.subarray(start * hashesPerWord, (start + size) * hashesPerWord)
    }
    if (text.length > 0 && random() < 0.3) title = nothing
  }
  const lose = (part: Uint32Array): Uint32Array => part.map(hash => (random() < lostShare ? 0 : hash))
  return { title: lose(title), description: lose(description), url: lose(page.url), text: lose(text) }
}
