import Type, { type Static } from 'typebox'
import { Embedder } from '../embedding/embedder.ts'
import { ModelManager } from '../models/manager.ts'
import { readManifest } from '../models/manifest.ts'
import { TopicClassifier } from '../topic/classifier.ts'
import type { Evaluation, Figure } from './figure.ts'
import { readTestRows } from './test-rows.ts'

const Row = Type.Object({
  text: Type.String(),
  topic: Type.String(),
  title: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  url: Type.Optional(Type.String()),
  src: Type.Optional(Type.String()),
})

interface Answer {
  readonly row: Static<typeof Row>
  /** The first topic; null for "none of these", which counts as wrong: each row of a test has a topic. */
  readonly label: string | null
}

/** The topic of pages. Rows whose topic the model does not know count as wrong. */
export const topicsEvaluation: Evaluation = {
  task: 'topics',
  folder: 'topics',
  async run({ folder, modelsFolder }) {
    const rows = readTestRows(folder, Row)
    await using models = new ModelManager(modelsFolder)
    const classifier = new TopicClassifier(models, new Embedder(models))
    const answers: Answer[] = []
    for (const row of rows) {
      const { title = '', description = '', url = '', text } = row
      const guess = await classifier.classify({ title, description, url, text })
      answers.push({ row, label: guess.kind === 'known' ? (guess.topics[0]?.label ?? null) : null })
    }
    const sources = [...new Set(rows.map(row => row.src))].filter(src => src !== undefined).sort()
    const answered = answers.filter(answer => answer.label !== null)
    return [
      ...figures('topics', answers, await knownLabels(modelsFolder)),
      accuracyFigure('topics, where one is named', answered),
      ...sources.map(src =>
        accuracyFigure(
          `topics from ${src}`,
          answers.filter(answer => answer.row.src === src),
        ),
      ),
    ]
  },
}

function figures(of: string, answers: readonly Answer[], known: ReadonlySet<string>): Figure[] {
  const labels = [...new Set(answers.map(answer => answer.row.topic))]
  const macroF1 = labels.reduce((sum, label) => sum + f1Of(label, answers), 0) / labels.length
  const unknown = answers.filter(answer => !known.has(answer.row.topic)).length
  const named = unknown === 0 ? of : `${of} (${unknown} rows with topics that the model does not know)`
  return [
    accuracyFigure(named, answers),
    { name: 'macroF1', of: named, who: 'nexus', value: macroF1, count: answers.length },
  ]
}

function accuracyFigure(of: string, answers: readonly Answer[]): Figure {
  const right = answers.filter(({ row, label }) => row.topic === label).length
  return { name: 'accuracy', of, who: 'nexus', value: right / answers.length, count: answers.length }
}

function f1Of(label: string, answers: readonly Answer[]): number {
  let [both, truly, guessed] = [0, 0, 0]
  for (const answer of answers) {
    const isTruly = answer.row.topic === label
    const isGuessed = answer.label === label
    if (isTruly) truly++
    if (isGuessed) guessed++
    if (isTruly && isGuessed) both++
  }
  return (2 * both) / (truly + guessed)
}

async function knownLabels(modelsFolder: string): Promise<ReadonlySet<string>> {
  const entry = (await readManifest(modelsFolder)).find(({ name }) => name === 'topic')
  const parameters = entry?.parameters
  const labels =
    typeof parameters === 'object' && parameters !== null && 'labels' in parameters ? parameters.labels : []
  return new Set(Array.isArray(labels) ? labels.filter(label => typeof label === 'string') : [])
}
