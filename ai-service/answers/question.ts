import { wordsOf } from '../embedding/tokenizer.ts'
import { stopWordsOf } from '../text/stop-words.ts'

/** What kind of thing a question asks for, by its question words; English only, other languages are 'open'. */
export type QuestionKind = 'time' | 'number' | 'person' | 'place' | 'reason' | 'open'

export interface Question {
  readonly text: string
  readonly kind: QuestionKind
  /** Stems of the words that carry its meaning, each once. */
  readonly terms: readonly string[]
}

/** Words that only make a question of what they stand with. */
const questionWords = new Set(
  'what which who whom whose when where why how tell explain describe mean meaning many much does did do is are was were can could should would will long old please'.split(
    ' ',
  ),
)
const stemUnits = 6

/** One name for the forms of a word: its first six letters without the ending of a plural. */
export function stemOf(word: string): string {
  const singular = word.length > 3 && /[^su]s$/.test(word) ? word.slice(0, -1).replace(/ie$/, 'y') : word
  return singular.slice(0, stemUnits)
}

/** `language` is that of the page. */
export function readQuestion(text: string, language: string): Question {
  const words = wordsOf(text)
  const stopWords = stopWordsOf(language)
  const english = stopWordsOf('en')
  const content = words.filter(
    word => !questionWords.has(word) && stopWords?.has(word) !== true && english?.has(word) !== true,
  )
  // "Who is who?" has nothing but such words; then all of them count.
  const terms = [...new Set((content.length > 0 ? content : words).map(stemOf))]
  return { text, kind: kindOf(words.join(' ')), terms }
}

const kinds: readonly (readonly [QuestionKind, RegExp])[] = [
  ['time', /\b(?:when|what (?:year|date|day|time|month|century)|which (?:year|day)|how long ago|since)\b/],
  [
    'number',
    /\b(?:how (?:many|much|long|old|far|tall|big|large|high|deep|often|fast|heavy)|what (?:number|percentage|share|age|price|cost))\b/,
  ],
  ['person', /\b(?:who|whom|whose)\b/],
  ['place', /\b(?:where|what (?:country|city|town|place|state)|which (?:country|city|town|place|state))\b/],
  ['reason', /\b(?:why|what causes?|how come|reasons?)\b/],
]

function kindOf(words: string): QuestionKind {
  return kinds.find(([, pattern]) => pattern.test(words))?.[0] ?? 'open'
}

const signs: Readonly<Record<QuestionKind, RegExp>> = {
  time: /\b(?:1[0-9]{3}|20[0-9]{2})\b|\b(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|century|spring|summer|autumn|winter)\b|\d{1,2}:\d{2}/iu,
  number:
    /\p{N}|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred|thousand|million|billion|dozen|half|percent|years?)\b/iu,
  person: /(?:\p{Lu}\p{L}+\.? ){1,3}\p{Lu}\p{L}+|\b(?:he|she|by \p{Lu})/u,
  place:
    /\b(?:[Ii]n|[Aa]t|[Nn]ear|[Ff]rom|[Oo]f|[Oo]n|[Tt]o) (?:the )?\p{Lu}|\b(?:located|based|situated|north|south|east|west)\b/u,
  reason:
    /\b(?:because|caused?|causes|due to|reasons?|since|therefore|results? (?:of|from|in)|so that|in order to|led to)\b/iu,
  open: /^/u,
}

/** True when a sentence has something that could answer a question of that kind: a year, a name, "because". */
export function couldAnswer(kind: QuestionKind, sentence: string): boolean {
  return signs[kind].test(sentence)
}
