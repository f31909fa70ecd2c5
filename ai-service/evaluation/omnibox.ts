import Type from 'typebox'
import { readTypedText } from '../../contracts/address.ts'
import { type Intent, offeredFrom } from '../../contracts/intent.ts'
import { IntentInterpreter } from '../intent/interpreter.ts'
import { ModelManager } from '../models/manager.ts'
import { readOwnWordings } from '../training/intent/own-wordings.ts'
import type { Evaluation, Figure } from './figure.ts'
import { readTestRows } from './test-rows.ts'

const Row = Type.Object({
  text: Type.String(),
  kind: Type.String(),
  action: Type.Optional(Type.String()),
})

interface WantedMeaning {
  readonly text: string
  readonly kind: string
  readonly action?: string | undefined
}

interface Answer {
  readonly wanted: WantedMeaning
  readonly kind: Intent['kind'] | 'url'
  /** Null where no command is offered. */
  readonly action: string | null
  readonly isCertain: boolean
}

/**
 * What people mean in the omnibox: addresses by the grammar, all else by the model, as in the browser. A kind or an
 * action that is not ours counts as wrong. Of actions, no offer is neither right nor wrong: the figure says of how many
 * commands it is.
 */
export const omniboxEvaluation: Evaluation = {
  task: 'omnibox',
  folder: 'intents',
  async run({ folder, modelsFolder }) {
    await using models = new ModelManager(modelsFolder)
    const interpreter = new IntentInterpreter(models)
    const rows = readTestRows(folder, Row, 'omnibox')
    return [
      ...figuresOf('omnibox', await answerAll(interpreter, rows)),
      ...figuresOf('own wordings', await answerAll(interpreter, ownWordings('own'))),
      ...figuresOf('later wordings', await answerAll(interpreter, ownWordings('later'))),
    ]
  },
}

/** What was written down to measure by, see `training/intent/own-wordings.ts`. */
function ownWordings(written: 'own' | 'later'): WantedMeaning[] {
  return readOwnWordings(written).map(({ label, text }) =>
    label === 'search' || label === 'question'
      ? { text, kind: label }
      : { text, kind: 'command', action: label },
  )
}

async function answerAll(
  interpreter: IntentInterpreter,
  rows: readonly WantedMeaning[],
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const wanted of rows) answers.push(await answerOne(interpreter, wanted))
  return answers
}

async function answerOne(interpreter: IntentInterpreter, wanted: WantedMeaning): Promise<Answer> {
  if (readTypedText(wanted.text).kind !== 'words') {
    return { wanted, kind: 'url', action: null, isCertain: false }
  }
  const intent = await interpreter.interpret(wanted.text)
  if (intent.kind !== 'command') return { wanted, kind: intent.kind, action: null, isCertain: false }
  const action = intent.confidence >= offeredFrom ? intent.action : null
  return { wanted, kind: 'command', action, isCertain: intent.isCertain }
}

function figuresOf(of: string, answers: readonly Answer[]): Figure[] {
  const kinds = [...new Set(answers.map(answer => answer.wanted.kind))].sort()
  const macroF1 = kinds.reduce((sum, kind) => sum + f1Of(kind, answers), 0) / kinds.length
  const commands = answers.filter(answer => answer.wanted.action !== undefined)
  const offered = commands.filter(answer => answer.action !== null)
  const certain = commands.filter(answer => answer.isCertain)
  const isRight = ({ wanted, action }: Answer): boolean => wanted.action === action
  const figures: Figure[] = [
    accuracy(`${of}: kind`, answers, ({ wanted, kind }) => wanted.kind === kind),
    { name: 'macroF1', of: `${of}: kind`, who: 'nexus', value: macroF1, count: answers.length },
    ...kinds.map(kind =>
      accuracy(
        `${of}: kind of what is ${kind}`,
        answers.filter(answer => answer.wanted.kind === kind),
        answer => answer.kind === kind,
      ),
    ),
    accuracy(`${of}: action, where one is offered (of ${commands.length} commands)`, offered, isRight),
    accuracy(`${of}: action, where it runs at once (of ${commands.length} commands)`, certain, isRight),
    accuracy(`${of}: action, no offer counted as wrong`, commands, isRight),
    accuracy(
      `${of}: no command that runs at once for what is none`,
      answers.filter(answer => answer.wanted.kind !== 'command'),
      answer => !answer.isCertain,
    ),
  ]
  return figures.filter(figure => figure.count > 0)
}

function accuracy(of: string, answers: readonly Answer[], isRight: (answer: Answer) => boolean): Figure {
  const value = answers.filter(isRight).length / answers.length
  return { name: 'accuracy', of, who: 'nexus', value, count: answers.length }
}

function f1Of(kind: string, answers: readonly Answer[]): number {
  let [both, truly, guessed] = [0, 0, 0]
  for (const answer of answers) {
    const isTruly = answer.wanted.kind === kind
    const isGuessed = answer.kind === kind
    if (isTruly) truly++
    if (isGuessed) guessed++
    if (isTruly && isGuessed) both++
  }
  return (2 * both) / (truly + guessed)
}
