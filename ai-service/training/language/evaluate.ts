/**
 * Measures the shipped language model, through ONNX Runtime and the same code that the AI process runs.
 *
 *   node ai-service/training/language/evaluate.ts [data folder] [--models=<folder>] [--labels] [--source=<prefix of sources>]
 *
 * The data folder (default ../shared/data/langid) holds test.jsonl.gz. Prints accuracy on whole texts and on their
 * first 50 characters, for groups of labels, and how sure the model is when it is right and when it is not.
 */
import { parseArgs } from 'node:util'
import { LanguageIdentifier, leastConfidence } from '../../language/identifier.ts'
import { ruleLanguages } from '../../language/script-rule.ts'
import { ModelManager } from '../../models/manager.ts'
import { readManifest } from '../../models/manifest.ts'
import { type Row, readRows } from './rows.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string', default: 'assets/models' },
    labels: { type: 'boolean', default: false },
    source: { type: 'string' },
  },
})

/** Languages that eld, tinyld and franc also know. */
const sharedWithPeers =
  'am ar be bg bn cs da de el en es et fa fi fr gu he hi hu hy it ja ko lt lv nb nl pl pt ro ru sk sr sv ta te th tr uk ur vi zh'.split(
    ' ',
  )

interface Answer {
  readonly row: Row
  readonly tag: string
  readonly confidence: number
}

const rows = readRows(positionals[0] ?? '../shared/data/langid', 'test.jsonl.gz').filter(
  row => options.source === undefined || row.src.startsWith(options.source),
)
const manifest = await readManifest(options.models)
const parameters = manifest.find(model => model.name === 'language')?.parameters
const trained = new Set<string>([...labelsOf(parameters), ...ruleLanguages])
await using models = new ModelManager(options.models)
const identifier = new LanguageIdentifier(models)
await identifier.warm()

const known = rows.filter(row => trained.has(row.lang))
console.log(`${rows.length} texts, ${known.length} of them in the ${trained.size} languages known`)
for (const [name, cut] of [
  ['full text', 4_000],
  ['first 50 characters', 50],
] as const) {
  const startedMs = performance.now()
  const guesses = await identifier.identify(known.map(row => row.text.slice(0, cut)))
  const perTextMs = (performance.now() - startedMs) / known.length
  const answers: Answer[] = known.map((row, index) => ({
    row,
    tag: guesses[index]?.tag ?? 'und',
    confidence: guesses[index]?.confidence ?? 0,
  }))
  console.log(`\n${name}: ${perTextMs.toFixed(3)} ms a text`)
  const shared = answers.filter(({ row }) => sharedWithPeers.includes(row.lang))
  print('all known labels', answers)
  print('  macro average over labels', answers, macro(answers))
  print(
    '  bs, hr and sr taken as one',
    answers,
    accuracy(answers, tag => (tag === 'bs' || tag === 'hr' ? 'sr' : tag)),
  )
  print('labels that peers know too', shared)
  print(
    'decided by script',
    answers.filter(({ row }) => ruleLanguages.includes(row.lang)),
  )
  print(
    'decided by the model',
    answers.filter(({ row }) => !ruleLanguages.includes(row.lang)),
  )
  for (const source of ['www-l10n', 'masakhanews', 'bible', 'ud:']) {
    print(
      `source ${source}`,
      answers.filter(({ row }) => row.src.startsWith(source)),
    )
  }
  const unsure = answers.filter(({ tag }) => tag === 'und')
  console.log(
    `  "und" (confidence below ${leastConfidence}): ${((100 * unsure.length) / answers.length).toFixed(2)} %`,
  )
  for (const [low, high] of [
    [0.4, 0.6],
    [0.6, 0.8],
    [0.8, 0.95],
    [0.95, 1.01],
  ] as const) {
    print(
      `  confidence ${low} to ${Math.min(1, high)}`,
      answers.filter(a => a.confidence >= low && a.confidence < high),
    )
  }
  if (options.labels) printLabels(answers)
}

const unknown = rows.filter(row => !trained.has(row.lang))
const guesses = await identifier.identify(unknown.map(row => row.text))
const refused = guesses.filter(guess => guess.tag === 'und').length
console.log(`\n${unknown.length} texts in languages it does not know: ${refused} answered "und"`)

function accuracy(answers: readonly Answer[], merge = (tag: string): string => tag): number {
  return answers.filter(({ row, tag }) => merge(row.lang) === merge(tag)).length / answers.length
}

function macro(answers: readonly Answer[]): number {
  const labels = [...new Set(answers.map(({ row }) => row.lang))]
  return (
    labels.reduce((sum, label) => sum + accuracy(answers.filter(({ row }) => row.lang === label)), 0) /
    labels.length
  )
}

function print(name: string, answers: readonly Answer[], value = accuracy(answers)): void {
  if (answers.length > 0) console.log(`  ${name.padEnd(34)} ${value.toFixed(4)}  (${answers.length})`)
}

function printLabels(answers: readonly Answer[]): void {
  for (const label of [...new Set(answers.map(({ row }) => row.lang))].sort()) {
    const own = answers.filter(({ row }) => row.lang === label)
    const wrong = new Map<string, number>()
    for (const { tag } of own) if (tag !== label) wrong.set(tag, (wrong.get(tag) ?? 0) + 1)
    const worst = [...wrong].sort((a, b) => b[1] - a[1]).slice(0, 4)
    console.log(
      `    ${label.padEnd(4)} ${accuracy(own).toFixed(3)} (${own.length})  ${worst.map(([tag, n]) => `${tag} ${n}`).join(', ')}`,
    )
  }
}

function labelsOf(parameters: unknown): string[] {
  const labels =
    typeof parameters === 'object' && parameters !== null && 'labels' in parameters ? parameters.labels : []
  return Array.isArray(labels) ? labels.filter(label => typeof label === 'string') : []
}
