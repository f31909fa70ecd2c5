/**
 * Trains the intent model and ships it.
 *
 *   node ai-service/training/intent/train.ts [data folder] [--out=<models folder>] [--epochs=<number>]
 *
 * The data folder (default ../shared/data) holds intents/, topics/ and embeddings/. The same data gives the same file.
 * What is in between lies in .nexus/training/intent; with --fitted the network of the last run is shipped as it is.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bucketCount, intentFeatures } from '../../intent/features.ts'
import { seededRandom } from '../../random.ts'
import { shipModel } from '../manifest-entry.ts'
import { runPython } from '../run-python.ts'
import { type Example, intentLabels, makeExamples } from './examples.ts'
import { exportNetwork } from './export.ts'
import { readOwnWordings } from './own-wordings.ts'
import { readPeoplesTexts } from './sources.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'assets/models' },
    epochs: { type: 'string', default: '5' },
    fitted: { type: 'boolean', default: false },
  },
})
const seed = 20_261_120
const work = '.nexus/training/intent'
/** What kinds weigh in training, so that none is guessed for being frequent. */
const kindShares = { search: 0.34, question: 0.2, command: 0.46 }
const shape = {
  seed,
  buckets: bucketCount,
  width: 48,
  hidden: 96,
  classes: intentLabels.length,
  epochs: Number(options.epochs),
  batch: 256,
  rate: 0.004,
  dropout: 0.3,
  featureDropout: 0.15,
  smoothing: 0.02,
  shares: intentLabels.map(label =>
    label === 'search' || label === 'question'
      ? kindShares[label]
      : kindShares.command / (intentLabels.length - 2),
  ),
}
/** A command runs at a press of Enter above this, is offered below. */
const certainFrom = 0.9

mkdirSync(work, { recursive: true })
if (!options.fitted) {
  const examples = makeExamples(
    readPeoplesTexts(positionals[0] ?? '../shared/data'),
    readOwnWordings('own').map(row => row.text),
    {
      requests: 4_000,
      commandLikeSearches: 24_000,
      plainSearches: 24_000,
      titleSearches: 20_000,
      commandLikeQuestions: 16_000,
    },
    seededRandom(seed),
  )
  console.log(`${examples.length} examples of ${intentLabels.length} labels`)
  writeFeatures(examples)
  writeFileSync(join(work, 'shape.json'), JSON.stringify(shape))
  runPython('ai-service/training/intent/fit.py', [work])
}
shipModel(
  options.out,
  {
    name: 'intent',
    file: 'intent.onnx',
    inputs: [
      { name: 'buckets', type: 'int32', shape: ['features'] },
      { name: 'weights', type: 'float32', shape: [1, 'features'] },
    ],
    outputs: [{ name: 'probabilities', type: 'float32', shape: [1, intentLabels.length] }],
    card: 'intent.md',
    parameters: { labels: intentLabels, certainFrom },
  },
  exportNetwork(work, shape),
)

function writeFeatures(examples: readonly Example[]): void {
  const offsets = new Int32Array(examples.length + 1)
  const features = examples.map(example => intentFeatures(example.text))
  features.forEach((one, index) => {
    offsets[index + 1] = (offsets[index] ?? 0) + one.buckets.length
  })
  const buckets = new Int32Array(offsets.at(-1) ?? 0)
  const weights = new Float32Array(buckets.length)
  features.forEach((one, index) => {
    buckets.set(one.buckets, offsets[index])
    weights.set(one.weights, offsets[index])
  })
  const labels = Int32Array.from(examples, example => intentLabels.indexOf(example.label))
  for (const [name, data] of Object.entries({
    'offsets.i32': offsets,
    'buckets.i32': buckets,
    'weights.f32': weights,
    'labels.i32': labels,
  })) {
    writeFileSync(join(work, name), data)
  }
  writeFileSync(join(work, 'examples.tsv'), examples.map(one => `${one.label}\t${one.text}\n`).join(''))
}
