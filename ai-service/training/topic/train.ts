/**
 * Trains the topic model and writes it with its manifest entry.
 *
 *   node ai-service/training/topic/train.ts [data folder] [--wordnet=<folder>] [--debian=<Translation-en>]
 *        [--members=<number>] [--epochs=<number>] [--without=<source>,<source>] [--keep] [--work=<folder>]
 *        [--models=<folder>] [--out=<models folder>]
 *
 * The data folder (default ../shared/data/topics) holds train.jsonl.gz; `../langid/train.jsonl.gz` beside it, where it
 * is there, gives texts of other languages, for which no topic may be named. `--wordnet` is the folder of WordNet 3.0
 * (Debian package wordnet-base), `--debian` a list of Debian's package descriptions. The vectors are those of the
 * embedding model in `--models`. `--without` leaves sources out, to measure how the model does on text from elsewhere;
 * `--keep` takes the features that an earlier run left in `--work` (default .nexus/training/topic). The model is the
 * mean of `--members` networks. The same arguments give the same file.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Type from 'typebox'
import Value from 'typebox/value'
import { Embedder } from '../../embedding/embedder.ts'
import { ModelManager } from '../../models/manager.ts'
import { seededRandom } from '../../random.ts'
import { bucketCount, hashPage, topicFeatures } from '../../topic/features.ts'
import { meaningLength, meaningOf, meaningTexts } from '../../topic/meaning.ts'
import { readRows as readLanguageRows } from '../language/rows.ts'
import { shipModel } from '../manifest-entry.ts'
import { runPython } from '../run-python.ts'
import { readDebian } from './debian.ts'
import { topics } from './lexicon.ts'
import { readTopicRows, shippingSources } from './rows.ts'
import { type Variant, variantsOf } from './samples.ts'
import { readWordNet } from './wordnet.ts'
import { emptyPages, writtenPages } from './written-pages.ts'
import { writtenTexts } from './written-texts.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    wordnet: { type: 'string' },
    debian: { type: 'string' },
    members: { type: 'string', default: '5' },
    epochs: { type: 'string', default: '5' },
    seed: { type: 'string', default: '20261120' },
    without: { type: 'string', default: '' },
    keep: { type: 'boolean', default: false },
    work: { type: 'string', default: '.nexus/training/topic' },
    models: { type: 'string', default: 'assets/models' },
    out: { type: 'string', default: 'assets/models' },
  },
})
const folder = positionals[0] ?? '../shared/data/topics'
const random = seededRandom(Number(options.seed))

if (!options.keep || !existsSync(join(options.work, 'samples.json'))) await writeFeatures(options.work)
runPython(join(import.meta.dirname, 'fit.py'), [
  options.work,
  `--members=${options.members}`,
  `--epochs=${options.epochs}`,
  `--without=${options.without}`,
])
const found = Value.Parse(
  Type.Object({ leastConfidence: Type.Number(), leastFurtherConfidence: Type.Number() }),
  JSON.parse(readFileSync(join(options.work, 'thresholds.json'), 'utf8')),
)
shipModel(
  options.out,
  {
    name: 'topic',
    file: 'topic.onnx',
    inputs: [
      { name: 'buckets', type: 'int32', shape: ['texts', 'features'] },
      { name: 'weights', type: 'float32', shape: ['texts', 1, 'features'] },
      { name: 'meaning', type: 'float32', shape: ['texts', meaningLength] },
    ],
    outputs: [{ name: 'probabilities', type: 'float32', shape: ['texts', topics.length] }],
    card: 'topic.md',
    parameters: { labels: topics, ...found },
  },
  readFileSync(join(options.work, 'topic.onnx')),
)

/** A variant of a row, with what the fit has to know of it. */
interface Sample extends Variant {
  /** -1: a page about nothing. */
  readonly target: number
  readonly src: string
  readonly row: number
}

