import { below, type Random } from '../../random.ts'
import { lexiconOf, type Topic, topics } from './lexicon.ts'
import type { TopicRow } from './rows.ts'

/** What pages of every topic hold: no word of it may speak for one. Written for this project. */
const furniture =
  'home, about us, contact us, menu, search, log in, sign up, subscribe, newsletter, privacy policy, terms of use, cookie policy, we use cookies, accept all, read more, learn more, click here, share this, follow us, copyright, all rights reserved, latest, popular, related articles, categories, archive, tags, page, next, previous, back to top, loading, skip to content, by, published, updated, comments, advertisement, sponsored, our team, our mission, faq, help, support, welcome, site map, download, view all, show more, email address, your name, submit, today, new, best, free, get started, more information, English, language, close, open, details, watch now, featured, top stories, editor picks'
const glue =
  'the, a, of, and, in, to, for, with, on, at, from, by, is, are, was, has, have, will, this, that, its, their, our, your, new, more, how, why, what, when, after, as, about, most, one, first, all, every, can, now, says, between, over'

/**
 * Topics of a page that is about things of another topic: a shop sells dresses and games, a school teaches sciences, a
 * lawyer speaks of accidents. What the page is for decides.
 */
const settings: Partial<Record<Topic, readonly Topic[]>> = {
  education: ['science', 'technology', 'arts', 'health', 'business', 'religion', 'sports'],
  shopping: ['style', 'food', 'technology', 'sports', 'games', 'health', 'autos', 'family', 'arts'],
  social: ['technology', 'entertainment', 'family', 'games', 'sports'],
  law_crime: ['politics', 'business', 'health', 'family', 'autos', 'world'],
  travel: ['food', 'arts', 'environment', 'business', 'shopping', 'sports'],
  entertainment: ['technology', 'arts', 'games', 'shopping'],
  games: ['world', 'science', 'religion', 'sports', 'technology', 'arts', 'autos', 'education'],
  business: ['technology', 'food', 'autos', 'environment', 'shopping'],
  adult: ['entertainment', 'social', 'family', 'style'],
}

/**
 * Pages made of a topic's words, common words and the furniture of web pages, in random order: no prose, but what a
 * bag of words sees of shops, portals and communities that no licence lets us train on.
 */
export function writtenPages(random: Random, perTopic: number): TopicRow[] {
  const furnitureWords = furniture.split(', ')
  const glueWords = glue.split(', ')
  const draw = (words: readonly string[]): string => words[below(random, words.length)] ?? ''
  const page = (topic: Topic): TopicRow => {
    const own = lexiconOf(topic)
    // A page speaks of a few things again and again.
    const few = Array.from({ length: 4 + below(random, 30) }, () => draw(own))
    const others = settings[topic] ?? []
    const other = random() < 0.5 ? others[below(random, others.length)] : undefined
    if (other !== undefined) {
      const others = lexiconOf(other)
      for (let size = few.length * (0.3 + random() * 0.7); size > 0; size--) few.push(draw(others))
    }
    const size = 3 + below(random, 80)
    const ownShare = 0.3 + random() * 0.4
    const furnitureShare = random() * 0.4
    const words = Array.from({ length: size }, () =>
      random() < ownShare ? draw(few) : random() < furnitureShare ? draw(furnitureWords) : draw(glueWords),
    )
    const title =
      random() < 0.5 ? '' : Array.from({ length: 1 + below(random, 4) }, () => draw(few)).join(' ')
    return { title, text: words.join(' '), topic, src: 'written' }
  }
  return topics.flatMap(topic => Array.from({ length: perTopic }, () => page(topic)))
}

/** Pages about nothing: furniture alone, for which no topic must be named. */
export function emptyPages(random: Random, count: number): string[] {
  const words = `${furniture}, ${glue}`.split(', ')
  return Array.from({ length: count }, () =>
    Array.from({ length: 2 + below(random, 60) }, () => words[below(random, words.length)] ?? '').join(' '),
  )
}
