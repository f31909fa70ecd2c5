import type { Address } from './address.ts'
import { type Brand, brandOfHost, brandOfWord, distinctWords } from './brands.ts'
import { closeness, foldLetters, glanceOf } from './confusables.ts'
import { freeHosts, lureWords, openShelves, strongLureWords } from './word-lists.ts'

export type BrandPlace = 'homoglyph' | 'typo' | 'brandInName' | 'brandInSubdomain' | 'brandInPath'

/** A brand named in an address that is not the brand's. */
export interface MisplacedBrand {
  readonly brand: Brand
  readonly place: BrandPlace
  /** The word is also an ordinary one. */
  readonly isOrdinary: boolean
}

/** The words of a piece of an address, in lower case. Digits end a word. */
export function wordsOf(piece: string): string[] {
  return foldLetters(piece.slice(0, 1_000))
    .split(/[^a-z]+/)
    .filter(word => word !== '')
}

/** Pieces between separators, digits kept, hyphens taken away last: "pay-pal" is looked at both ways. */
function tokensOf(piece: string): string[] {
  const tokens = piece
    .slice(0, 1_000)
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(token => token !== '')
  return tokens.length > 40 ? tokens.slice(0, 40) : tokens
}

export function countLures(words: readonly string[]): { readonly lures: number; readonly strong: number } {
  let lures = 0
  let strong = 0
  for (const word of words) {
    if (lureWords.has(word)) lures++
    if (strongLureWords.has(word)) strong++
  }
  return { lures, strong }
}

/** The brand whose own address it is; null for everybody else's. */
export function ownBrandOf(address: Address): Brand | null {
  return address.isIp ? null : brandOfHost(address.host, address.name, address.isPrivateSuffix)
}

/** Brands that the address names although it is not theirs, the most misleading first. */
export function misplacedBrands(address: Address): MisplacedBrand[] {
  const own = ownBrandOf(address)
  const found: MisplacedBrand[] = []
  const add = (brand: Brand, place: BrandPlace, isOrdinary: boolean): void => {
    if (brand !== own && !found.some(one => one.brand === brand)) found.push({ brand, place, isOrdinary })
  }
  if (!address.isIp && own === null) {
    const isOpenSuffix = address.isPrivateSuffix || isFreeHost(address)
    const inName = brandsIn(address.name)
    for (const { brand, how, isOrdinary } of inName) add(brand, how ?? 'brandInName', isOrdinary)
    if (isOpenSuffix || inName.length === 0) {
      for (const label of address.subdomain.split('.').slice(0, 12)) {
        for (const { brand, how, isOrdinary } of brandsIn(label)) {
          add(brand, how === 'homoglyph' ? how : 'brandInSubdomain', isOrdinary)
        }
      }
    }
  }
  for (const { brand, how, isOrdinary } of own === null ? brandsIn(address.path) : []) {
    if (how === null) add(brand, 'brandInPath', isOrdinary)
  }
  return found
}

interface NamedBrand {
  readonly brand: Brand
  /** Null when it is written as the brand writes it. */
  readonly how: 'homoglyph' | 'typo' | null
  readonly isOrdinary: boolean
}

function brandsIn(piece: string): NamedBrand[] {
  const tokens = tokensOf(piece.toLowerCase())
  if (tokens.length === 0) return []
  const named: NamedBrand[] = []
  const whole = tokens.join('')
  for (const token of tokens.length > 1 && tokens.length < 6 ? [...tokens, whole] : tokens) {
    const exact = brandOfWord(token)
    if (exact !== null) {
      named.push({ brand: exact.brand, how: null, isOrdinary: exact.word.isOrdinary })
      continue
    }
    const near = nearBrand(token)
    if (near !== null) named.push(near)
  }
  if (named.length > 0) return named
  const folded = whole.length > 60 ? whole.slice(0, 60) : whole
  // A longer word that holds the name: "paypalsecure", "mynetflix". Short names stand in too many words.
  const inside = distinctWords.find(({ text }) => text.length >= 6 && folded.includes(text))
  return inside === undefined ? [] : [{ brand: inside.brand, how: null, isOrdinary: false }]
}

function nearBrand(token: string): NamedBrand | null {
  if (token.length < 4 || token.length > 30) return null
  const folded = foldLetters(token)
  if (folded !== token) {
    const exact = brandOfWord(folded)
    if (exact !== null && !exact.word.isOrdinary) {
      return { brand: exact.brand, how: 'homoglyph', isOrdinary: false }
    }
  }
  const glanced = byGlance.get(glanceOf(token))
  if (glanced !== undefined && glanced.text !== token) {
    return { brand: glanced.brand, how: 'homoglyph', isOrdinary: false }
  }
  if (token.length < 6) return null
  for (const { text, brand } of longByFirst.get(folded[0] ?? '') ?? []) {
    if (closeness(folded, text) === 1) return { brand, how: 'typo', isOrdinary: false }
  }
  return null
}

const byGlance = new Map(distinctWords.map(word => [glanceOf(word.text), word]))

/** Shorter names have too many honest neighbours one letter away. */
const longByFirst = Map.groupBy(
  distinctWords.filter(word => word.text.length >= 7),
  word => word.text[0] ?? '',
)

/** The service below whose name anybody gets an address; null when the address is under a name of its own. */
export function freeHostOf(address: Address): string | null {
  if (address.isIp) return null
  for (let rest = address.host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    if (freeHosts.has(rest) && rest !== address.host) return rest
  }
  return address.isPrivateSuffix && address.suffix !== address.host ? address.suffix : null
}

export function isFreeHost(address: Address): boolean {
  return freeHostOf(address) !== null
}

/** A page by anybody below the address of a known service. */
export function isOpenShelf(address: Address): boolean {
  return openShelves.some(
    ([host, path]) => address.host === host && address.path.startsWith(path) && address.path.length > 1,
  )
}
