import { randomFrom } from './random.ts'

const vocabularySize = 40_000
const hostCount = 25_000
const year = 365 * 86_400_000
/** The end of the made history, in milliseconds since the epoch. */
export const madeNow = Date.UTC(2026, 10, 20)

const onsets = [
  'b',
  'c',
  'd',
  'f',
  'g',
  'h',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  't',
  'v',
  'w',
  'st',
  'tr',
  'ch',
  'gr',
  'pl',
]
const vowels = ['a', 'e', 'i', 'o', 'u', 'ai', 'ea', 'ou']
const codas = ['', '', 'n', 'r', 's', 't', 'l', 'ck', 'nd', 'm']
const endings = ['com', 'com', 'com', 'org', 'net', 'de', 'io', 'co.uk']

export interface MadePage {
  readonly url: string
  readonly title: string
  readonly visits: number
  /** Milliseconds since the epoch. */
  readonly lastVisitAt: number
}

/**
 * A history as people have it, made up: few hosts and words are common and most are rare (Zipf), addresses have paths of
 * words, titles three to nine words and the name of the site. The same for the same seed.
 */
export class MadeHistory {
  readonly words: readonly string[]
  readonly hosts: readonly string[]
  readonly #random: () => number

  constructor(seed: number) {
    this.#random = randomFrom(seed)
    const words = new Set<string>()
    while (words.size < vocabularySize) words.add(this.#word())
    this.words = [...words]
    const hosts = new Set<string>()
    while (hosts.size < hostCount) {
      hosts.add(
        `${this.#random() < 0.4 ? 'www.' : ''}${this.#common(this.words)}${this.#word()}.${this.#of(endings)}`,
      )
    }
    this.hosts = [...hosts]
  }

  *pages(count: number): Generator<MadePage> {
    for (let index = 0; index < count; index += 1) {
      const host = this.#common(this.hosts)
      const path = Array.from({ length: 1 + Math.floor(this.#random() * 3) }, () => this.#common(this.words))
      const title = Array.from({ length: 3 + Math.floor(this.#random() * 7) }, () => this.#common(this.words))
      yield {
        // The number makes it one of its kind.
        url: `https://${host}/${path.join('/')}-${index}`,
        title: `${title.join(' ')} – ${host.split('.').at(-2)}`,
        visits: Math.max(1, Math.min(400, Math.floor(1 / (this.#random() + 0.002)))),
        lastVisitAt: madeNow - Math.floor(this.#random() ** 2 * 3 * year),
      }
    }
  }

  /** What is typed on the way to a host, a path or a word: one to eight characters, common ones more often. */
  *typed(count: number): Generator<string> {
    for (let index = 0; index < count; index += 1) {
      const length = 1 + Math.floor(this.#random() * 8)
      const host = this.#common(this.hosts).replace('www.', '')
      switch (index % 4) {
        case 0:
        case 1:
          yield host.slice(0, length)
          break
        case 2:
          yield this.#common(this.words).slice(0, length)
          break
        default:
          yield `${host}/${this.#common(this.words).slice(0, length)}`
      }
    }
  }

  /** One to three words of a title. */
  *queries(count: number): Generator<string> {
    for (let index = 0; index < count; index += 1) {
      yield Array.from({ length: 1 + (index % 3) }, () => this.#common(this.words)).join(' ')
    }
  }

  #word(): string {
    const syllables = 1 + Math.floor(this.#random() * 3)
    return Array.from(
      { length: syllables },
      () => this.#of(onsets) + this.#of(vowels) + this.#of(codas),
    ).join('')
  }

  #of(list: readonly string[]): string {
    return list[Math.floor(this.#random() * list.length)] ?? ''
  }

  /** By Zipf's law: the n-th as often as 1/n of the first. */
  #common(list: readonly string[]): string {
    return list[Math.min(list.length - 1, Math.floor(list.length ** this.#random()) - 1)] ?? ''
  }
}
