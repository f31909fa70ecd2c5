import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import type { LanguageGuess } from '../../contracts/page-analysis.ts'
import { type Bag, type BagSession, forbidden, runBags } from '../models/bag-run.ts'
import { ModelUnavailableError } from '../models/errors.ts'
import type { ModelManager } from '../models/manager.ts'
import { wayOut } from '../models/manifest.ts'
import { languageFeatures, maxFeatureUnits } from './features.ts'
import { languageName } from './language-name.ts'
import { decideByScript, type ModelScript, modelScripts } from './script-rule.ts'
import { profileScripts } from './scripts.ts'

/** Below this the answer is "und": of such answers about half are right, and random letters score no higher. */
export const leastConfidence = 0.35

const Parameters = Type.Object({
  labels: Type.Array(Type.String(), { minItems: 2 }),
  labelsByScript: Type.Record(Type.String(), Type.Array(Type.String())),
})

interface LanguageModel extends BagSession {
  readonly labels: readonly string[]
  readonly masks: ReadonlyMap<ModelScript, Float32Array>
}

/**
 * Says in which language texts are written: by their script where that is enough, else by the model. The model is
 * loaded on first use.
 */
export class LanguageIdentifier {
  readonly #models: ModelManager
  #model: Promise<LanguageModel> | null = null

  constructor(models: ModelManager) {
    this.#models = models
  }

  /** Loads the model now, so that the first answer does not wait for it. Throws ModelUnavailableError. */
  async warm(): Promise<void> {
    await this.#load()
  }

  /** One guess a text, in order; texts that the model has to read run together. Throws ModelUnavailableError. */
  async identify(texts: readonly string[]): Promise<LanguageGuess[]> {
    const model = await this.#load()
    const prepared = texts.map(text => prepare(model, text.slice(0, maxFeatureUnits)))
    const bags = prepared.flatMap(text => (text.kind === 'open' ? [text.bag] : []))
    const probabilities = (await runBags(model, bags)).values()
    return prepared.map(text =>
      text.kind === 'decided' ? text.guess : best(model, probabilities.next().value ?? new Float32Array()),
    )
  }

  #load(): Promise<LanguageModel> {
    this.#model ??= this.#models.load('language').then(({ entry, session, runtime }) => {
      const parameters = parseParameters(entry.parameters)
      const masks = new Map(
        modelScripts.map(script => {
          const allowed = parameters.labelsByScript[script] ?? []
          const mask = Float32Array.from(parameters.labels, label =>
            allowed.includes(label) ? 0 : forbidden,
          )
          return [script, mask] as const
        }),
      )
      return { name: 'language', runtime, session, labels: parameters.labels, masks }
    })
    return this.#model
  }
}

function parseParameters(parameters: unknown): Static<typeof Parameters> {
  if (Value.Check(Parameters, parameters)) return parameters
  throw new ModelUnavailableError(
    'MANIFEST_DAMAGED',
    `The language model's parameters are damaged. ${wayOut}`,
  )
}

/** A text whose script said enough, or one that the model has to read. */
type Prepared =
  | { readonly kind: 'decided'; readonly guess: LanguageGuess }
  | { readonly kind: 'open'; readonly bag: Bag }

function prepare(model: LanguageModel, text: string): Prepared {
  const profile = profileScripts(text)
  const verdict = decideByScript(text, profile)
  switch (verdict.kind) {
    case 'unknown':
      return { kind: 'decided', guess: undetermined(0) }
    case 'decided':
      return { kind: 'decided', guess: guess(verdict.tag, verdict.confidence) }
    case 'open': {
      const features = languageFeatures(text, verdict.script)
      const mask = model.masks.get(verdict.script)
      if (features.buckets.length === 0 || mask === undefined) {
        return { kind: 'decided', guess: undetermined(0) }
      }
      return { kind: 'open', bag: { features, mask } }
    }
  }
}

function best(model: LanguageModel, probabilities: Float32Array): LanguageGuess {
  let place = 0
  for (let index = 1; index < probabilities.length; index++) {
    if ((probabilities[index] ?? 0) > (probabilities[place] ?? 0)) place = index
  }
  const confidence = Math.min(1, probabilities[place] ?? 0)
  const tag = model.labels[place]
  return tag === undefined || confidence < leastConfidence ? undetermined(confidence) : guess(tag, confidence)
}

function undetermined(confidence: number): LanguageGuess {
  return { tag: 'und', name: 'Unknown', confidence }
}

function guess(tag: string, confidence: number): LanguageGuess {
  return { tag, name: languageName(tag), confidence }
}
