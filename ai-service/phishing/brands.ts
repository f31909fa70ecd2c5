import { brandLines } from './brand-list.ts'

/** A name that people trust, and where it really lives. */
export interface Brand {
  readonly name: string
  /** Its best known domain, for a person to compare with. */
  readonly host: string
  readonly words: readonly BrandWord[]
}

export interface BrandWord {
  /** Lower case, ASCII, without hyphens. */
  readonly text: string
  /** Also an ordinary word, so that it says little by itself. */
  readonly isOrdinary: boolean
  /** Software that others run on hosts of their own: it says something in an address, nothing in a title. */
  readonly isHostedAnywhere: boolean
}

export const brands: readonly Brand[] = brandLines
  .trim()
  .split('\n')
  .map(line => {
    const [name = '', words = '', domains = ''] = line.split('|').map(part => part.trim())
    return {
      name,
      host: domains.split(' ')[0] ?? '',
      words: words.split(' ').map(word => ({
        text: word.replace(/^[~^]+/, '').replaceAll('-', ''),
        isOrdinary: /^\^?~/.test(word),
        isHostedAnywhere: word.startsWith('^'),
      })),
    }
  })

const byWord = new Map(
  brands.flatMap(brand => brand.words.map(word => [word.text, { brand, word }] as const)),
)
const ownDomains = new Map<string, Brand>()
const ownNames = new Map<string, Brand>()
brandLines
  .trim()
  .split('\n')
  .forEach((line, index) => {
    const brand = brands[index]
    if (brand === undefined) return
    for (const domain of (line.split('|')[2] ?? '').trim().split(' ')) {
      if (domain.endsWith('.*')) ownNames.set(domain.slice(0, -2), brand)
      else ownDomains.set(domain, brand)
    }
  })

/** The brand that one whole word names, and whether the word is also an ordinary one. */
export function brandOfWord(word: string): { readonly brand: Brand; readonly word: BrandWord } | null {
  return byWord.get(word) ?? null
}

/** The brand that a host belongs to: one of its domains, or a name below one. */
export function brandOfHost(host: string, name: string, isPrivateSuffix: boolean): Brand | null {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    const brand = ownDomains.get(rest)
    if (brand !== undefined) return brand
  }
  return isPrivateSuffix ? null : (ownNames.get(name) ?? null)
}

/** Words that are no ordinary ones and long enough to be looked for inside of others. */
export const distinctWords: readonly { readonly text: string; readonly brand: Brand }[] = brands.flatMap(
  brand =>
    brand.words
      .filter(word => !word.isOrdinary && word.text.length >= 4)
      .map(({ text }) => ({ text, brand })),
)
