import { longestPassage, type PageMemory } from '../../contracts/memory.ts'
import {
  mostPassages,
  type PageAnalysis,
  type PassageIndex,
  vectorBytes,
} from '../../contracts/page-analysis.ts'

/** What is kept of a page so that it can be found again. `at` in milliseconds since the epoch. */
export function pageMemoryOf(
  url: string,
  analysis: PageAnalysis,
  index: PassageIndex,
  at: number,
): PageMemory {
  const { language, topic, keywords, title } = analysis
  const passages = index.passages.slice(0, mostPassages)
  return {
    url,
    title,
    passages: passages.map(({ paragraph, text }) => ({ paragraph, text: clipped(text) })),
    vectors: index.vectors.subarray(0, passages.length * vectorBytes),
    pageVector: index.pageVector,
    keywords: keywords.map(keyword => keyword.phrase),
    topic: topic.kind === 'known' ? (topic.topics[0]?.label ?? null) : null,
    language: language.kind === 'known' ? language.guess.tag : 'und',
    at,
  }
}

/** Cut where it leaves no half of a character behind. */
function clipped(text: string): string {
  if (text.length <= longestPassage) return text
  const cut = text.slice(0, longestPassage)
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}
