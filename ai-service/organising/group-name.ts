import { stopWordsOf } from '../text/stop-words.ts'
import { wordSplitter } from '../text/words.ts'

/** What a name is made of: the words of one tab, in their order, as they are written. */
export interface NamedText {
  readonly title: string
  /** Keywords and summary; weighs less than the title. */
  readonly text: string
  /** Registrable domain or host; the name when nothing else is shared. */
  readonly site: string
}

const mostNameCharacters = 40
const split = wordSplitter('und')
/** Titles of one window come in several languages, and which is which is not known here. */
const functionWords = new Set(
  ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'pl', 'ru'].flatMap(tag => [
    ...(stopWordsOf(tag) ?? []),
  ]),
)

/**
 * Names a group by the word or pair of words that most of its members share and that few others have (tf-idf over
 * tabs instead of documents); by its site when all are of one and share no word.
 */
export function groupName(members: readonly NamedText[], others: readonly NamedText[]): string {
  const inside = countTabs(members)
  const outside = countTabs(others)
  let best: { readonly words: string; readonly score: number } | null = null
  for (const [folded, { tabs, inTitles, words }] of inside) {
    if (tabs < Math.max(2, members.length / 2)) continue
    const rarity = Math.log(1 + (others.length + 1) / (1 + (outside.get(folded)?.tabs ?? 0)))
    const isPair = folded.includes(' ')
    const score = (tabs + inTitles) * rarity * (isPair ? 1.5 : 1)
    if (best === null || score > best.score) best = { words, score }
  }
  const [site = ''] = members.map(member => member.site)
  const isOneSite = site !== '' && members.every(member => member.site === site)
  const name = best?.words ?? (isOneSite ? site : (members[0]?.title ?? ''))
  return capitalised(name.slice(0, mostNameCharacters).trim())
}

interface SharedWords {
  /** Tabs that have them, anywhere. */
  tabs: number
  /** Tabs that have them in their titles. */
  inTitles: number
  /** As first written. */
  readonly words: string
}

function countTabs(tabs: readonly NamedText[]): Map<string, SharedWords> {
  const counts = new Map<string, SharedWords>()
  for (const { title, text } of tabs) {
    const inTitle = phrasesOf(title)
    for (const [folded, words] of new Map([...phrasesOf(text), ...inTitle])) {
      const shared = counts.get(folded) ?? { tabs: 0, inTitles: 0, words }
      shared.tabs += 1
      if (inTitle.has(folded)) shared.inTitles += 1
      counts.set(folded, shared)
    }
  }
  return counts
}

/** Content words and neighbouring pairs of them, folded, with how they were written first. */
function phrasesOf(text: string): Map<string, string> {
  const phrases = new Map<string, string>()
  let previous: { readonly folded: string; readonly text: string; readonly end: number } | null = null
  for (const token of split(text.slice(0, 4_000))) {
    const isContent =
      token.folded.length > 2 && /\p{L}/u.test(token.folded) && !functionWords.has(token.folded)
    if (!isContent) {
      previous = null
      continue
    }
    if (!phrases.has(token.folded)) phrases.set(token.folded, token.text)
    if (previous !== null && text.slice(previous.end, token.start).trim() === '') {
      phrases.set(`${previous.folded} ${token.folded}`, `${previous.text} ${token.text}`)
    }
    previous = { folded: token.folded, text: token.text, end: token.start + token.text.length }
  }
  return phrases
}

function capitalised(name: string): string {
  const first = String.fromCodePoint(name.codePointAt(0) ?? 32)
  return first.toUpperCase() + name.slice(first.length)
}
