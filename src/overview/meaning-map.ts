import { groupHue } from '../../contracts/group-hue.ts'
import type { MapPoint, MeaningMap } from '../../contracts/overview-scene.ts'
import { topicName } from '../../contracts/topic-names.ts'

/** A page that lies on the map. */
export interface MappedPage {
  readonly url: string
  readonly title: string
  readonly host: string
  readonly topic: string | null
  /** Of the tab that shows it; null where none does. */
  readonly tabId: string | null
  readonly x: number
  readonly y: number
}

/** Fewer pages make no region. */
const leastOfRegion = 3
/** A region is named where its pages lie together: half of them no further from its middle than this share of the map. */
const mostSpread = 0.25

/**
 * The map of meaning from pages that have their places: pages in the order of their last reading, latest first. Subjects
 * whose pages lie together are named. Points are called by their place in the order. Pure.
 */
export function meaningMap(pages: readonly MappedPage[]): MeaningMap {
  const points = pages.map((page, place): MapPoint => {
    const topic = page.topic ?? ''
    return {
      id: pointId(place),
      x: page.x,
      y: page.y,
      label: page.title === '' ? page.host : page.title,
      detail: page.host,
      kind: page.tabId === null ? 'history' : 'tab',
      hue: topic === '' ? 'slate' : groupHue(topic),
      weight: page.tabId === null ? 0.3 + 0.5 * (1 - place / pages.length) : 1,
    }
  })
  const size = Math.max(spanOf(pages.map(({ x }) => x)), spanOf(pages.map(({ y }) => y)))
  const byTopic = Map.groupBy(
    pages.filter(({ topic }) => topic !== null),
    ({ topic }) => topic ?? '',
  )
  const regions = [...byTopic].flatMap(([topic, members]) => {
    const x = median(members.map(member => member.x))
    const y = median(members.map(member => member.y))
    const spread = median(members.map(member => Math.hypot(member.x - x, member.y - y)))
    if (members.length < leastOfRegion || spread > size * mostSpread) return []
    return [{ x, y, label: topicName(topic), hue: groupHue(topic) }]
  })
  return { points, regions }
}

export function pointId(place: number): string {
  return `page:${place}`
}

/** The place in the order, or null for what is no point's name. */
export function placeOf(id: string): number | null {
  const place = /^page:(\d{1,6})$/.exec(id)?.[1]
  return place === undefined ? null : Number(place)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function spanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values)
}
