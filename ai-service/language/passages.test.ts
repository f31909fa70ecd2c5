import { afterAll, describe, expect, it } from 'vitest'
import { ModelManager } from '../models/manager.ts'
import { shippedModels } from '../testing/models-folder.ts'
import { LanguageIdentifier } from './identifier.ts'
import { foreignPassages } from './passages.ts'

const models = new ModelManager(shippedModels)
const identifier = new LanguageIdentifier(models)
afterAll(() => models[Symbol.asyncDispose]())

const english =
  'She walked along the river until it was dark, and then she took the last bus back to the town.'
const german = 'Der Zug fährt heute zwanzig Minuten später als geplant, weil auf der Strecke gebaut wird.'
const russian = 'Бабушка испекла пирог с яблоками и позвала соседей, а вечером все пили чай в саду.'

async function found(paragraphs: readonly string[], page = 'en'): Promise<string[]> {
  const passages = await foreignPassages(identifier, paragraphs, page)
  return passages.map(({ first, last, guess }) => `${first}-${last} ${guess.tag}`)
}

describe('passages in another language than the page', () => {
  it('are found with where they begin and end', async () => {
    expect(await found([english, german, german, english, russian])).toEqual(['1-2 de', '4-4 ru'])
    expect(await found([english, german], 'de')).toEqual(['0-0 en'])
  })

  it('go on over short paragraphs, and end where the page goes on', async () => {
    expect(await found([english, german, 'Firefox', german, english])).toEqual(['1-3 de'])
    expect(await found([german, english, german])).toEqual(['0-0 de', '2-2 de'])
  })

  it('are not made of short or unsure paragraphs', async () => {
    const unsure = 'xq zvkj wqpf jjkx bzzt qxv kkwp zzxq wvbn qpdk xjwz vvkq zpzq xwkj bqzt'
    expect(await found([english, 'Guten Tag', unsure, '12 345 678 '.repeat(20), english])).toEqual([])
    expect(await found([])).toEqual([])
  })

  it('are looked for in long pages without reading all of them', async () => {
    const paragraphs = Array.from({ length: 50_000 }, (_, index) => (index < 25_000 ? english : german))
    const [passage] = await foreignPassages(identifier, paragraphs, 'en')
    expect(passage?.guess.tag).toBe('de')
    expect(passage?.first).toBeGreaterThanOrEqual(25_000)
    expect(passage?.first).toBeLessThan(25_200)
  })
})
