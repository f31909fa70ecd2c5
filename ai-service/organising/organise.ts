import type { OrganisedTabs, TabToOrganise } from '../../contracts/ai.ts'
import { similarity } from '../embedding/vectors.ts'
import type { Pace } from '../text/pace.ts'
import { clusterByAverage } from './cluster.ts'
import { groupName, type NamedText } from './group-name.ts'

/** Vectors of texts, all of one length; see ai-service/embedding/. */
export interface EmbedsTexts {
  embed(texts: readonly string[]): Promise<readonly Int8Array[]>
}

/**
 * Tabs less alike than this, on average, are not put together. Of 21 titles in eight subjects, 99 of 100 pairs about
 * different things are less alike in the embedding model, and half of the pairs about one thing are more.
 */
const leastLikeness = 0.3
/** Pages of one site are a little more likely to belong together. */
const sameSiteBonus = 0.08
/** Two tabs with the same title and site that mean the same within this much show the same. */
const leastDuplicateLikeness = 0.95
const textsAtOnce = 32
const mostCharacters = 1_000

/**
 * Groups tabs by what they are about and names the groups; finds those that show the same. Titles and texts are data.
 * Rejects as the embedding model does, and with the reason of the pace's signal.
 */
export async function organiseTabs(
  tabs: readonly TabToOrganise[],
  embedder: EmbedsTexts,
  pace: Pace,
): Promise<OrganisedTabs> {
  const vectors: Int8Array[] = []
  for (let at = 0; at < tabs.length; at += textsAtOnce) {
    const texts = tabs
      .slice(at, at + textsAtOnce)
      .map(tab => `${tab.title}. ${tab.text}`.slice(0, mostCharacters))
    vectors.push(...(await embedder.embed(texts)))
    await pace.breathe()
  }
  const named = tabs.map((tab): NamedText => ({ title: tab.title, text: tab.text, site: hostOf(tab.url) }))
  const meaning = (left: number, right: number): number => {
    const [one, other] = [vectors[left], vectors[right]]
    return one === undefined || other === undefined ? 0 : similarity(one, other)
  }
  const likeness = (left: number, right: number): number =>
    meaning(left, right) + (isSameSite(named[left], named[right]) ? sameSiteBonus : 0)
  const clusters = await clusterByAverage(tabs.length, likeness, leastLikeness, pace)
  const idOf = (index: number): string => tabs[index]?.id ?? ''
  return {
    groups: clusters
      .filter(members => members.length > 1)
      .map(members => {
        const inside = new Set(members)
        const name = groupName(
          named.filter((_, index) => inside.has(index)),
          named.filter((_, index) => !inside.has(index)),
        )
        return { name: name === '' ? 'Group' : name, tabs: members.map(idOf) }
      }),
    duplicates: findDuplicates(tabs, named, meaning).map(members => members.map(idOf)),
  }
}

/** Sets of tabs at one address, apart from its fragment, or of one site with one title and one meaning. */
function findDuplicates(
  tabs: readonly TabToOrganise[],
  named: readonly NamedText[],
  meaning: (left: number, right: number) => number,
): number[][] {
  const sets: number[][] = []
  tabs.forEach((tab, index) => {
    const alike = sets.find(([first = 0]) => {
      if (addressOf(tabs[first]?.url ?? '') === addressOf(tab.url)) return true
      return (
        tab.title !== '' &&
        named[first]?.title === tab.title &&
        isSameSite(named[first], named[index]) &&
        meaning(first, index) >= leastDuplicateLikeness
      )
    })
    if (alike === undefined) sets.push([index])
    else alike.push(index)
  })
  return sets.filter(members => members.length > 1)
}

function isSameSite(left: NamedText | undefined, right: NamedText | undefined): boolean {
  return left !== undefined && left.site !== '' && left.site === right?.site
}

function addressOf(url: string): string {
  return url.replace(/#.*$/s, '').replace(/\/$/, '')
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : ''
}
