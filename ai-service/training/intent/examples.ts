import { commandActions } from '../../../contracts/intent.ts'
import { intentWords } from '../../intent/features.ts'
import { below, type Random } from '../../random.ts'
import { disguise } from './disguise.ts'
import { checkWays, makeRequest } from './grammar/requests.ts'
import { commandLikeQuestions, commandLikeSearches, plainSearches } from './grammar/searches.ts'
import { expandWay, pick, type Topics } from './grammar/slots.ts'
import type { PeoplesTexts } from './sources.ts'

/** The model's classes, in order. */
export const intentLabels = ['search', 'question', ...commandActions] as const
export type IntentLabel = (typeof intentLabels)[number]

export interface Example {
  readonly text: string
  readonly label: IntentLabel
}

export interface ExampleCounts {
  /** For each action. */
  readonly requests: number
  readonly commandLikeSearches: number
  readonly plainSearches: number
  readonly titleSearches: number
  readonly commandLikeQuestions: number
}

const stopWords = new Set(
  'the a an of to in for on at by with and or is are was were be his her its their as from that this it he she they we you'.split(
    ' ',
  ),
)

/** "mute" and "zoom in" are what most people say, so they count more often than a rare sentence. */
const mostRepeats = 6

/**
 * Everything to learn from, shuffled. No text of `heldOut` of three words or more is among it, nor one that differs only
 * in case, digits and punctuation; shorter ones cannot be kept apart, there is only one way to say "mute".
 */
export function makeExamples(
  people: PeoplesTexts,
  heldOut: readonly string[],
  counts: ExampleCounts,
  random: Random,
): Example[] {
  checkWays()
  const topics = topicsOf(people.titles)
  const examples: Example[] = []
  const taken = new Set(heldOut.map(key).filter(text => !isShort(text)))
  const seen = new Map<string, number>()
  const bare = new Set<string>()
  const add = (text: string, label: IntentLabel): void => {
    const id = key(text)
    const times = seen.get(`${label} ${id}`) ?? 0
    if (id === '' || taken.has(id) || times >= (isShort(id) ? mostRepeats : 1)) return
    if (label === 'search' && bare.has(id)) return
    seen.set(`${label} ${id}`, times + 1)
    examples.push({ text, label })
  }
  for (const action of commandActions) {
    for (let index = 0; index < counts.requests; index++) {
      const request = makeRequest(action, topics, random)
      // said as it stands it asks for this, so it is no search
      bare.add(key(request))
      add(disguise(request, random), action)
    }
  }
  const addExpanded = (ways: readonly string[], count: number, label: IntentLabel): void => {
    for (let index = 0; index < count; index++) {
      add(disguise(expandWay(pick(ways, random), topics, random), random), label)
    }
  }
  addExpanded(commandLikeSearches, counts.commandLikeSearches, 'search')
  addExpanded(plainSearches, counts.plainSearches, 'search')
  addExpanded(commandLikeQuestions, counts.commandLikeQuestions, 'question')
  for (let index = 0; index < counts.titleSearches; index++) {
    add(disguise(crop(pick(people.titles, random), random), random), 'search')
  }
  for (const text of people.searches) add(text.toLowerCase(), 'search')
  for (const text of people.questions) {
    add(random() < 0.5 ? text.replace(/\s*\?\s*$/, '') : text, 'question')
  }
  return shuffle(examples, random)
}

export function isShort(text: string): boolean {
  return intentWords(text).length <= 2
}

/** What makes two texts the same for the model's purposes. */
function key(text: string): string {
  return intentWords(text)
    .filter(word => word !== '?')
    .join(' ')
}

/** A few words of a title as somebody would type who looks for it. */
function crop(title: string, random: Random): string {
  const words = title.toLowerCase().match(/[\p{L}\p{N}'’]+/gu) ?? []
  const length = 1 + below(random, 6)
  const start = below(random, Math.max(1, words.length - length + 1))
  const cropped = words.slice(start, start + length)
  const kept = random() < 0.6 ? cropped.filter(word => !stopWords.has(word)) : cropped
  return kept.join(' ')
}

function topicsOf(titles: readonly string[]): Topics {
  const phrases = new Set<string>()
  const words = new Set<string>()
  for (const title of titles) {
    const all = (title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter(word => !stopWords.has(word))
    for (const word of all) if (word.length > 2) words.add(word)
    for (let start = 0; start + 1 < all.length; start += 2) {
      phrases.add(all.slice(start, start + 1 + (start % 3)).join(' '))
    }
  }
  return { phrases: [...phrases], words: [...words] }
}

function shuffle<T>(items: T[], random: Random): T[] {
  for (let index = items.length - 1; index > 0; index--) {
    const other = below(random, index + 1)
    const [left, right] = [items[index], items[other]]
    if (left !== undefined && right !== undefined) {
      items[index] = right
      items[other] = left
    }
  }
  return items
}
