import { below, type Random } from '../../random.ts'

/** One of the items; throws when there is none. */
export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[below(random, items.length)]
  if (item === undefined) throw new RangeError('Nothing to pick from')
  return item
}

/** One word of a line of words. */
export function word(random: Random, words: string): string {
  return pick(random, words.split(' '))
}

export function chance(random: Random, probability: number): boolean {
  return random() < probability
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'

export function randomText(random: Random, alphabet: string, least: number, most: number): string {
  const length = least + below(random, most - least + 1)
  return Array.from({ length }, () => alphabet[below(random, alphabet.length)]).join('')
}

export function randomDigits(random: Random, least: number, most: number): string {
  return randomText(random, digits, least, most)
}

export function randomLetters(random: Random, least: number, most: number): string {
  return randomText(random, letters, least, most)
}

export function randomCode(random: Random, least: number, most: number): string {
  return randomText(random, `${letters}${letters.toUpperCase()}${digits}`, least, most)
}

export function randomLowCode(random: Random, least: number, most: number): string {
  return randomText(random, `${letters}${digits}`, least, most)
}

export function randomHex(random: Random, length: number): string {
  return randomText(random, '0123456789abcdef', length, length)
}

/** A name that can be spoken, as short honest and dishonest names are. */
export function spokenName(random: Random): string {
  const length = 2 + below(random, 3)
  return Array.from(
    { length },
    () =>
      `${word(random, 'b c d f g h j k l m n p r s t v w z br cr dr st tr pl')}${word(random, 'a e i o u a e i o ai ou ee')}`,
  ).join('')
}
