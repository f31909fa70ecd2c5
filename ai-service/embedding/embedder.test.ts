import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ModelManager } from '../models/manager.ts'
import { copyModels, shippedModels } from '../testing/models-folder.ts'
import { Embedder } from './embedder.ts'
import { similarity, vectorLength } from './vectors.ts'

const models = new ModelManager(shippedModels)
const embedder = new Embedder(models)
afterAll(() => models[Symbol.asyncDispose]())

async function likeness(first: string, second: string): Promise<number> {
  const [a, b] = await embedder.embed([first, second])
  if (a === undefined || b === undefined) throw new Error('Two texts give two vectors')
  return similarity(a, b)
}

describe('the embedder', () => {
  it.each([
    ['A man is playing a guitar.', 'Someone plays an instrument.', 'The shares fell sharply on Monday.'],
    ['How do I reset my password?', 'I forgot the login code', 'How do I bake a cake?'],
    ['The doctor treated the patient.', 'A physician cared for the sick man.', 'The pilot landed the plane.'],
    ['Die Züge fahren heute später.', 'Der Zug fährt heute später ab.', 'Ich mag Äpfel und Birnen.'],
    ['昨日の夜は友達と映画を見た', '昨日の夜、友達と一緒に映画を見ました', '地震のニュース'],
  ])('finds %j nearer to %j than to %j', async (text, near, far) => {
    expect(await likeness(text, near)).toBeGreaterThan((await likeness(text, far)) + 0.1)
  })

  it('gives each text the same vector, alone or among many', async () => {
    const texts = Array.from(
      { length: 300 },
      (_, index) => `Passage ${index} ${'and more words of it '.repeat(index % 60)}`,
    )
    const together = await embedder.embed(texts)
    expect(together).toHaveLength(300)
    for (const index of [0, 59, 143, 299]) {
      expect(together[index]).toEqual((await embedder.embed([texts[index] ?? '']))[0])
    }
  })

  it('gives vectors of 128 numbers with a length of 127, and zeros for texts without words', async () => {
    const [some, none, noise] = await embedder.embed(['Some words', '', '\ud800 … \u0000'])
    expect(some).toHaveLength(vectorLength)
    expect(Math.hypot(...(some ?? []))).toBeCloseTo(127, 0)
    expect(none).toEqual(new Int8Array(vectorLength))
    expect(noise).toEqual(new Int8Array(vectorLength))
    expect(await embedder.embed([''])).toEqual([new Int8Array(vectorLength)])
    expect(await embedder.embed([])).toEqual([])
  })

  it('says so when its model is missing', async () => {
    using folder = copyModels()
    rmSync(join(folder.folder, 'embedding.onnx'))
    await using manager = new ModelManager(folder.folder)
    await expect(new Embedder(manager).embed(['text'])).rejects.toMatchObject({ code: 'MODEL_MISSING' })
  })
})
