const otherLetter = /[\p{L}\p{N}]/u

/**
 * Whether a text has a letter or a digit of any script at an index. Answers for the common scripts by ranges: the
 * class of all letters takes longer to compile than most pages take to be read.
 */
export function isLetterAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  if (code < 0x80) {
    return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
  }
  if (code >= 0xc0 && code <= 0x24f) return code !== 0xd7 && code !== 0xf7
  if (code >= 0x3b1 && code <= 0x3ce) return true
  if (code >= 0x400 && code <= 0x481) return true
  if (code >= 0x2010 && code <= 0x2027) return false
  if (code >= 0x3041 && code <= 0x3096) return true
  if (code >= 0x30a1 && code <= 0x30fa) return true
  if (code >= 0x3001 && code <= 0x3003) return false
  if (code >= 0x4e00 && code <= 0x9fa5) return true
  if (code >= 0xac00 && code <= 0xd7a3) return true
  if (code >= 0xdc00 && code <= 0xdfff && isHighSurrogate(text.charCodeAt(index - 1)))
    return isLetterAt(text, index - 1)
  if (Number.isNaN(code)) return false
  return otherLetter.test(String.fromCodePoint(text.codePointAt(index) ?? 0))
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

/** Words of a text's first 500 characters, in lower case. */
export function wordsOf(text: string): Set<string> {
  const lower = text.slice(0, 500).toLowerCase()
  const words = new Set<string>()
  let start = -1
  for (let index = 0; index <= lower.length; index++) {
    if (isLetterAt(lower, index)) {
      if (start < 0) start = index
    } else if (start >= 0) {
      words.add(lower.slice(start, index))
      start = -1
    }
  }
  return words
}
