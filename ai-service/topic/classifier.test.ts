import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Embedder } from '../embedding/embedder.ts'
import { ModelManager } from '../models/manager.ts'
import { copyModels, shippedModels } from '../testing/models-folder.ts'
import { TopicClassifier } from './classifier.ts'

const models = new ModelManager(shippedModels)
const classifier = new TopicClassifier(models, new Embedder(models))
afterAll(() => models[Symbol.asyncDispose]())

const nothing = { title: '', description: '', url: '', text: '' }

async function firstTopic(page: Partial<typeof nothing>): Promise<string> {
  const guess = await classifier.classify({ ...nothing, ...page })
  return guess.kind === 'none' ? 'none' : (guess.topics[0]?.label ?? 'none')
}

/** Written for this test; none is in the training data. */
const samples: Readonly<Record<string, string>> = {
  sports:
    'The striker scored twice in the second half and the goalkeeper saved a late penalty to win the final.',
  food: 'Fry the onions and garlic in butter, stir in the flour, add the milk and bake until the crust is golden.',
  health:
    'The nurse explained which symptoms of the infection need treatment and when patients should see a doctor.',
  religion: 'After the sermon the priest led the congregation in prayer and read from the gospel.',
  technology:
    'The update fixes a bug in the driver and lets developers install the software from the command line.',
  travel:
    'Our hotel was five minutes from the beach, and the flight, luggage and airport transfer were included.',
  games:
    'Explore the dungeon, defeat the boss with your upgraded weapons and unlock new levels in multiplayer.',
  law_crime:
    'The suspect was arrested, charged with murder and sentenced by the judge to thirty years in prison.',
  autos: 'The sedan has a turbo engine with 200 horsepower, a manual gearbox, new brakes and good mileage.',
  politics:
    'The senator urged voters to back the republican candidate before the election and attacked the governor.',
}

describe('classifying pages by topic', () => {
  it('knows what a passage is about', async () => {
    const labels = await Promise.all(Object.values(samples).map(text => firstTopic({ text })))
    expect(labels).toEqual(Object.keys(samples))
  })

  it('reads titles, descriptions and addresses as well', async () => {
    expect(await firstTopic({ title: 'The best pasta and pizza recipes for dinner' })).toBe('food')
    expect(
      await firstTopic({ description: 'Football, basketball and tennis: live scores and fixtures' }),
    ).toBe('sports')
    expect(await firstTopic({ url: 'https://www.example.com/recipes/chicken-soup-with-noodles.html' })).toBe(
      'food',
    )
  })

  it('gives the likeliest topics first, with confidences that sum up to no more than one', async () => {
    const guess = await classifier.classify({ ...nothing, text: samples.sports ?? '' })
    const confidences = guess.kind === 'known' ? guess.topics.map(topic => topic.confidence) : []
    expect(confidences).toEqual([...confidences].sort((left, right) => right - left))
    expect(confidences[0]).toBeGreaterThan(0.5)
    expect(confidences.reduce((sum, confidence) => sum + confidence, 0)).toBeLessThanOrEqual(1.000_001)
  })

  it.each([
    ['nothing', nothing],
    ['digits and signs', { ...nothing, text: '12:45 – 3,141592 … € 100 %' }],
    [
      'the furniture of a page',
      { ...nothing, text: 'Home About us Contact Log in Privacy policy Accept cookies' },
    ],
    [
      'another language',
      { ...nothing, text: 'Wczoraj wieczorem długo szukaliśmy drogi powrotnej nad rzekę.' },
    ],
  ])('names no topic for %s', async (_, page) => {
    expect(await classifier.classify(page)).toEqual({ kind: 'none' })
  })

  it.each([
    ['a lone surrogate', '\ud83d\udc00\ud83d'],
    ['control characters', `\u0000\u202e${'\u200f'.repeat(1_000)}`],
    ['a word without an end', 'a'.repeat(5_000_000)],
    ['apostrophes without an end', "n't 's ".repeat(1_000_000)],
  ])('is neither slow nor broken by %s', async (_, text) => {
    const startedMs = performance.now()
    await classifier.classify({ title: text, description: text, url: `https://${text}`, text })
    expect(performance.now() - startedMs).toBeLessThan(1_000)
  })

  it('says so when its model is missing', async () => {
    using copy = copyModels()
    rmSync(join(copy.folder, 'topic.onnx'))
    await using damaged = new ModelManager(copy.folder)
    await expect(new TopicClassifier(damaged, new Embedder(damaged)).classify(nothing)).rejects.toMatchObject(
      {
        code: 'MODEL_MISSING',
      },
    )
  })
})
