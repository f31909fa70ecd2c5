import { afterAll, describe, expect, it } from 'vitest'
import { Embedder } from '../embedding/embedder.ts'
import { splitPassages } from '../embedding/passages.ts'
import { ModelManager } from '../models/manager.ts'
import { shippedModels } from '../testing/models-folder.ts'
import { documentOf, lighthouseArticle, quietPace } from '../testing/texts.ts'
import { createPace } from '../text/pace.ts'
import { type Answer, answer } from './ask.ts'

const models = new ModelManager(shippedModels)
const embedder = new Embedder(models)
afterAll(() => models[Symbol.asyncDispose]())

async function ask(
  question: string,
  paragraphs: readonly string[] = lighthouseArticle,
  language = 'en',
): Promise<Answer> {
  const passages = splitPassages(await documentOf(paragraphs, language), 200)
  return await answer(question, passages, embedder, quietPace(), language)
}

async function paragraphFor(
  question: string,
  paragraphs?: readonly string[],
  language?: string,
): Promise<number | null> {
  const given = await ask(question, paragraphs, language)
  return given.kind === 'found' ? (given.passages[0]?.paragraph ?? null) : null
}

const germanPage = [
  'Die Stadtbücherei in Kirchwald öffnet nach dem Umbau am 3. Mai wieder. Sie hat jetzt einen Lesegarten, einen Aufzug und doppelt so viele Arbeitsplätze wie vor dem Umbau, und der Eingang liegt an der Südseite.',
  'Die Kosten des Umbaus betrugen 2,4 Millionen Euro. Einen großen Teil davon hat das Land bezahlt, den Rest trägt die Gemeinde. Der Bürgermeister nannte die Ausgaben gut angelegtes Geld für alle Kinder im Ort.',
]

describe('asking a page', () => {
  it.each([
    ['When was the lighthouse built?', 1],
    ['How many euros did the society collect?', 2],
    ['When did the last keeper leave?', 1],
    ['Where do the gulls nest?', 3],
    ['Can I visit the lighthouse on weekends?', 5],
  ])('finds the passage for %j', async (question, paragraph) => {
    expect(await paragraphFor(question)).toBe(paragraph)
  })

  it.each([
    'What is the capital of Peru?',
    'How do I fix a flat bicycle tire?',
    'Who won the football match?',
  ])('says that %j is not in this page', async question => {
    expect(await ask(question)).toEqual({ kind: 'notInPage' })
  })

  it('goes by the words in other languages', async () => {
    expect(await paragraphFor('Wie hoch waren die Kosten des Umbaus?', germanPage, 'de')).toBe(1)
    expect(await paragraphFor('Wann öffnet die Stadtbücherei wieder?', germanPage, 'de')).toBe(0)
  })

  it('has nothing to say without a question or a page', async () => {
    expect(await ask('')).toEqual({ kind: 'notInPage' })
    expect(await ask('?? …')).toEqual({ kind: 'notInPage' })
    expect(await ask('When was it built?', [])).toEqual({ kind: 'notInPage' })
  })

  it('stops when cancelled', async () => {
    const abort = new AbortController()
    let nowMs = 0
    const pace = createPace(abort.signal, () => {
      nowMs += 5
      return nowMs
    })
    setImmediate(() => abort.abort(new Error('the page was left')))
    const passages = splitPassages(await documentOf(lighthouseArticle, 'en'), 200)
    await expect(answer('When was it built?', passages, embedder, pace)).rejects.toThrow('the page was left')
  })
})
