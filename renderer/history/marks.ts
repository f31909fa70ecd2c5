/** A piece of a passage; marked when it is a word that was searched for. */
export interface TextPiece {
  readonly text: string
  readonly isMarked: boolean
}

const words = /[\p{L}\p{N}\p{M}]+/gu
const marks = /\p{M}/gu
const withoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** Shorter words that go on are not marked: they stand everywhere. */
const shortestBeginning = 2
/** An excerpt begins this far before the first mark. */
const leadCharacters = 60
const longestExcerpt = 320

/** Splits a passage at the words of a query, as the search compares them: without marks, whatever the case. */
export function markWords(text: string, query: string): readonly TextPiece[] {
  const wanted = wordsOf(query)
  if (wanted.length === 0) return [{ text, isMarked: false }]
  const pieces: TextPiece[] = []
  let end = 0
  const mark = (from: number, to: number): void => {
    if (from > end) pieces.push({ text: text.slice(end, from), isMarked: false })
    pieces.push({ text: text.slice(from, to), isMarked: true })
    end = to
  }
  for (const match of text.matchAll(words)) {
    const [word] = match
    const compared = folded(word)
    const isWord = wanted.some(one =>
      one.isBeginning && !one.isRun ? compared.startsWith(one.text) : compared === one.text,
    )
    if (isWord) {
      mark(match.index, match.index + word.length)
      continue
    }
    for (const { text: run, isRun } of wanted) {
      const place = isRun ? word.indexOf(run) : -1
      if (place !== -1 && match.index + place >= end)
        mark(match.index + place, match.index + place + run.length)
    }
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isMarked: false })
  return pieces
}

/** As much of a passage as a result shows: from shortly before the first mark, or from its beginning. */
export function excerptOf(text: string, query: string): readonly TextPiece[] {
  const first = markWords(text, query)
  const lead = first[0]?.isMarked === false && first.length > 1 ? first[0].text.length : 0
  const start = lead > leadCharacters * 2 ? wordStart(text, lead - leadCharacters) : 0
  const end = text.length - start > longestExcerpt ? wordStart(text, start + longestExcerpt) : text.length
  const shown = text.slice(start, end).trimEnd()
  return markWords(`${start > 0 ? '… ' : ''}${shown}${end < text.length ? ' …' : ''}`, query)
}

interface WantedWord {
  readonly text: string
  readonly isBeginning: boolean
  readonly isRun: boolean
}

function wordsOf(query: string): readonly WantedWord[] {
  const all = [...query.matchAll(words)]
  return all.map((match, index) => {
    const [word] = match
    const isLast = index === all.length - 1 && match.index + word.length === query.length
    const text = folded(word)
    return {
      text,
      isBeginning: isLast && text.length >= shortestBeginning,
      isRun: withoutSpaces.test(word),
    }
  })
}

function folded(text: string): string {
  return text.normalize('NFD').replace(marks, '').toLowerCase()
}

/** The first beginning of a word at or after a place, if there is one nearby. */
function wordStart(text: string, place: number): number {
  const space = text.indexOf(' ', place)
  if (space !== -1 && space - place < leadCharacters) return space + 1
  // No half of a character.
  return /[\udc00-\udfff]/.test(text[place] ?? '') ? place + 1 : place
}
