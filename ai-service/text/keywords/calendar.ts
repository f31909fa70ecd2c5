import { primarySubtag } from '../words.ts'

const known = new Map<string, ReadonlySet<string>>()

/** Names of months and weekdays, long and short, as the platform knows them; lower-cased. They date a page. */
export function calendarWords(tag: string): ReadonlySet<string> {
  const language = primarySubtag(tag)
  const made = known.get(language)
  if (made !== undefined) return made
  const words = new Set<string>()
  for (const locale of [language, 'en']) {
    for (const style of ['long', 'short'] as const) {
      const months = formatter(locale, { month: style, timeZone: 'UTC' })
      const monthsInDates = formatter(locale, { month: style, day: 'numeric', timeZone: 'UTC' })
      const days = formatter(locale, { weekday: style, timeZone: 'UTC' })
      for (let place = 0; place < 12; place++) {
        add(words, months.format(Date.UTC(2024, place, 1)))
        add(words, monthsInDates.format(Date.UTC(2024, place, 1)))
        if (place < 7) add(words, days.format(Date.UTC(2024, 0, place + 1)))
      }
    }
  }
  known.set(language, words)
  return words
}

function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, options)
  } catch {
    return new Intl.DateTimeFormat('en', options)
  }
}

/** "May" and "March" are words too, but seldom what a page is about. */
function add(words: Set<string>, text: string): void {
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{M}]+/gu)) if (word.length > 1) words.add(word)
}
