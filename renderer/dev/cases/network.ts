import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function networkCases(ui: () => UiUnderTest): void {
  describe('network', () => {
    const asked = (method: string) =>
      ui().page.evaluate(
        wanted =>
          window.fixture.areas.calls
            .filter(call => call.method === `networkView.${wanted}`)
            .map(({ args }) => args[0]),
        method,
      )
    const open = async (options: { readonly theme?: string; readonly width?: number } = {}) => {
      await ui().open('page', options)
      await ui().typeAddress('nexus://network')
      await ui().press('Enter')
      await ui().page.getByRole('grid', { name: 'Requests' }).waitFor()
    }
    const grid = () => ui().page.getByRole('grid', { name: 'Requests' })
    const rows = () => grid().locator('[role=row][data-row]')
    const focused = () => ui().page.evaluate(() => document.activeElement?.getAttribute('data-row'))

    test('thousands of requests are listed, of which only those are drawn that are seen', async () => {
      await open()
      expect(await grid().getAttribute('aria-rowcount')).toBe('2001')
      expect(await rows().count()).toBeLessThan(60)
      // it begins at the latest
      await grid().locator('[data-row="2000"]').waitFor()
      expect(await ui().page.locator('.nx-network__foot').innerText()).toContain('2000 requests')
      expect(await asked('watchRequests')).toHaveLength(1)
      await ui().button('Close network').click()
      await expect.poll(() => asked('unwatchRequests')).toHaveLength(1)
    })

    test('wherever one scrolls, the rows of that place are drawn and hardly any other', async () => {
      await open()
      const places = await ui().page.evaluate(async () => {
        const body = document.querySelector('.nx-requests__body')
        if (body === null) return []
        const found: { wanted: string; isDrawn: boolean; drawn: number }[] = []
        for (const index of [0, 250, 999, 1_500, 1_970]) {
          body.scrollTop = index * 28
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
          const wanted = String(index + 1)
          const drawn = [...body.querySelectorAll('[data-row]')]
          const isDrawn = drawn.some(row => row.getAttribute('data-row') === wanted)
          found.push({ wanted, isDrawn, drawn: drawn.length })
        }
        return found
      })
      expect(places.filter(({ isDrawn, drawn }) => !isDrawn || drawn > 50)).toEqual([])
      expect(places).toHaveLength(5)
    })

    test('the keyboard goes through rows that are not drawn yet, and opens the details of one', async () => {
      await open()
      await grid().locator('[data-row="2000"]').click()
      await ui().press('Home')
      await expect.poll(focused).toBe('1')
      await ui().press('PageDown')
      await ui().press('ArrowDown')
      await expect.poll(focused).toBe('12')
      await ui().press('End')
      await expect.poll(focused).toBe('2000')
      await ui().press('ArrowUp')
      await ui().press('Enter')
      const details = ui().page.getByRole('complementary', { name: 'Request' })
      await details.getByText('HTTP/1.1 200 OK').waitFor()
      expect(await details.innerText()).toContain('192.0.2.14')
      await details.getByRole('button', { name: 'Close details' }).click()
      await ui().press('/')
      await details.waitFor({ state: 'detached' })
    })

    test('words, kinds, tabs and what was blocked narrow the list; a rule is told', async () => {
      await open()
      await ui().button('Blocked only').click()
      expect(await grid().getAttribute('aria-rowcount')).toBe('218')
      await rows().first().click()
      const details = ui().page.getByRole('complementary', { name: 'Request' })
      await details.getByText('||metrics.example^$third-party').waitFor()
      await details.getByText('Blocked by a rule of EasyPrivacy.').waitFor()
      await ui().button('Scripts').click()
      await ui().page.getByText('No request is like that.').waitFor()
      await ui().button('Blocked only').click()
      await ui()
        .page.getByRole('textbox', { name: /^Filter requests/ })
        .fill('harbour app.js')
      expect(Number(await grid().getAttribute('aria-rowcount'))).toBe(223)
    })

    test('a column sorts, pausing holds the list, clearing forgets, a file is exported', async () => {
      await open()
      await ui().page.getByRole('columnheader', { name: 'Size' }).getByRole('button').click()
      expect(await ui().page.getByRole('columnheader', { name: 'Size' }).getAttribute('aria-sort')).toBe(
        'descending',
      )
      await ui().button('Export HAR').click()
      await ui()
        .page.getByText('2000 requests were saved as /home/mira/Downloads/Nexus requests.har.')
        .waitFor()
      expect(await asked('exportHar')).toMatchObject([{ withSecrets: false }])
      await ui().button('Show in folder').click()
      await expect.poll(() => asked('showExport')).toHaveLength(1)
      await ui().page.getByRole('combobox', { name: 'Requests of which tab' }).selectOption('tab:2')
      await ui().button('Pause the list').click()
      await ui().button('Clear the list').click()
      await expect.poll(() => asked('clearRequests')).toEqual([{ tabId: 'tab:2' }])
      expect(await rows().count()).toBeGreaterThan(0)
      await ui().button('Pause the list').click()
      await ui().page.getByText('No request is like that.').waitFor()
    })

    test('connections and names are there too, and names are forgotten', async () => {
      await open()
      await ui().page.getByRole('radio', { name: 'Connections' }).check({ force: true })
      await ui().page.getByRole('rowheader', { name: 'tidewatch.example:443' }).waitFor()
      await ui().page.getByRole('radio', { name: 'Names' }).check({ force: true })
      await ui().page.getByText('does not exist').waitFor()
      await ui().button('Forget all names').click()
      await ui().page.getByText('No name was looked up yet.').waitFor()
    })

    test('the shield says how much was blocked, by whom, and switches the site', async () => {
      await ui().open('page')
      await ui().button('14 blocked on this page').click()
      const popover = ui().page.getByRole('dialog', { name: 'Blocking' })
      await popover.getByText('metrics.example').waitFor()
      await popover.getByRole('switch').click({ force: true })
      await expect.poll(() => asked('setSiteBlocking')).toEqual([{ tabId: 'tab:1', isOn: false }])
      await popover.getByRole('button', { name: 'All requests' }).click()
      await grid().waitFor()
    })

    test('the settings switch blocking', async () => {
      await ui().open('page')
      await ui().press('Control+,')
      await ui()
        .page.getByRole('switch', { name: 'Block advertisements and trackers' })
        .click({ force: true })
      expect(await ui().calls('saveSettings')).toEqual([{ blocksTrackers: false }])
      await ui().button('Nothing is blocked on this site').waitFor()
    })

    test.each(['light', 'dark'])(
      'no serious violation on any view, %s',
      async theme => {
        const found: string[] = []
        const look = async (what: string, part: string) => {
          const axe = new AxeBuilder({ page: ui().page }).include(part)
          if (theme === 'dark') axe.withRules(['color-contrast'])
          const { violations } = await axe.analyze()
          for (const { impact, id, nodes } of violations) {
            if (impact === 'serious' || impact === 'critical') found.push(`${what}: ${id}: ${nodes[0]?.html}`)
          }
        }
        await open({ theme })
        await ui().button('Blocked only').click()
        await rows().first().click()
        await look('requests', '#cover-page')
        if (theme === 'light') {
          for (const view of ['Connections', 'Names']) {
            await ui().page.getByRole('radio', { name: view }).check({ force: true })
            await ui().page.getByRole('rowheader').first().waitFor()
            await look(view, '#cover-page')
          }
        }
        await ui().open('page', { theme })
        await ui().button('14 blocked on this page').click()
        await ui().page.getByRole('dialog', { name: 'Blocking' }).getByText('metrics.example').waitFor()
        await look('shield', '[role=dialog]')
        expect(found).toEqual([])
      },
      60_000,
    )
  })
}
