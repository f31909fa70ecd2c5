/**
 * Trains the summary model and writes it with its manifest entry.
 *
 *   node ai-service/training/summary/train.ts [data folder] [--packages=<Translation-en>] [--out=<models folder>]
 *        [--without=<source>]
 *
 * The data folder (default ../shared/data) holds summary/ and embeddings/; `--packages` is the uncompressed list of
 * Debian's package descriptions, left out where it is not given. The same arguments give the same file; what was
 * prepared is kept in .nexus/training/summary/.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { rouge } from '../../evaluation/rouge.ts'
import { documentOfSentences } from '../../text/document.ts'
import { createPace } from '../../text/pace.ts'
import { featureNames, sentenceFeatures } from '../../text/summary/features.ts'
import { termFeatureNames, termFeatures } from '../../text/summary/term-features.ts'
import { indexTerms } from '../../text/term-index.ts'
import { vocabularyOf } from '../../text/terms.ts'
import { wordSplitter } from '../../text/words.ts'
import { shipModel } from '../manifest-entry.ts'
import { runPython } from '../run-python.ts'
import { readPairs } from './sources.ts'
import { weights } from './weights.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    packages: { type: 'string' },
    out: { type: 'string', default: 'assets/models' },
    without: { type: 'string' },
  },
})
const folder = positionals[0] ?? '../shared/data'
const work = join('.nexus', 'training', 'summary')
mkdirSync(work, { recursive: true })

const pairs = readPairs(folder, options.packages ?? null).filter(({ src }) => src !== options.without)
const sources = [...new Set(pairs.map(({ src }) => src))]
const pace = createPace(new AbortController().signal)
const splitWords = wordSplitter('en')
const sentenceRows: Float32Array[] = []
const sentenceTargets: number[] = []
const termRows: Float32Array[] = []
const termTargets: number[] = []
const sizes: number[] = []
for (const [done, { src, sents, ref }] of pairs.entries()) {
  const document = documentOfSentences(sents, 'en')
  const index = await indexTerms(document, pace)
  const vocabulary = vocabularyOf(document)
  const { values } = await sentenceFeatures(document, document.sentences, index, pace)
  sentenceRows.push(values)
  for (const sentence of sents) sentenceTargets.push(rouge(ref, [sentence]).rouge1)
  termRows.push(termFeatures(document.sentences, index))
  const wanted = new Set(splitWords(ref.join(' ')).map(({ folded }) => vocabulary.stem(folded)))
  for (const stem of index.stems) termTargets.push(wanted.has(stem) ? 1 : 0)
  sizes.push(sources.indexOf(src), sents.length, index.stems.length)
  if (done % 2_000 === 1_999) console.log(`${done + 1} of ${pairs.length} texts prepared`)
}
write('sentences.f32', Float32Array.from(sentenceRows.flatMap(row => [...row])))
write('sentence-targets.f32', Float32Array.from(sentenceTargets))
write('terms.f32', Float32Array.from(termRows.flatMap(row => [...row])))
write('term-targets.f32', Float32Array.from(termTargets))
write('sizes.i32', Int32Array.from(sizes))
console.log(
  sources
    .map((src, at) => `${src} ${pairs.filter(pair => sources.indexOf(pair.src) === at).length}`)
    .join(', '),
)

const script = join(import.meta.dirname, 'fit.py')
runPython(script, [work, String(featureNames.length), String(termFeatureNames.length), sources.join()])
shipModel(
  options.out,
  {
    name: 'summary',
    file: 'summary.onnx',
    inputs: [
      { name: 'sentences', type: 'float32', shape: ['sentences', featureNames.length] },
      { name: 'terms', type: 'float32', shape: ['terms', termFeatureNames.length] },
    ],
    outputs: [
      { name: 'scores', type: 'float32', shape: ['sentences'] },
      { name: 'chances', type: 'float32', shape: ['terms'] },
    ],
    card: 'summary.md',
    parameters: weights,
  },
  readFileSync(join(work, 'summary.onnx')),
)

function write(name: string, values: Float32Array | Int32Array): void {
  writeFileSync(join(work, name), Buffer.from(values.buffer, values.byteOffset, values.byteLength))
}
