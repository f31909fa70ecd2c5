import { maxFeatureUnits } from './features.ts'

const slices = 5

/**
 * As much of a page's text as the language model reads: all of a short one, slices spread over a long one, so that a
 * foreign quotation or a menu at the top does not decide. Work does not grow with the length of a paragraph.
 */
export function samplePage(paragraphs: readonly string[]): string {
  const units = paragraphs.reduce((sum, paragraph) => sum + paragraph.length + 1, 0)
  if (units <= maxFeatureUnits) return paragraphs.join('\n')
  const sliceUnits = Math.floor(maxFeatureUnits / slices) - 1
  const parts: string[] = []
  let passed = 0
  let next = 0
  for (const paragraph of paragraphs) {
    const end = passed + paragraph.length + 1
    while (parts.length < slices && next < end) {
      const start = Math.min(next - passed, Math.max(0, paragraph.length - sliceUnits))
      parts.push(paragraph.slice(start, start + sliceUnits))
      next = Math.max(next + sliceUnits, (units / slices) * parts.length)
    }
    passed = end
  }
  return parts.join('\n')
}
