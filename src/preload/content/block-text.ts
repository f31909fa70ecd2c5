import { isLetterAt } from './letters.ts'
import { phrasesIn } from './phrases.ts'

/** What the words of one block tell, whatever its language. */
export interface BlockText {
  /** Characters, where one of a script that writes words in one or two counts as several. */
  readonly weight: number
  readonly words: number
  readonly linkShare: number
  readonly sentenceEnds: number
  readonly commas: number
  readonly endsSentence: boolean
  readonly digitShare: number
  readonly upperShare: number
  readonly separators: number
  /** Bits of the kinds of phrases in it. */
  readonly phrases: number
  /** Whether it reads like running text. */
  readonly isProse: boolean
}

const wide = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/g
const anyWide = /[\u0e00-\uffff]/

/** Text beyond this tells nothing new. */
const mostLookedAt = 2_000

export function describeText(text: string, linkCharacters: number): BlockText {
  const part = text.length > mostLookedAt ? text.slice(0, mostLookedAt) : text
  const wideCharacters = anyWide.test(part) ? (part.match(wide)?.length ?? 0) : 0
  let words = 1
  let ends = 0
  let commas = 0
  let digits = 0
  let upper = 0
  let separators = 0
  for (let index = 0; index < part.length; index++) {
    const code = part.charCodeAt(index)
    if (code >= 0x61 && code <= 0x7a) continue
    if (code === 0x20) words++
    else if (code >= 0x41 && code <= 0x5a) upper++
    else if (code >= 0x30 && code <= 0x39) digits++
    else if (code === 0x2c || code === 0x3001 || code === 0xff0c || code === 0x60c) commas++
    else if (isEnd(code)) {
      // A full stop inside of a number or an address ends nothing.
      const next = part.charCodeAt(index + 1)
      if (code !== 0x2e || Number.isNaN(next) || next === 0x20 || next === 0x22 || next > 0x2000) ends++
    } else if (code === 0x7c || code === 0xbb || code === 0x203a || code === 0xb7 || code === 0x2022)
      separators++
  }
  const length = Math.max(1, part.length)
  const weight = text.length * (1 + (1.6 * wideCharacters) / length)
  const linkShare = text.length === 0 ? 0 : Math.min(1, linkCharacters / text.length)
  return {
    weight,
    words: words * (text.length / length) + wideCharacters / 2,
    linkShare,
    sentenceEnds: ends,
    commas,
    endsSentence: endsSentence(part),
    digitShare: digits / length,
    upperShare: upper / length,
    separators,
    phrases: text.length < 200 ? phrasesIn(part, digits) : 0,
    isProse: weight >= 70 && linkShare < 0.45 && ends + commas > 0 && separators < 4,
  }
}

/** With a mark of one, and two more characters at most, as quotes and brackets are. */
function endsSentence(text: string): boolean {
  for (let index = text.length - 1; index >= text.length - 3; index--) {
    const code = text.charCodeAt(index)
    if (isEnd(code) || code === 0x2026 || code === 0x3a || code === 0x3b) return true
    if (isLetterAt(text, index)) return false
  }
  return false
}

function isEnd(code: number): boolean {
  return (
    code === 0x2e ||
    code === 0x21 ||
    code === 0x3f ||
    code === 0x3002 ||
    code === 0xff01 ||
    code === 0xff1f ||
    code === 0x61f ||
    code === 0x964 ||
    code === 0x6d4
  )
}
