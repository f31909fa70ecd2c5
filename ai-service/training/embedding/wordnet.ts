import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One meaning and the words for it. */
export interface Synset {
  readonly lemmas: readonly string[]
  readonly gloss: string
  readonly examples: readonly string[]
  /** Those of the meanings that this one points to, by kind of pointer. */
  readonly broader: readonly string[]
  readonly similar: readonly string[]
  readonly derived: readonly string[]
  readonly opposite: readonly string[]
}

const parts = ['noun', 'verb', 'adj', 'adv'] as const
const letterOf = { noun: 'n', verb: 'v', adj: 'a', adv: 'r' } as const

/**
 * The meanings of WordNet 3.0 by their name ("n00001740"), read from the `data.*` files of Debian's `wordnet-base`
 * (format: wndb(5WN)).
 */
export function readWordNet(folder: string): Map<string, Synset> {
  const synsets = new Map<string, Synset>()
  for (const part of parts) {
    for (const line of readFileSync(join(folder, `data.${part}`), 'utf8').split('\n')) {
      if (!/^\d{8} /.test(line)) continue
      const bar = line.indexOf(' | ')
      const fields = line.slice(0, bar).split(' ')
      const wordCount = Number.parseInt(fields[3] ?? '0', 16)
      const lemmas = Array.from({ length: wordCount }, (_, index) =>
        (fields[4 + index * 2] ?? '').replace(/\(\w+\)$/, '').replaceAll('_', ' '),
      )
      const pointers = { broader: [], similar: [], derived: [], opposite: [] } as Record<
        PointerKind,
        string[]
      >
      const first = 5 + wordCount * 2
      const pointerCount = Number(fields[first - 1])
      for (let index = 0; index < pointerCount; index++) {
        const kind = pointerKinds.get(fields[first + index * 4] ?? '')
        if (kind === undefined) continue
        pointers[kind].push(`${fields[first + index * 4 + 2] ?? ''}${fields[first + index * 4 + 1] ?? ''}`)
      }
      const [gloss = '', ...examples] = line
        .slice(bar + 3)
        .trim()
        .split(/;\s*(?=")/)
      synsets.set(`${letterOf[part]}${fields[0] ?? ''}`, {
        lemmas,
        gloss,
        examples: examples.map(example => example.replaceAll('"', '')),
        ...pointers,
      })
    }
  }
  return synsets
}

type PointerKind = 'broader' | 'similar' | 'derived' | 'opposite'
const pointerKinds: ReadonlyMap<string, PointerKind> = new Map([
  ['@', 'broader'],
  ['@i', 'broader'],
  ['&', 'similar'],
  ['+', 'derived'],
  ['\\', 'derived'],
  ['!', 'opposite'],
])

/** Irregular forms and their lemmas, of the `*.exc` files: ["went", "go"]. */
export function readIrregularForms(folder: string): [string, string][] {
  return parts.flatMap(part =>
    readFileSync(join(folder, `${part}.exc`), 'utf8')
      .split('\n')
      .flatMap(line => {
        const [form, lemma] = line.split(' ')
        return form === undefined || lemma === undefined ? [] : [[form, lemma] satisfies [string, string]]
      }),
  )
}