/** All samples as raw arrays: `fit.py` says which. */
async function writeFeatures(work: string): Promise<void> {
  const samples = readSamples()
  const offsets = new Int32Array(samples.length + 1)
  const features = samples.map(({ page }) => topicFeatures(hashPage(page)))
  features.forEach((bag, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + bag.buckets.length
  })
  const total = offsets[samples.length] ?? 0
  const buckets = new Int32Array(total)
  const weights = new Float32Array(total)
  features.forEach((bag, index) => {
    buckets.set(bag.buckets, offsets[index])
    weights.set(bag.weights, offsets[index])
  })
  const meanings = new Float32Array(samples.length * meaningLength)
  await using models = new ModelManager(options.models)
  const embedder = new Embedder(models)
  const batchSize = 500
  for (let start = 0; start < samples.length; start += batchSize) {
    const batch = samples.slice(start, start + batchSize)
    const vectors = await embedder.embed(batch.flatMap(({ page }) => meaningTexts(page)))
    batch.forEach((_, index) => {
      meanings.set(meaningOf(vectors.slice(2 * index, 2 * index + 2)), (start + index) * meaningLength)
    })
    if (start % 20_000 === 0) console.log(`${start} of ${samples.length} samples have their vectors`)
  }
  mkdirSync(work, { recursive: true })
  writeFileSync(join(work, 'offsets.i32'), offsets)
  writeFileSync(join(work, 'buckets.i32'), buckets)
  writeFileSync(join(work, 'weights.f32'), weights)
  writeFileSync(join(work, 'meanings.f32'), meanings)
  writeFileSync(
    join(work, 'targets.i32'),
    Int32Array.from(samples, sample => sample.target),
  )
  writeFileSync(
    join(work, 'rows.i32'),
    Int32Array.from(samples, sample => sample.row),
  )
  writeFileSync(
    join(work, 'drawn.f32'),
    Float32Array.from(samples, sample => sample.weight),
  )
  const sources = [...new Set(samples.map(sample => sample.src))]
  writeFileSync(
    join(work, 'sources.i32'),
    Int32Array.from(samples, sample => sources.indexOf(sample.src)),
  )
  writeFileSync(
    join(work, 'samples.json'),
    JSON.stringify({
      sources,
      shipping: sources.map(src => src in shippingSources || !isMeasured(src)),
      topics,
      bucketCount,
      meaningLength,
      seed: Number(options.seed),
    }),
  )
}

/** Sources that no model that ships learns from; how a model does on them says how it does elsewhere. */
function isMeasured(src: string): boolean {
  return ['steam', 'nyt', 'website-classification', 'walmart-amazon'].includes(src)
}

function readSamples(): Sample[] {
  const labels: readonly string[] = topics
  const rows = [
    ...readTopicRows(folder, 'train.jsonl.gz'),
    ...(options.wordnet === undefined ? [] : readWordNet(options.wordnet)),
    ...(options.debian === undefined ? [] : readDebian(options.debian)),
    ...writtenPages(random, 400),
    ...writtenTexts(random, 6_000),
  ]
  const known = rows.flatMap(({ title, text, topic, src }, row) => {
    const target = labels.indexOf(topic)
    return variantsOf(title, text, random).map(variant => ({ ...variant, target, src, row }))
  })
  const empty = pagesOfNothing().map((text, index) => ({
    page: { title: '', description: '', url: '', text },
    weight: 1,
    target: -1,
    src: 'nothing',
    row: rows.length + index,
  }))
  return [...known, ...empty]
}

/** Furniture of pages, and texts in other languages, where the words of English topics mean nothing. */
function pagesOfNothing(): string[] {
  const languages = join(folder, '../langid')
  const foreign = existsSync(join(languages, 'train.jsonl.gz'))
    ? readLanguageRows(languages, 'train.jsonl.gz').filter(
        (row, index) => index % 40 === 0 && row.lang !== 'en' && row.src === 'www-l10n',
      )
    : []
  return [...emptyPages(random, 1_000), ...foreign.map(row => row.text)]
}
