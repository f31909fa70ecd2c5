import Type from 'typebox'
import Value from 'typebox/value'
import { type CommandAction, commandActions, type Intent } from '../../contracts/intent.ts'
import { ModelUnavailableError } from '../models/errors.ts'
import type { ModelManager, ModelSession, Runtime } from '../models/manager.ts'
import { wayOut } from '../models/manifest.ts'
import { intentFeatures } from './features.ts'

const Parameters = Type.Object({
  labels: Type.Array(Type.String(), { minItems: 2 }),
  certainFrom: Type.Number({ minimum: 0, maximum: 1 }),
})

type Label = 'search' | 'question' | CommandAction

interface IntentModel {
  readonly runtime: Runtime
  readonly session: ModelSession
  readonly labels: readonly Label[]
  readonly certainFrom: number
}

/**
 * Says what a person means by text in the omnibox that is no address: a search, a question, or something that the
 * browser is to do. The model is loaded on first use.
 */
export class IntentInterpreter {
  readonly #models: ModelManager
  #model: Promise<IntentModel> | null = null

  constructor(models: ModelManager) {
    this.#models = models
  }

  /** Text without a single word is a search of confidence 0. Throws ModelUnavailableError. */
  async interpret(text: string): Promise<Intent> {
    const model = await this.#load()
    const { buckets, weights } = intentFeatures(text)
    if (buckets.length === 0) return { kind: 'search', confidence: 0 }
    const { Tensor } = model.runtime
    const { probabilities } = await model.session.run({
      buckets: new Tensor('int32', buckets, [buckets.length]),
      weights: new Tensor('float32', weights, [1, weights.length]),
    })
    if (!(probabilities?.data instanceof Float32Array)) throw damaged()
    return decide(model, probabilities.data)
  }

  #load(): Promise<IntentModel> {
    this.#model ??= this.#models.load('intent').then(({ entry, session, runtime }) => {
      if (!Value.Check(Parameters, entry.parameters)) throw damaged()
      const { certainFrom } = entry.parameters
      return { runtime, session, labels: entry.parameters.labels.map(labelOf), certainFrom }
    })
    return this.#model
  }
}

/**
 * The kind by the sum over its labels, then the likeliest action: a command may be sure while which one is not, and is
 * then no search.
 */
function decide(model: IntentModel, probabilities: Float32Array): Intent {
  const sums = { search: 0, question: 0, command: 0 }
  let action: CommandAction | null = null
  let confidence = 0
  for (const [index, label] of model.labels.entries()) {
    const probability = Math.min(1, probabilities[index] ?? 0)
    if (label === 'search' || label === 'question') {
      sums[label] += probability
      continue
    }
    sums.command += probability
    if (probability <= confidence) continue
    action = label
    confidence = probability
  }
  if (action !== null && sums.command >= sums.search && sums.command >= sums.question) {
    return { kind: 'command', action, isCertain: confidence >= model.certainFrom, confidence }
  }
  const kind = sums.question > sums.search ? 'question' : 'search'
  return { kind, confidence: Math.min(1, sums[kind]) }
}

function labelOf(name: string): Label {
  if (name === 'search' || name === 'question') return name
  const action = commandActions.find(known => known === name)
  if (action === undefined) throw damaged()
  return action
}

function damaged(): ModelUnavailableError {
  return new ModelUnavailableError('MODEL_DAMAGED', `The intent model is not what Nexus expects. ${wayOut}`)
}
