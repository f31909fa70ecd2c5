/**
 * Trains the keyword model and writes it with its manifest entry.
 *
 *   node ai-service/training/keywords/train.ts [data folder] [--packages=<Translation-en>] [--out=<models folder>]
 *
 * Weak labels: a phrase of a text that its title, TL;DR, headline or first line holds too. Texts and their licences are
 * those of the summary model (training/summary/sources.ts). The same arguments give the same file.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { documentOfSentences, type TextDocument } from '../../text/document.ts'
import { keywordCandidates } from '../../text/keywords/candidates.ts'
import { featureNames, keywordFeatures } from '../../text/keywords/features.ts'
import { createPace, type Pace } from '../../text/pace.ts'
import { indexTerms } from '../../text/term-index.ts'
import { shipModel } from '../manifest-entry.ts'
import { runPython } from '../run-python.ts'
import { readPairs, titledAbstracts } from '../summary/sources.ts'
import { parameters } from './parameters.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { packages: { type: 'string' }, out: { type: 'string', default: 'assets/models' } },
})
const folder = positionals[0] ?? '../shared/data'
const work = join('.nexus', 'training', 'keywords')
mkdirSync(work, { recursive: true })
const pace = createPace(new AbortController().signal)
const rows: Float32Array[] = []
const targets: number[] = []
const pairs = [
  ...titledAbstracts(folder),
  ...readPairs(folder, options.packages ?? null).filter(({ src }) => src !== 'scitldr'),
]
for (const [done, { sents, ref }] of pairs.entries()) {
  const document = documentOfSentences(sents, 'en')
  const index = await indexTerms(document, pace)
  const candidates = await keywordCandidates(document, index, [], pace)
  const named = await phrasesOf(documentOfSentences(ref, 'en'), pace)
  rows.push(keywordFeatures(candidates, index))
  for (const { terms } of candidates.all) {
    targets.push(named.get(terms.map(term => index.stems[term]).join(' ')) ?? 0)
  }
  if (done % 2_000 === 1_999) console.log(`${done + 1} of ${pairs.length} texts prepared`)
}
const matrix = new Float32Array(targets.length * featureNames.length)
let place = 0
for (const row of rows) {
  matrix.set(row, place)
  place += row.length
}
writeFileSync(join(work, 'candidates.f32'), Buffer.from(matrix.buffer))
writeFileSync(join(work, 'targets.f32'), Buffer.from(Float32Array.from(targets).buffer))
runPython(join(import.meta.dirname, 'fit.py'), [work, String(featureNames.length)])
shipModel(
  options.out,
  {
    name: 'keywords',
    file: 'keywords.onnx',
    inputs: [{ name: 'candidates', type: 'float32', shape: ['candidates', featureNames.length] }],
    outputs: [{ name: 'chances', type: 'float32', shape: ['candidates'] }],
    card: 'keywords.md',
    parameters,
  },
  readFileSync(join(work, 'keywords.onnx')),
)

/** Phrases of a reference: 1 for a whole run of content words, less for a part of one. */
async function phrasesOf(document: TextDocument, pace: Pace): Promise<Map<string, number>> {
  const index = await indexTerms(document, pace)
  const { all } = await keywordCandidates(document, index, [], pace)
  return new Map(
    all.map(({ terms, whole }) => [terms.map(term => index.stems[term]).join(' '), whole > 0 ? 1 : 0.4]),
  )
}
