/**
 * Makes the weights of `ai-service/answers/weights.ts` for the shipped embedding model and says how well they do.
 *
 *   node ai-service/training/answers/train.ts [data folder]
 *
 * A logistic regression over the signs of passages; every fifth page is held out to choose the threshold by and to
 * measure on. The same data and model give the same weights.
 */
import { signNames } from '../../answers/ask.ts'
import { type PassageSigns, readSigns } from '../../answers/features.ts'
import { readQuestion } from '../../answers/question.ts'
import { Embedder } from '../../embedding/embedder.ts'
import { ModelManager } from '../../models/manager.ts'
import { seededRandom } from '../../random.ts'
import { createPace } from '../../text/pace.ts'
import { readAskedPages } from './pages.ts'

interface Page {
  readonly source: string
  readonly signs: readonly PassageSigns[]
  readonly answers: ReadonlySet<number>
}

const [dataFolder = '../shared/data', modelsFolder = 'assets/models'] = process.argv.slice(2)
await using models = new ModelManager(modelsFolder)
const embedder = new Embedder(models)
const pace = createPace(new AbortController().signal)
const pages: Page[] = []
const asked = await readAskedPages(dataFolder, seededRandom(20261120))
for (const { source, question, passages, answers } of asked) {
  const signs = await readSigns(readQuestion(question, 'en'), passages, 'en', embedder, pace)
  pages.push({ source, signs, answers })
  if (pages.length % 500 === 0) console.log(`${pages.length} of ${asked.length} pages read`)
}

// A question is put to a page with its answer and to one without: both fall on the same side.
const isHeldOut = (index: number): boolean => (index >> 1) % 5 === 0
const training = pages.filter((_, index) => !isHeldOut(index))
const heldOut = pages.filter((_, index) => isHeldOut(index))
const size = signNames.length
const weights = new Float64Array(size + 1)
const examples = training.flatMap(({ signs, answers }) =>
  signs.map((sign, index) => ({
    values: signNames.map(name => sign[name]),
    isAnswer: answers.has(index) ? 1 : 0,
  })),
)
const answerShare = examples.filter(example => example.isAnswer === 1).length / examples.length
for (let step = 0; step < 3_000; step++) {
  const gradient = new Float64Array(size + 1)
  for (const { values, isAnswer } of examples) {
    const error =
      (probability(values) - isAnswer) * (isAnswer === 1 ? 0.5 / answerShare : 0.5 / (1 - answerShare))
    for (let place = 0; place < size; place++)
      gradient[place] = (gradient[place] ?? 0) + error * (values[place] ?? 0)
    gradient[size] = (gradient[size] ?? 0) + error
  }
  for (let place = 0; place <= size; place++) {
    const decay = place < size ? 1e-4 * (weights[place] ?? 0) : 0
    weights[place] = (weights[place] ?? 0) - 4 * ((gradient[place] ?? 0) / examples.length + decay)
  }
}

// The bias is moved so that a score of one half is the limit between found and not found.
const limits = Array.from({ length: 121 }, (_, index) => index / 20 - 1)
const limit = limits.reduce((best, next) => (accuracyAt(next) > accuracyAt(best) ? next : best))
weights[size] = (weights[size] ?? 0) - limit
const threshold = 0.5
console.log(Object.fromEntries(signNames.map((name, place) => [name, rounded(weights[place])])))
console.log(`bias ${rounded(weights[size])}`)
for (const source of ['MedQuAD', 'DBpedia']) {
  const own = heldOut.filter(page => page.source === source)
  const withAnswer = own.filter(page => page.answers.size > 0)
  const best = withAnswer.filter(page => page.answers.has(bestOf(page))).length / withAnswer.length
  const found = withAnswer.filter(page => scoreOf(page, bestOf(page)) >= threshold).length / withAnswer.length
  const without = own.filter(page => page.answers.size === 0)
  const refused = without.filter(page => scoreOf(page, bestOf(page)) < threshold).length / without.length
  console.log(
    `${source}: ${own.length} pages, found or not ${accuracy(own, threshold).toFixed(4)} ` +
      `(with ${found.toFixed(4)}, without ${refused.toFixed(4)}), right passage first ${best.toFixed(4)}`,
  )
}

function rounded(value: number | undefined): number {
  return Number((value ?? 0).toFixed(3))
}

/** Pages with and without an answer count the same: nobody knows how often people ask for what is not there. */
function accuracyAt(logit: number): number {
  const least = 1 / (1 + Math.exp(-logit))
  const [answered, unanswered] = [true, false].map(isAnswered =>
    accuracy(
      training.filter(page => page.answers.size > 0 === isAnswered),
      least,
    ),
  )
  return (answered ?? 0) + (unanswered ?? 0)
}

function probability(values: readonly number[]): number {
  let sum = weights[size] ?? 0
  for (let place = 0; place < size; place++) sum += (weights[place] ?? 0) * (values[place] ?? 0)
  return 1 / (1 + Math.exp(-sum))
}

function scoreOf(page: Page, passage: number): number {
  const signs = page.signs[passage]
  return signs === undefined ? 0 : probability(signNames.map(name => signs[name]))
}

function bestOf(page: Page): number {
  return page.signs.reduce((best, _, index) => (scoreOf(page, index) > scoreOf(page, best) ? index : best), 0)
}

function accuracy(own: readonly Page[], least: number): number {
  return (
    own.filter(page => scoreOf(page, bestOf(page)) >= least === page.answers.size > 0).length / own.length
  )
}
