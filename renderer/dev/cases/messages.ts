import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function messageCases(ui: () => UiUnderTest): void {
  const pairs = () => ui().page.getByRole('treegrid', { name: 'Messages between processes' })
  const focusedRow = () => ui().page.locator('[role=row]:focus')
  const focusedTalker = () => ui().page.locator('[data-talker]:focus')
  // what is said is shown together with the next sample of the processes
  const sample = () =>
    ui().page.evaluate(() => {
      window.fixture.sampleMessages()
      window.fixture.sample()
    })

  describe('messages', () => {
    test('are watched only while the panel is open', async () => {
      await ui().open('page')
      expect(await ui().calls('watchMessages')).toHaveLength(0)
      await ui().press('Shift+Escape')
      await ui().page.getByRole('treegrid').waitFor()
      expect(await ui().calls('watchMessages')).toHaveLength(1)
      await ui().press('Shift+Escape')
      await ui().page.getByRole('treegrid').waitFor({ state: 'detached' })
      expect(await ui().calls('unwatchMessages')).toHaveLength(1)
    })

    test('alerts show on the switch, on the button of the panel and on the rows of the tree', async () => {
      await ui().openProcesses()
      const view = ui().page.getByRole('radio', { name: 'Messages 3 alerts, 1 critical' })
      await view.waitFor({ state: 'attached' })
      expect(await ui().button('Processes, 10 running, 3 alerts, 1 critical').count()).toBe(1)
      expect(await ui().page.locator('[data-row=ai]').innerText()).toContain('3 alerts, 1 critical')
      expect(await ui().page.locator('[data-row=ai] [data-column=p95]').innerText()).toMatch(/^\d+$/)
      expect(await ui().page.locator('[data-row="tab:4"] [data-column=restarts]').innerText()).toBe('1')
    })

    test('an alert leads to its row, whatever hid it', async () => {
      await ui().openMessages()
      await ui().press('Tab')
      await ui()
        .button(/^Waiting/)
        .click()
      await ui()
        .button(/^Warning: Nexus core to Reader/)
        .click()
      await expect.poll(() => focusedRow().getAttribute('data-row')).toBe('controller ai ai.analyzePage')
      expect(await focusedRow().getAttribute('aria-level')).toBe('2')
    })

    test('a pair opens into its methods by keys; values are in its cells', async () => {
      await ui().openMessages()
      await pairs().locator('[data-row="controller storage"]').click()
      await ui().press('ArrowRight')
      await ui().press('ArrowDown')
      await expect.poll(() => focusedRow().innerText()).toContain('storage.recordVisit')
      const row = pairs().locator('[data-row="tab:tab:2 ai"]')
      expect(await row.innerText()).toMatch(/paused[\s\S]*612 \/ 870[\s\S]*7\.2 %[\s\S]*214/)
      expect(await row.getByRole('img', { name: /14 ms queued, .* on the wire/ }).count()).toBe(1)
    })

    test('the graph: arrows, Enter for one process alone, Esc for all; nothing moves between samples', async () => {
      await ui().openMessages()
      await pairs().waitFor()
      const boxes = () =>
        ui()
          .page.locator('[data-talker]')
          .evaluateAll(circles =>
            circles.map(circle => {
              const { x, y } = circle.getBoundingClientRect()
              return [circle.getAttribute('data-talker'), x, y]
            }),
          )
      const before = await boxes()
      expect(before).toHaveLength(9)
      await sample()
      await sample()
      expect(await boxes()).toEqual(before)
      await ui().page.locator('[data-talker=controller]').focus()
      await ui().press('ArrowRight')
      await expect.poll(() => focusedTalker().getAttribute('data-talker')).toMatch(/^tab:/)
      await ui().page.locator('[data-talker=storage]').focus()
      await ui().press('Enter')
      await expect.poll(() => pairs().getByRole('rowheader').count()).toBe(2)
      await ui().press('e')
      await ui()
        .page.getByText(/^Nexus core to Storage, .* messages per second/)
        .waitFor({ state: 'attached' })
      await ui().press('Escape')
      await expect.poll(() => pairs().getByRole('rowheader').count()).toBe(13)
    })

    test('waiting calls stand against their deadline, the nearest first', async () => {
      await ui().openMessages()
      await ui()
        .button(/^Waiting 3/)
        .click()
      const table = ui().page.getByRole('table', { name: 'Calls that wait for their answer' })
      expect(await table.getByRole('rowheader').allInnerTexts()).toEqual([
        'page.text',
        'ai.analyzePage',
        'ai.analyzePage',
      ])
      expect(await table.getByRole('meter').first().getAttribute('aria-valuetext')).toBe('4.91 s of 5.00 s')
    })

    test('held readings stay while measuring goes on', async () => {
      await ui().openMessages()
      await ui().button('Hold').click()
      const text = await pairs().innerText()
      await sample()
      await ui().settled()
      expect(await pairs().innerText()).toBe(text)
      await ui()
        .button(/^Held at/)
        .click()
      await sample()
      await ui().settled()
      expect(await pairs().innerText()).not.toBe(text)
    })

    test('before the first sample, and before the first message, the view says so', async () => {
      await ui().openMessages({ crowd: 'late' })
      await ui().page.getByText('Measuring.').waitFor()
      await ui().openMessages({ crowd: 'silent' })
      await ui().page.getByText('Nothing has been said yet.').waitFor()
    })

    test('of thousands of pairs only those in view are drawn, and the last is one key away', async () => {
      await ui().openMessages({ crowd: 'flood' })
      await pairs().waitFor()
      expect(await pairs().getAttribute('aria-rowcount')).toBe('2001')
      expect(await pairs().getByRole('row').count()).toBeLessThan(120)
      await pairs().locator('[role=row][data-row]').first().focus()
      await ui().press('End')
      await expect.poll(() => focusedRow().getAttribute('aria-rowindex')).toBe('2001')
      expect(await focusedRow().isVisible()).toBe(true)
    })

    test('in a narrow window the graph stands above and the names stay while numbers scroll', async () => {
      await ui().openMessages({ width: 640 })
      const graph = await ui().page.getByRole('region', { name: 'Who talks to whom' }).boundingBox()
      const grid = await pairs().boundingBox()
      expect((graph?.y ?? 0) + (graph?.height ?? 0)).toBeLessThanOrEqual(grid?.y ?? 0)
      await pairs().locator('[data-row="controller ai"] [data-cell="13"]').scrollIntoViewIfNeeded()
      const name = await pairs().locator('[data-row="controller ai"] [data-cell="0"]').boundingBox()
      expect(name?.x).toBeLessThan(20)
      expect(await ui().page.evaluate(() => document.documentElement.scrollWidth)).toBe(640)
    })
  })
}
