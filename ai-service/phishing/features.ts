import { type Address, readAddress } from './address.ts'
import { countLures, freeHostOf, isOpenShelf, misplacedBrands, ownBrandOf, wordsOf } from './address-words.ts'
import { brandOfWord } from './brands.ts'
import { mixesAlphabets } from './confusables.ts'
import { isKnownSite } from './known-sites.ts'
import { machineFolders, shorteners } from './word-lists.ts'

/** Rows of the model's two tables of n-grams. */
export const bucketCount = 1 << 14

/** More of a path or of a query says no more about it. */
const mostCharactersHashed = 200

/** What the model sees of an address. */
export interface AddressFeatures {
  readonly numbers: Float32Array
  /** Rows of the table for hosts. Never empty. */
  readonly hostBuckets: Int32Array
  /** Rows of the table for paths and queries. Never empty. */
  readonly pathBuckets: Int32Array
}

/** The features of an address, the same in training and in use. Never throws. */
export function addressFeatures(url: string): AddressFeatures {
  const address = readAddress(url)
  return {
    numbers: Float32Array.from(Object.values(addressNumbers(address)), value => Math.min(3, value)),
    hostBuckets: hashHost(address),
    pathBuckets: hashGrams(foldDigits(`${address.path}${address.query}`.toLowerCase()), 'p'),
  }
}

