/**
 * Trains the language model and writes it with its manifest entry.
 *
 *   node ai-service/training/language/train.ts [data folder] [--chromium=<folder of .pak files>] [--steps=<number>]
 *        [--width=<number>] [--seed=<number>] [--without=<prefix of sources>] [--out=<models folder>]
 *
 * The data folder (default ../shared/data/langid) holds train.jsonl.gz and train_words.tsv.gz. The same arguments
 * give the same file. `--without` leaves sources out, to measure how the model does on text from elsewhere.
 */
import { parseArgs } from 'node:util'
import { bucketCount, languageFeatures } from '../../language/features.ts'
import { type ModelScript, modelScripts } from '../../language/script-rule.ts'
import { shipBagModel } from '../bag-model.ts'
import { BagNetwork } from '../bag-network.ts'
import { below, seededRandom, weightedDraw } from '../random.ts'
import { calibrateTemperature } from './calibration.ts'
import { readChromiumStrings } from './chromium-strings.ts'
import { type Row, readRows, readWords } from './rows.ts'
import { groupRows, type LanguageData, scriptsOfLabel, textSampler } from './samples.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    chromium: { type: 'string' },
    steps: { type: 'string', default: '6000000' },
    width: { type: 'string', default: '28' },
    seed: { type: 'string', default: '20261120' },
    rate: { type: 'string', default: '0.15' },
    without: { type: 'string' },
    out: { type: 'string', default: 'assets/models' },
  },
})
const folder = positionals[0] ?? '../shared/data/langid'
const steps = Number(options.steps)
const firstRate = Number(options.rate)
const random = seededRandom(Number(options.seed))

const rows: Row[] = readRows(folder, 'train.jsonl.gz')
if (options.chromium !== undefined) for (const row of readChromiumStrings(options.chromium)) rows.push(row)
const kept = rows.filter(row => options.without === undefined || !row.src.startsWith(options.without))
const words = readWords(folder)

// One row in 25 of each language sets the temperature and is not trained on.
const calibrationRows = kept.filter((_, index) => index % 25 === 7)
const training = groupRows(
  kept.filter((_, index) => index % 25 !== 7),
  words,
)
const labels = [...new Set(training.map(group => group.label))].sort()
const allowedByScript = new Map<ModelScript, Int32Array>(
  modelScripts.map(script => [
    script,
    Int32Array.from(
      labels.flatMap((label, index) => (scriptsOfLabel(label).includes(script) ? [index] : [])),
    ),
  ]),
)
const allowedOf = (script: ModelScript): Int32Array => allowedByScript.get(script) ?? new Int32Array()

console.log(`${labels.length} labels, ${countRows(training)} rows: ${labels.join(' ')}`)
const samplers = training.map(group => ({
  draw: textSampler(group),
  target: labels.indexOf(group.label),
  group,
}))
const drawGroup = weightedDraw(training.map(group => countRows([group]) ** 0.25))
const network = new BagNetwork(bucketCount, labels.length, Number(options.width), random)
const startedMs = performance.now()
let loss = 0
let seen = 0
for (let step = 0; step < steps; step++) {
  const sampler = samplers[drawGroup(random)] ?? samplers[below(random, samplers.length)]
  if (sampler === undefined) throw new Error('No rows to train on')
  const features = languageFeatures(sampler.draw(random), sampler.group.script)
  if (features.buckets.length === 0) continue
  const rate = firstRate * (1 - step / steps)
  loss += network.learn(features, allowedOf(sampler.group.script), sampler.target, rate)
  seen++
  if (step % 100_000 === 99_999) {
    const seconds = (performance.now() - startedMs) / 1000
    console.log(`${step + 1} of ${steps} examples, ${seconds.toFixed(0)} s, loss ${(loss / seen).toFixed(4)}`)
    loss = 0
    seen = 0
  }
}

const calibration = groupRows(calibrationRows, new Map())
const temperature = calibrateTemperature(network, calibration, labels, allowedOf)
const labelsByScript = Object.fromEntries(
  modelScripts.map(script => [script, [...allowedOf(script)].map(index => labels[index] ?? '')]),
)
shipBagModel(options.out, {
  name: 'language',
  documentation: 'Language identification from hashed character n-grams. See language.md.',
  network,
  temperature,
  labels,
  parameters: { labels, labelsByScript },
})

function countRows(groups: readonly LanguageData[]): number {
  return groups.reduce((sum, group) => sum + group.sources.reduce((rows, s) => rows + s.texts.length, 0), 0)
}
