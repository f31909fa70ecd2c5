import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, it } from 'vitest'
import type { FrameTimes } from '../../../contracts/gpu-facts.ts'
import type { CompositorUnderTest } from '../compositor-under-test.ts'

export function overviewCases(compositor: () => CompositorUnderTest): void {
  describe('the overview', () => {
    const option = (name: string | RegExp) => compositor().page.getByRole('option', { name })

    it('is a list box for each group, with the tab in view chosen', async () => {
      await compositor().open('design')
      const { page } = compositor()
      expect(await page.getByRole('listbox').evaluateAll(lists => lists.map(list => list.ariaLabel))).toEqual(
        ['Sea project', 'Kitchen', 'No group'],
      )
      expect(await option(/Listening to the tide, in view/).getAttribute('aria-selected')).toBe('true')
      expect(await compositor().focused()).toMatch(/^Listening to the tide/)
      expect(await page.getByRole('option').count()).toBe(11)
    })

    it('is moved through with arrows, and opens, closes and leaves by key', async () => {
      await compositor().open('design')
      const { keyboard } = compositor().page
      for (const key of ['ArrowRight', 'ArrowDown', 'End', 'ArrowUp', 'Home', 'ArrowRight'])
        await keyboard.press(key)
      expect(await compositor().focused()).toMatch(/^Station map/)
      await keyboard.press('Enter')
      await keyboard.press('Delete')
      await keyboard.press('Escape')
      await expect.poll(() => compositor().events('dismissed')).toEqual([{}])
      expect(await compositor().events('tabChosen')).toEqual([{ tabId: 'map' }])
      expect(await compositor().events('closeAsked')).toEqual([{ tabId: 'map' }])
    })

    it('is searched from the key on, also by what main finds', async () => {
      await compositor().open('design')
      const { page } = compositor()
      await page.keyboard.press('/')
      await page.keyboard.type('harbour')
      expect(await page.getByRole('option').count()).toBe(2)
      await expect
        .poll(() => compositor().events('queryChanged'))
        .toContainEqual({ surface: 'overview', query: 'harbour' })
      await page.evaluate(() =>
        window.workbench.client.setMatches({ surface: 'overview', query: 'harbour', ids: ['bread'] }),
      )
      expect(await page.getByRole('option').count()).toBe(3)
      await page.keyboard.press('Enter')
      await expect.poll(() => compositor().events('tabChosen')).toEqual([{ tabId: 'tide' }])
      await page.keyboard.type(' zzz')
      await page.getByText('No tab matches').waitFor()
      await page.keyboard.press('Escape')
      expect(await page.getByRole('option').count()).toBe(11)
      expect(await compositor().events('dismissed')).toEqual([])
    })

    it('is searched by typing on', async () => {
      await compositor().open('design')
      await compositor().page.keyboard.type('bread')
      expect(await compositor().page.getByRole('option').count()).toBe(1)
    })

    it('is ordered by last use and by cost', async () => {
      await compositor().open('design')
      await compositor().page.getByRole('radio', { name: 'Cost' }).check({ force: true })
      const first = await compositor().page.getByRole('option').first().getAttribute('aria-label')
      expect(first).toMatch(/^Station map/)
    })

    it('is pressed: cards, the button that closes one, that sleeps a group, that restarts a page', async () => {
      await compositor().open('design', { width: 1_376, height: 760 })
      const { page } = compositor()
      await option(/^Mail/).hover()
      await page.locator('.closer').click()
      await option(/^Harbour datum/).click({ button: 'middle' })
      await page.getByRole('button', { name: 'Sleep group Kitchen' }).click()
      await page.getByRole('button', { name: 'Restart Video lab' }).click()
      await page.getByRole('button', { name: 'Group by topic' }).click()
      await option(/^Bread/).click()
      await expect.poll(() => compositor().events('tabChosen')).toEqual([{ tabId: 'bread' }])
      expect(await compositor().events('closeAsked')).toEqual([{ tabId: 'mail' }, { tabId: 'datum' }])
      expect(await compositor().events('sleepGroupAsked')).toEqual([{ group: 'Kitchen' }])
      expect(await compositor().events('restartAsked')).toEqual([{ tabId: 'video' }])
      expect(await compositor().events('groupByTopicAsked')).toEqual([{}])
    })

    it('gives the keyboard to the neighbour of a card that goes', async () => {
      await compositor().open(12)
      const { page } = compositor()
      const before = await compositor().focused()
      await page.keyboard.press('ArrowRight')
      const next = await compositor().focused()
      await page.keyboard.press('ArrowLeft')
      expect(await compositor().focused()).toBe(before)
      await page.evaluate(async () => {
        const { client, tabs } = window.workbench
        await client.setTabs({ ...tabs, tabs: tabs.tabs.filter(tab => tab.id !== tabs.activeTabId) })
      })
      expect(await compositor().focused()).toBe(next)
    })

    it.each(['light', 'dark'] as const)('can be used with a reader, %s', async theme => {
      await compositor().open('design', { theme, width: 1_376, height: 760 })
      const { violations } = await new AxeBuilder({ page: compositor().page }).analyze()
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.html).join(' ')}`)).toEqual(
        [],
      )
    })

    it('draws nothing while nothing changes or while it is closed', async () => {
      await compositor().open(12)
      const framesAsked = () =>
        compositor().page.evaluate(async () => {
          let asked = 0
          const original = window.requestAnimationFrame
          window.requestAnimationFrame = action => {
            asked += 1
            return original.call(window, action)
          }
          await new Promise(done => setTimeout(done, 300))
          window.requestAnimationFrame = original
          return asked
        })
      await expect.poll(framesAsked).toBe(0)
      await compositor().page.evaluate(() => window.workbench.client.close({}))
      expect(await compositor().page.getByRole('option').count()).toBe(0)
      expect(await framesAsked()).toBe(0)
    })

    it('says how its opening went', async () => {
      await compositor().open(12)
      const [times] = (await compositor().events('frameTimes')) as FrameTimes[]
      expect(times).toMatchObject({ surface: 'overview', phase: 'opening', items: 12 })
    })
  })
}
