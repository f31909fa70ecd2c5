import Type, { type Static } from 'typebox'
import Value from 'typebox/value'
import type { Keyword } from '../../../contracts/page-analysis.ts'
import { ModelUnavailableError } from '../../models/errors.ts'
import type { LoadedModel, ModelManager } from '../../models/manager.ts'
import { wayOut } from '../../models/manifest.ts'
import type { TextDocument } from '../document.ts'
import type { Pace } from '../pace.ts'
import type { TermIndex } from '../term-index.ts'
import { type Candidate, keywordCandidates } from './candidates.ts'
import { featureNames, keywordFeatures } from './features.ts'

export const KeywordParameters = Type.Object({
  /** Added to the log odds of phrases of 1, 2, 3 and 4 words. */
  sizes: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
  /** Added for the logarithm of the count, for an early first place, and for three of the model's own features. */
  count: Type.Number(),
  early: Type.Number(),
  cValue: Type.Number(),
  whole: Type.Number(),
  units: Type.Number(),
  /** Added where a phrase shares a word with the page's title. */
  title: Type.Number(),
  /** Whether a phrase may stand beside a longer one that holds it. */
  allowsParts: Type.Boolean(),
  /** Phrases around one word, at most. */
  mostUses: Type.Integer({ minimum: 1 }),
})
type KeywordParameters = Static<typeof KeywordParameters>

const usualKeywords = 10
/** Log odds over which the weight that is shown falls to a third. */
const weightScale = 5
/** Candidates asked for in one run of the model; more would hold the event loop. */
const batch = 4_000

/** Finds the words and phrases that a text is about, by a small model over what is counted of them. Deterministic. */
export class KeywordExtractor {
  readonly #models: ModelManager

  constructor(models: ModelManager) {
    this.#models = models
  }

  /**
   * At most `wanted`, best first. Nothing of `ignored` (byline, name of the site) is one, nor are names of months and
   * days. `index` holds the document's terms. Rejects with ModelUnavailableError, or the pace's reason.
   */
  async extract(
    document: TextDocument,
    index: TermIndex,
    ignored: readonly string[],
    pace: Pace,
    wanted = usualKeywords,
  ): Promise<Keyword[]> {
    const candidates = await keywordCandidates(document, index, ignored, pace)
    if (candidates.all.length === 0) return []
    const model = await this.#models.load('keywords')
    const parameters: unknown = model.entry.parameters
    if (!Value.Check(KeywordParameters, parameters)) throw failed('has no settings')
    const values = keywordFeatures(candidates, index)
    const chances = await askModel(model, values, pace)
    const scored = candidates.all.map((candidate, place) => ({
      candidate,
      score: settle(chances[place] ?? 0, candidate, values, place, index, parameters),
    }))
    scored.sort(
      (left, right) => right.score - left.score || left.candidate.firstWord - right.candidate.firstWord,
    )
    const chosen = chooseDistinct(scored, wanted, parameters)
    const best = chosen[0]?.score ?? 0
    return chosen.map(({ candidate, score }) => ({
      phrase: mostUsed(candidate.surfaces),
      count: candidate.count,
      weight: Math.min(1, Math.exp((score - best) / weightScale)),
    }))
  }
}

const cValueAt = featureNames.indexOf('cValue')
const wholeAt = featureNames.indexOf('whole')
const unitsAt = featureNames.indexOf('units')

/** Log odds of a candidate, moved by what titles and first lines cannot teach: there, most phrases stand once. */
function settle(
  chance: number,
  candidate: Candidate,
  values: Float32Array,
  place: number,
  index: TermIndex,
  parameters: KeywordParameters,
): number {
  const { terms, count, firstWord } = candidate
  const row = place * featureNames.length
  const kept = Math.min(1 - 1e-7, Math.max(1e-7, chance))
  return (
    Math.log(kept / (1 - kept)) +
    (parameters.sizes[terms.length - 1] ?? 0) +
    parameters.count * Math.log(count) +
    parameters.early / (1 + Math.log1p(firstWord)) +
    parameters.cValue * (values[row + cValueAt] ?? 0) +
    parameters.whole * (values[row + wholeAt] ?? 0) +
    parameters.units * (values[row + unitsAt] ?? 0) +
    (terms.some(term => index.title.has(term)) ? parameters.title : 0)
  )
}

async function askModel(model: LoadedModel, values: Float32Array, pace: Pace): Promise<Float32Array> {
  const width = featureNames.length
  const chances = new Float32Array(values.length / width)
  for (let start = 0; start < chances.length; start += batch) {
    await pace.breathe()
    const part = values.subarray(start * width, (start + batch) * width)
    const candidates = new model.runtime.Tensor('float32', part, [part.length / width, width])
    const data = (await model.session.run({ candidates })).chances?.data
    if (!(data instanceof Float32Array)) throw failed('gave no chances')
    chances.set(data, start)
  }
  return chances
}

function failed(what: string): ModelUnavailableError {
  return new ModelUnavailableError('RUNTIME_FAILED', `The keyword model ${what}. ${wayOut}`)
}

interface Scored {
  readonly candidate: Candidate
  readonly score: number
}

/** Best first, few around the same word. */
function chooseDistinct(scored: readonly Scored[], wanted: number, parameters: KeywordParameters): Scored[] {
  const chosen: Scored[] = []
  const uses = new Map<number, number>()
  for (const entry of scored) {
    if (chosen.length === wanted) break
    const { terms } = entry.candidate
    const isRepeat =
      !parameters.allowsParts &&
      chosen.some(({ candidate }) => holds(candidate.terms, terms) || holds(terms, candidate.terms))
    if (isRepeat || terms.some(term => (uses.get(term) ?? 0) >= parameters.mostUses)) continue
    for (const term of new Set(terms)) uses.set(term, (uses.get(term) ?? 0) + 1)
    chosen.push(entry)
  }
  return chosen
}

function holds(outer: readonly number[], inner: readonly number[]): boolean {
  return ` ${outer.join(' ')} `.includes(` ${inner.join(' ')} `)
}

/** The form that is written most often; the first of equals. */
function mostUsed(surfaces: ReadonlyMap<string, number>): string {
  let best = ''
  let most = 0
  for (const [surface, count] of surfaces) {
    if (count <= most) continue
    best = surface
    most = count
  }
  return best
}