/** The numbers by name, each about 0 to 1. Their order is the model's. */
export function addressNumbers(address: Address): Record<string, number> {
  const { host, name, subdomain, path, query } = address
  const own = ownBrandOf(address)
  const brands = misplacedBrands(address)
  const freeHost = freeHostOf(address)
  const hostWords = wordsOf(`${subdomain} ${name}`)
  const pathWords = wordsOf(path)
  const hostLures = countLures(hostWords)
  const pathLures = countLures(pathWords)
  const segments = path.split('/').filter(segment => segment !== '')
  const last = segments.at(-1) ?? ''
  const extension = /\.([a-z0-9]{1,5})$/i.exec(last)?.[1]?.toLowerCase() ?? ''
  const has = (condition: boolean): number => (condition ? 1 : 0)
  const placed = (place: string, isOrdinary: boolean): number =>
    has(brands.some(one => one.place === place && one.isOrdinary === isOrdinary))
  return {
    hostLength: Math.min(80, host.length) / 40,
    nameLength: Math.min(40, name.length) / 20,
    subdomains: subdomain === '' ? 0 : subdomain.split('.').length / 3,
    subdomainLength: Math.min(80, subdomain.length) / 40,
    hostDigits: shareOf(host, /\d/g),
    nameDigits: shareOf(name, /\d/g),
    hostHyphens: countOf(host, /-/g) / 3,
    nameHyphens: countOf(name, /-/g) / 2,
    digitRun: longestOf(host, /\d+/g) / 6,
    consonantRun: longestOf(name, /[bcdfghjklmnpqrstvwxz]+/gi) / 6,
    vowels: shareOf(name, /[aeiouy]/gi),
    entropy: entropyOf(name) / 4,
    mixedToken: has(/[a-z]\d+[a-z]|\d[a-z]+\d/i.test(name)),
    longLabel: Math.max(0, ...subdomain.split('.').map(label => label.length)) / 30,
    isIp: has(address.isIp),
    hasPort: has(address.port !== '' && address.port !== '80' && address.port !== '443'),
    hasUserInfo: has(address.userInfo !== ''),
    isPunycode: has(host.includes('xn--')),
    mixedAlphabets: has(mixesAlphabets(address.shownHost)),
    freeHost: has(freeHost !== null),
    freeHostBare: has(freeHost !== null && path.length <= 1),
    isCom: has(address.suffix === 'com'),
    isOld: has(/^(?:net|org)$/.test(address.suffix)),
    isGuarded: has(
      /^(?:edu|gov|mil|int)(?:\.|$)|\.(?:edu|gov|ac|mil)(?:\.|$)|\.(?:edu|gov|ac)$/.test(
        `.${address.suffix}`,
      ),
    ),
    isCountry: has(/(?:^|\.)[a-z]{2}$/.test(address.suffix)),
    isGeneric: has(
      /(?:^|\.)(?:[a-z]{3,}|xn--.*)$/.test(address.suffix) &&
        !/^(?:com|net|org|edu|gov|mil|int)$/.test(address.suffix),
    ),
    isOwnBrand: has(own !== null),
    isKnown: has(isKnownSite(address.site)),
    isShortener: has(shorteners.has(host)),
    isOpenShelf: has(isOpenShelf(address)),
    homoglyph: placed('homoglyph', false),
    typo: placed('typo', false),
    brandInName: placed('brandInName', false),
    brandInSubdomain: placed('brandInSubdomain', false),
    brandInPath: placed('brandInPath', false),
    ordinaryInHost: Math.max(placed('brandInName', true), placed('brandInSubdomain', true)),
    ordinaryInPath: placed('brandInPath', true),
    brandWithLure: has(brands.some(one => one.place !== 'brandInPath') && hostLures.lures > 0),
    brandInQuery: has(wordsOf(query).some(word => brandOfWord(word)?.word.isOrdinary === false)),
    hostLures: hostLures.lures / 2,
    hostStrongLures: hostLures.strong,
    pathLures: pathLures.lures / 3,
    pathStrongLures: pathLures.strong / 2,
    lastLures: countLures(wordsOf(last)).lures / 2,
    suffixInSubdomain: has(/(?:^|[.-])(?:com|net|org|gov|co|de|fr|uk|jp|it|br)(?:[.-]|$)/.test(subdomain)),
    suffixInName: has(/(?:^|-)(?:com|net|org|gov|co|jp|uk|us)(?:-|$)/.test(name) && name.includes('-')),
    hostInPath: has(/\/(?:www\.)?[a-z0-9-]+\.(?:com|net|org|co|de|fr|uk|it|jp|br)(?:[/.]|$)/i.test(path)),
    isHome: has(path.length <= 1 && query === ''),
    pathLength: Math.min(200, path.length) / 80,
    depth: Math.min(12, segments.length) / 5,
    longestSegment: Math.min(100, Math.max(0, ...segments.map(segment => segment.length))) / 40,
    pathDigits: shareOf(path, /\d/g),
    pathUpper: shareOf(path, /[A-Z]/g),
    hexInPath: has(/[0-9a-f]{16,}/i.test(path)),
    hexInQuery: has(/[0-9a-f]{16,}/i.test(query)),
    randomInPath: has(segments.some(segment => /^(?=.*[a-z])(?=.*\d)[a-z0-9]{8,}$/i.test(segment))),
    machineFolders: segments.filter(segment => machineFolders.has(segment.toLowerCase())).length / 2,
    homeFolder: has(path.startsWith('/~')),
    isPhp: has(extension === 'php'),
    isHtml: has(/^html?$/.test(extension)),
    isServerPage: has(/^(?:aspx?|jsp|do|cgi|cfm)$/.test(extension)),
    isIndex: has(/^(?:index|home|main|default)\.[a-z]+$/i.test(last)),
    slug: has(segments.some(segment => countOf(segment, /[-_]/g) >= 3 && !/\d{4,}/.test(segment))),
    hasDate: has(/\/(?:19|20)\d\d(?:\/|-|$)/.test(path)),
    doubleSlash: has(path.includes('//')),
    shortCode: has(segments.length === 1 && /^[A-Za-z0-9]{4,9}$/.test(last) && /\d|[a-z][A-Z]/.test(last)),
    percent: Math.min(20, countOf(path, /%[0-9a-f]{2}/gi)) / 5,
    queryLength: Math.min(300, query.length) / 100,
    parameters: Math.min(12, countOf(query, /=/g)) / 4,
    mailInQuery: has(/@|%40/.test(query)),
    addressInQuery: has(/=https?(?::|%3a)/i.test(query)),
    encodedInQuery: has(/[=#][A-Za-z0-9+/]{20,}={0,2}/.test(query)),
    hasFragment: has(query.includes('#')),
  }
}

/** Names of the numbers, in order. */
export const numberNames: readonly string[] = Object.keys(addressNumbers(readAddress('')))

/**
 * n-grams of the host less its suffix. Names of brands are replaced by one sign: which brand it is matters less than
 * that it is none of the owner's, and new ones come every year.
 */
function hashHost(address: Address): Int32Array {
  const { subdomain, name, suffix } = address
  const masked = `${subdomain === '' ? '' : `${subdomain}.`}${name}`
    .split(/([.-])/)
    .map(token => (brandOfWord(token)?.word.isOrdinary === false ? '\u00a4' : token))
    .join('')
  // Country codes are left out: a country is no reason for suspicion.
  const ending = /^[a-z]{2}$/.test(suffix) ? '' : suffix
  return hashGrams(`^${foldDigits(masked)}$${ending}`, 'h')
}

function foldDigits(text: string): string {
  return text.replace(/\d/g, '0')
}

/** Rows for all runs of 3 to 5 characters and for whole words, each once. */
function hashGrams(text: string, table: string): Int32Array {
  const cut = text.slice(0, mostCharactersHashed)
  const rows = new Set<number>([hash(`${table}:`)])
  for (const length of [3, 4, 5]) {
    for (let start = 0; start + length <= cut.length; start++)
      rows.add(hash(cut.slice(start, start + length)))
  }
  for (const word of cut.split(/[^a-z0\u00a4]+/)) if (word !== '') rows.add(hash(`${table}=${word}`))
  return Int32Array.from(rows)
}

/** FNV-1a over UTF-16 units, folded to a row. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return ((value >>> 0) ^ (value >>> 15)) & (bucketCount - 1)
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

function shareOf(text: string, pattern: RegExp): number {
  return text === '' ? 0 : countOf(text, pattern) / text.length
}

function longestOf(text: string, pattern: RegExp): number {
  return Math.max(0, ...(text.match(pattern) ?? []).map(run => run.length))
}

function entropyOf(text: string): number {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  let entropy = 0
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length)
  return entropy
}
