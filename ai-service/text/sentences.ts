import { primarySubtag } from './words.ts'

export type SentenceSplitter = (text: string) => string[]

/** Abbreviations after which a sentence goes on, in the languages where they are usual; lower-cased, no point. */
const abbreviations = new Set(
  (
    'mr mrs ms dr prof st jr sr vs e.g i.e cf no nos fig figs vol ed eds pp p art sec ch inc ltd co corp gen col capt lt sgt rev hon gov sen rep ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec approx dept est u.s u.k ' +
    'z.b bzw ca d.h u.a usw vgl nr str hr fr abs bd s inkl ggf evtl sog dr.med ' +
    'm mme mlle mm av env ex ' +
    'sra sres srta ud uds dña núm pág ' +
    'sig dott avv ecc ' +
    'dhr mevr bijv resp blz ' +
    'tj tzn např mj atd np m.in ul godz im г т.е т.д т.п ул стр рис см др им'
  ).split(' '),
)

/** Languages that write ordinals with a point, as in "3. Oktober". */
const ordinalWithPoint = new Set([
  'de',
  'da',
  'nb',
  'nn',
  'fo',
  'is',
  'fi',
  'et',
  'hu',
  'cs',
  'sk',
  'sl',
  'hr',
  'sr',
  'bs',
  'lv',
  'tr',
  'hsb',
  'dsb',
])

const endsInPoint = /(?:^|[\s("'«„“])([\p{L}.]{1,10}|\d{1,2})\.\s*$/u

/**
 * Splits a paragraph into sentences: Unicode's sentence boundaries (UAX 29, by Intl.Segmenter), and then joins what
 * was cut after an abbreviation, an initial or an ordinal number. Trimmed, never empty. Give it pieces of bounded
 * length: it does not yield.
 */
export function sentenceSplitter(tag: string): SentenceSplitter {
  const segmenter = new Intl.Segmenter(isKnownLocale(tag) ? tag : 'en', { granularity: 'sentence' })
  const hasOrdinals = ordinalWithPoint.has(primarySubtag(tag))
  return text => {
    const sentences: string[] = []
    let open = ''
    for (const { segment } of segmenter.segment(text)) {
      open += segment
      if (goesOn(open, hasOrdinals)) continue
      if (open.trim() !== '') sentences.push(open.trim())
      open = ''
    }
    if (open.trim() !== '') sentences.push(open.trim())
    return sentences
  }
}

function goesOn(sentence: string, hasOrdinals: boolean): boolean {
  const last = endsInPoint.exec(sentence.slice(-16))?.[1]
  if (last === undefined) return false
  if (/^\d/.test(last)) return hasOrdinals
  // One capital letter is an initial ("J. Smith"), except "I" and non-Latin ones, which end sentences too.
  if (/^[A-HJ-Z]$/.test(last)) return true
  return abbreviations.has(last.toLowerCase())
}

function isKnownLocale(tag: string): boolean {
  try {
    return tag !== 'und' && Intl.Segmenter.supportedLocalesOf([tag]).length > 0
  } catch {
    return false
  }
}

/** Longest piece that is split in one go: about a millisecond of work. */
export const longestPieceUnits = 8_000

/** Cuts a long paragraph at sentence ends or spaces into pieces of at most `longestPieceUnits`. */
export function piecesOf(paragraph: string): string[] {
  if (paragraph.length <= longestPieceUnits) return [paragraph]
  const pieces: string[] = []
  let start = 0
  while (start < paragraph.length) {
    let end = Math.min(paragraph.length, start + longestPieceUnits)
    if (end < paragraph.length) {
      const window = paragraph.slice(end - 1_000, end)
      const cut = Math.max(
        window.lastIndexOf('. '),
        window.lastIndexOf('。'),
        window.lastIndexOf('? '),
        window.lastIndexOf('! '),
      )
      const space = window.lastIndexOf(' ')
      if (cut !== -1) end = end - 1_000 + cut + 1
      else if (space !== -1) end = end - 1_000 + space + 1
      else if (isHighSurrogate(paragraph.charCodeAt(end - 1))) end--
    }
    pieces.push(paragraph.slice(start, end))
    start = end
  }
  return pieces
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}
