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
  /** Added where a phrase shares a word with the page's title. */
  title: Type.Number(),
})
type KeywordParameters = Static<typeof KeywordParameters>

const usualKeywords = 10
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
      chance: settle(chances[place] ?? 0, candidate, index, parameters),
    }))
    scored.sort(
      (left, right) => right.chance - left.chance || left.candidate.firstWord - right.candidate.firstWord,
    )
    const chosen = chooseDistinct(scored, wanted)
    const best = chosen[0]?.chance ?? 1
    return chosen.map(({ candidate, chance }) => ({
      phrase: mostUsed(candidate.surfaces),
      count: candidate.count,
      weight: Math.min(1, Math.sqrt(chance / best)),
    }))
  }
}

function settle(chance: number, { terms }: Candidate, index: TermIndex, parameters: KeywordParameters): number {
  const titled = terms.some(term => index.title.has(term)) ? parameters.title : 0
  const pull = (parameters.sizes[terms.length - 1] ?? 0) + titled
  const odds = (chance / Math.max(1e-6, 1 - chance)) * Math.exp(pull)
  return odds / (1 + odds)
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
  readonly chance: number
}

/** Best first, without what stands inside a better one, and at most three around the same word. */
function chooseDistinct(scored: readonly Scored[], wanted: number): Scored[] {
  const chosen: Scored[] = []
  const uses = new Map<number, number>()
  for (const entry of scored) {
    if (chosen.length === wanted) break
    const { terms } = entry.candidate
    const isRepeat = chosen.some(({ candidate }) => holds(candidate.terms, terms) || holds(terms, candidate.terms))
    if (isRepeat || terms.some(term => (uses.get(term) ?? 0) >= mostUses)) continue
    for (const term of new Set(terms)) uses.set(term, (uses.get(term) ?? 0) + 1)
    chosen.push(entry)
  }
  return chosen
}
const mostUses = 3

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
