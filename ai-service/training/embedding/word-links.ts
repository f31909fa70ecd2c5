import type { Vocabulary } from '../../embedding/tokenizer.ts'
import { readIrregularForms, type Synset } from './wordnet.ts'

/** [row, row, kind]: 0 same meaning, 1 broader, 2 similar, 3 derived or inflected, 4 opposite. */
export function wordLinks(
  synsets: ReadonlyMap<string, Synset>,
  folder: string,
  vocabulary: Vocabulary,
): [number, number, number][] {
  const links: [number, number, number][] = []
  const rowOf = (word: string): number => vocabulary.rowOf(word.toLowerCase())
  const link = (first: string, second: string, kind: number): void => {
    const [left, right] = [rowOf(first), rowOf(second)]
    if (left !== 0 && right !== 0 && left !== right) links.push([left, right, kind])
  }
  const lemmas = new Set<string>()
  for (const synset of synsets.values()) {
    const targets = [
      [[synset], 0],
      [synset.broader.flatMap(name => synsets.get(name) ?? []), 1],
      [synset.similar.flatMap(name => synsets.get(name) ?? []), 2],
      [synset.derived.flatMap(name => synsets.get(name) ?? []), 3],
      [synset.opposite.flatMap(name => synsets.get(name) ?? []), 4],
    ] as const
    for (const lemma of synset.lemmas) {
      lemmas.add(lemma.toLowerCase())
      for (const [others, kind] of targets) {
        for (const other of others) {
          for (const name of other.lemmas) if (kind !== 3 || sharesStart(lemma, name)) link(lemma, name, kind)
        }
      }
    }
  }
  for (const [form, lemma] of readIrregularForms(folder)) link(form, lemma, 3)
  for (const lemma of lemmas)
    for (const form of regularForms(lemma)) if (!lemmas.has(form)) link(lemma, form, 3)
  return links
}

function sharesStart(first: string, second: string): boolean {
  return first.slice(0, 3).toLowerCase() === second.slice(0, 3).toLowerCase()
}

function regularForms(lemma: string): string[] {
  const stem = lemma.replace(/e$/, '')
  const last = lemma.at(-1) ?? ''
  const forms = [
    `${lemma}s`,
    `${lemma}es`,
    `${stem}ed`,
    `${stem}ing`,
    `${stem}er`,
    `${stem}est`,
    `${lemma}ly`,
  ]
  if (last === 'y')
    forms.push(`${lemma.slice(0, -1)}ies`, `${lemma.slice(0, -1)}ied`, `${lemma.slice(0, -1)}ily`)
  return [...forms, `${lemma}${last}ed`, `${lemma}${last}ing`]
}
