import { expect, it } from 'vitest'
import type { HoveredLink } from '../../contracts/reading-for-chrome.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { LinkHover } from './link-hover.ts'

const page = { tabId: 'one', url: 'https://a.test/', isPrivate: false }
const preview = { url: 'https://a.test/x', title: 'X', description: null, siteName: null, imageUrl: null }

function world(changes: { isOn?: boolean } = {}) {
  const clock = new SimulatedClock()
  const told: (HoveredLink | null)[] = []
  const asked: string[] = []
  const hover = new LinkHover({
    clock,
    isOn: () => changes.isOn !== false,
    fetchPreview: async url => {
      asked.push(url)
      return preview
    },
    announce: hovered => told.push(hovered),
  })
  const settle = async (ms: number): Promise<void> => {
    clock.advance(ms)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { hover, told, asked, settle }
}

it('tells the address at once, and the page behind it after the pointer rested', async () => {
  const { hover, told, settle } = world()
  hover.over(preview.url, page)
  await settle(399)
  expect(told).toEqual([{ tabId: 'one', url: preview.url, preview: null }])
  await settle(1)
  expect(told.at(-1)).toEqual({ tabId: 'one', url: preview.url, preview })
  hover.over('', page)
  expect(told.at(-1)).toBeNull()
})

it('fetches nothing for a pointer that passes', async () => {
  const { hover, asked, settle } = world()
  for (const name of ['a', 'b', 'c']) {
    hover.over(`https://a.test/${name}`, page)
    await settle(200)
  }
  hover.over('', page)
  await settle(1_000)
  expect(asked).toEqual([])
})

it('fetches nothing for a private page, another site, or when it is off', async () => {
  const [first, second] = [world(), world({ isOn: false })]
  first.hover.over(preview.url, { ...page, isPrivate: true })
  await first.settle(1_000)
  first.hover.over('https://b.test/', page)
  await first.settle(1_000)
  second.hover.over(preview.url, page)
  await second.settle(1_000)
  expect([first.asked, second.asked]).toEqual([[], []])
})
