/**
 * The words that topics are told by. Publishers differ in case, in kinds of apostrophe, in how a tokeniser cut their
 * texts ("is n't", "5 - year - old") and in numbers: all of that is levelled, so that a word is the same feature
 * wherever it was written.
 */
const negation = /\b(?:(ca)|(wo)|([a-z]+)) ?n['’]t\b/g
const clitic = / ?['’](?:s|re|ll|ve|d|m)\b/g
const apostrophes = /['’`´]/g
const word = /[\p{L}\p{M}]+|\p{N}+/gu
/** Longer runs of letters are base64, hashes or abuse. */
const longestWordUnits = 30

/** At most `limit` words of `text`, lower-cased; numbers by their length only. Reads no more of it than it needs. */
export function topicWords(text: string, limit: number): string[] {
  const folded = text
    .slice(0, limit * 16)
    .normalize('NFKC')
    .toLowerCase()
    .replace(negation, (_, can?: string, will?: string, other?: string) =>
      can !== undefined ? 'can not' : will !== undefined ? 'will not' : `${other ?? ''} not`,
    )
    .replace(clitic, '')
    .replace(apostrophes, '')
  const words: string[] = []
  for (const [found] of folded.matchAll(word)) {
    if (words.length >= limit) break
    words.push(isNumber(found) ? numberClass(found) : found.slice(0, longestWordUnits))
  }
  return words
}

/** Parts of an address that may be words: of the host without its ending, and of the path without numbers. */
export function urlWords(url: string): string[] {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]*)(?::\d+)?([^?#]*)/i.exec(url.slice(0, 2_000))
  if (match === null) return []
  const host = (match[1] ?? '').toLowerCase().split('.')
  const names = host.slice(0, -1).filter(part => !plainHostParts.has(part))
  const path = (match[2] ?? '').replace(/%[0-9a-f]{2}/gi, ' ').replace(/\.[a-z0-9]{1,5}$/i, '')
  return topicWords(`${names.join(' ')} ${path}`, mostUrlWords).filter(found => !found.startsWith('#'))
}

const mostUrlWords = 24
const plainHostParts = new Set(['www', 'm', 'co', 'com', 'org', 'net', 'edu', 'gov', 'ac'])

function isNumber(found: string): boolean {
  return /^\p{N}/u.test(found)
}

function numberClass(found: string): string {
  return /^(?:19|20)\d\d$/.test(found) ? '#year' : `#${Math.min(found.length, 5)}`
}
