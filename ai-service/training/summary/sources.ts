import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Type from 'typebox'
import { sentenceSplitter } from '../../text/sentences.ts'
import { readRows } from '../read-rows.ts'

/** A text in sentences and what somebody else made of it in few words. */
export interface Pair {
  readonly src: string
  readonly sents: readonly string[]
  readonly ref: readonly string[]
}

const SummaryRow = Type.Object({
  id: Type.Optional(Type.String()),
  sents: Type.Array(Type.String()),
  ref: Type.Array(Type.String()),
  src: Type.String(),
})

const PairRow = Type.Object({ a: Type.String(), b: Type.String(), label: Type.Integer(), src: Type.String() })

/** Sources whose licence lets a trained model ship; everything else of the folder is left out. */
const freePairs = new Set(['inshorts', 'inshorts-more', '20ng', 'medquad'])
/** Neighbours in the list describe parts of one program. */
const oneDescriptionIn = 8
const fewestSentences = 3
const mostSentences = 40

/** SciTLDR with its TL;DRs, headlines and subjects with their texts, package descriptions with their first lines. */
export function readPairs(dataFolder: string, packagesFile: string | null): Pair[] {
  const summaries = readRows(join(dataFolder, 'summary', 'train.jsonl.gz'), SummaryRow).filter(
    ({ src }) => src === 'scitldr',
  )
  const pairs = readRows(join(dataFolder, 'embeddings', 'train_pairs.jsonl.gz'), PairRow)
  const split = sentenceSplitter('en')
  const titled = pairs.flatMap(({ a, b, label, src }): Pair[] =>
    label === 1 && freePairs.has(src)
      ? [
          {
            src,
            sents: split(b.replace(/\s+/g, ' ')),
            ref: [a.replace(/^what (?:is|are) (?:\(are\) )?/i, '')],
          },
        ]
      : [],
  )
  const described =
    packagesFile !== null && existsSync(packagesFile)
      ? descriptions(readFileSync(packagesFile, 'utf8'))
          .filter((_, index) => index % oneDescriptionIn === 0)
          .map(({ short, long }): Pair => ({ src: 'debian', sents: split(long), ref: [short] }))
      : []
  return [...summaries, ...titled, ...described].filter(
    ({ sents, ref }) =>
      sents.length >= fewestSentences && sents.length <= mostSentences && ref.join(' ').trim() !== '',
  )
}

/** First lines and paragraphs of a Debian "Translation-en" file. */
function descriptions(file: string): { short: string; long: string }[] {
  return file.split('\n\n').flatMap(entry => {
    const lines = /^Description-en: (.*)\n((?: .*(?:\n|$))+)/m.exec(entry)
    const [, short = '', body = ''] = lines ?? []
    const long = body
      .split(/\n \.\n/)[0]
      ?.replace(/\s+/g, ' ')
      .trim()
    return short === '' || long === undefined || long.length < 200 ? [] : [{ short, long }]
  })
}

/** SciTLDR's abstracts in sentences, each with its title and TL;DRs together. */
export function titledAbstracts(dataFolder: string): Pair[] {
  const split = sentenceSplitter('en')
  const pairs = readRows(join(dataFolder, 'embeddings', 'train_pairs.jsonl.gz'), PairRow)
  const abstracts = Map.groupBy(
    pairs.filter(({ src }) => src === 'scitldr'),
    ({ b }) => b,
  )
  return [...abstracts].map(([text, group]) => ({
    src: 'scitldr',
    sents: split(text),
    ref: group.map(({ a }) => a),
  }))
}
