/** What `add` takes. */
export interface Numbers {
  readonly left: number
  readonly right: number
}

/** About 1 KB as JSON: a row of the history with the pages around it. Half of it is text, half is structure. */
export interface PageRecord {
  readonly serial: number
  readonly title: string
  readonly address: string
  readonly summary: string
  readonly tags: string[]
  readonly visitedAt: number
  readonly visitCount: number
  readonly isPinned: boolean
  readonly place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly related: { readonly title: string; readonly score: number; readonly isSeen: boolean }[]
}

/**
 * So many different objects take turns. Sending one object again and again would let structured clone write it once
 * and refer back to it, which no real traffic allows.
 */
const distinct = 1_024

const words = 'river stone lantern orchard winter copper signal meadow harbour thread violet engine'.split(
  ' ',
)

const numbers: readonly Numbers[] = Array.from({ length: distinct }, (_, index) => ({
  left: index * 7 + 1,
  right: index * 13 + 2,
}))

const records: readonly PageRecord[] = Array.from({ length: distinct }, (_, serial) => ({
  serial,
  title: textOf(serial, 6),
  address: `https://${words[serial % words.length]}.example/${serial}/${textOf(serial + 5, 4).replaceAll(' ', '-')}`,
  summary: textOf(serial * 3, 48),
  tags: [textOf(serial, 1), textOf(serial + 1, 1), textOf(serial + 2, 1), `tag-${serial}`],
  visitedAt: 1_700_000_000_000 + serial * 1_000,
  visitCount: serial % 40,
  isPinned: serial % 2 === 0,
  place: { x: serial, y: serial * 2, width: 640, height: 480 },
  related: Array.from({ length: 6 }, (_, index) => ({
    title: textOf(serial + index, 3),
    score: ((serial * 7 + index) % 100) / 100,
    isSeen: index % 2 === 0,
  })),
}))

export function numbersAt(index: number): Numbers {
  return at(numbers, index)
}

export function recordAt(index: number): PageRecord {
  return at(records, index)
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % distinct]
  if (found === undefined) throw new RangeError(`Nothing at ${index}`)
  return found
}

function textOf(seed: number, count: number): string {
  return Array.from({ length: count }, (_, index) => words[(seed + index * index) % words.length]).join(' ')
}

/** Tells one buffer of the bulk cells from another without reading all of it. */
export function checksumOf(bytes: unknown): number {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('Not bytes')
  const { length } = bytes
  return length * 65_536 + (bytes[0] ?? 0) * 256 + (bytes[length - 1] ?? 0)
}
