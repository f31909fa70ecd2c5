import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function panelCases(ui: () => UiUnderTest): void {
  describe('analysis', () => {
    test('the button opens the panel and starts, stage by stage; Stop cancels', async () => {
      await ui().open('page')
      await ui().button('Analyse').click()
      expect(await ui().calls('analyze')).toEqual([{ tabId: 'tab:1' }])
      const panel = ui().page.getByRole('complementary', { name: 'Analysis' })
      expect(await panel.getByRole('progressbar').getAttribute('aria-valuetext')).toBe('2 of 8 stages')
      expect(await panel.getByText('On this device').isVisible()).toBe(true)
      await panel.getByRole('button', { name: 'Stop' }).click()
      expect(await ui().calls('cancelAnalysis')).toEqual([{ tabId: 'tab:1' }])
      await panel.getByRole('button', { name: 'Analyse this page' }).waitFor()
    })

    test('shows language, summary, keywords, reading time and stage times', async () => {
      await ui().open('analysis')
      await ui().button('Analyse').click()
      const panel = ui().page.getByRole('complementary', { name: 'Analysis' })
      await panel.getByRole('button', { name: 'Stage times' }).click()
      const text = await panel.innerText()
      for (const part of [
        'English 99 %',
        '7 min',
        '1,640 words',
        'tide gauge',
        'The pen drew the sea',
        '41 ms',
      ]) {
        expect(text).toContain(part)
      }
      expect(await ui().calls('analyze')).toEqual([])
    })

    test('shows what is known while the rest is being found', async () => {
      await ui().open('page')
      await ui().button('Analyse').click()
      const panel = ui().page.getByRole('complementary', { name: 'Analysis' })
      expect(await panel.getByText('English').isVisible()).toBe(true)
      expect(await panel.getByRole('region', { name: 'Summary' }).count()).toBe(0)
    })

    test('a sentence of the summary goes to its place; N and P go on; closing takes the marks away', async () => {
      await ui().open('analysis')
      await ui().button('Analyse').click()
      const panel = ui().page.getByRole('complementary', { name: 'Analysis' })
      const first = panel.getByRole('button', { name: 'Go to passage 1' })
      await first.click()
      expect(await first.getAttribute('aria-current')).toBe('true')
      await ui().press('n')
      await ui().press('n')
      await ui().press('p')
      const marked = await ui().calls('markPassages')
      expect(marked.map(call => Reflect.get(Object(call), 'current'))).toEqual([0, 1, 2, 1])
      await panel.getByRole('button', { name: 'Close analysis' }).click()
      expect((await ui().calls('markPassages')).at(-1)).toMatchObject({ passages: [], current: null })
    })

    test('pages about the same open in a tab; what is stored is forgotten after a question', async () => {
      await ui().open('analysis')
      await ui().button('Analyse').click()
      const panel = ui().page.getByRole('complementary', { name: 'Analysis' })
      await panel
        .getByRole('region', { name: 'Looks like' })
        .getByRole('button', { name: /Tide watch/ })
        .waitFor()
      await panel.getByRole('region', { name: 'Related in your history' }).getByRole('button').first().click()
      expect(await ui().calls('newTab')).toHaveLength(1)
      await ui().page.getByRole('tab', { name: 'Listening to the tide' }).click()
      await panel.getByRole('button', { name: 'Forget' }).click()
      expect(await ui().calls('forgetPage')).toEqual([])
      await panel.getByRole('button', { name: 'Forget what was read' }).click()
      await panel.getByText('Forgotten').waitFor()
      expect(await ui().calls('forgetPage')).toMatchObject([{ withHistory: false }])
    })

    test('a question is answered by passages of the page, each with its place, or not at all', async () => {
      await ui().open('analysis')
      await ui().button('Analyse').click()
      const panel = ui().page.getByRole('complementary', { name: 'Analysis' })
      const field = panel.getByRole('textbox', { name: 'Ask this page' })
      await field.fill('How is the tide measured by radar?')
      await ui().press('Enter')
      await panel.getByRole('button', { name: 'Go to answer 2' }).click()
      expect((await ui().calls('markPassages')).at(-1)).toMatchObject({ current: 1 })
      await field.fill('Who won the cup?')
      await ui().press('Enter')
      await panel.getByText('not in this page').waitFor()
      expect(await ui().calls('askPage')).toHaveLength(2)
    })
  })

  describe('processes', () => {
    test('samples only while the panel is open', async () => {
      await ui().openProcesses()
      expect(await ui().calls('watchProcesses')).toHaveLength(1)
      await ui().press('Shift+Escape')
      await ui().page.getByRole('treegrid').waitFor({ state: 'detached' })
      expect(await ui().calls('unwatchProcesses')).toHaveLength(1)
    })

    test('begins at the process of the tab in view; arrows, open and close, Delete and Enter', async () => {
      await ui().openProcesses()
      const row = () => ui().page.locator('[role=row]:focus')
      expect(await row().getAttribute('data-row')).toBe('tab:1')
      await ui().press('ArrowLeft')
      expect(await row().getAttribute('data-row')).toBe('group:sites')
      await ui().press('ArrowLeft')
      expect(await row().getAttribute('aria-expanded')).toBe('false')
      await ui().press('ArrowRight')
      await ui().press('ArrowRight')
      await ui().press('ArrowDown')
      expect(await row().getAttribute('data-row')).toBe('tab:2')
      await ui().press('Enter')
      expect(await ui().calls('activateTab')).toEqual([{ tabId: 'tab:2' }])
      await ui().press('Delete')
      expect(await ui().calls('endProcess')).toEqual([{ processId: 'tab:2' }])
      await ui().page.evaluate(() => window.fixture.sample())
      await ui().page.locator('[data-row="tab:2"]').waitFor({ state: 'detached' })
    })

    test('rows say their place and their readings', async () => {
      await ui().openProcesses()
      const row = ui().page.getByRole('row', { name: /kartverk\.example/ })
      expect(
        await row.evaluate(element =>
          ['aria-level', 'aria-posinset', 'aria-setsize'].map(name => element.getAttribute(name)),
        ),
      ).toEqual(['2', '2', '4'])
      expect(await row.getByRole('meter').getAttribute('aria-valuetext')).toBe('430 of 512 megabytes')
      expect(
        await ui().page.locator('[data-row=controller]').getByRole('button', { name: 'End' }).count(),
      ).toBe(0)
    })

    test('filters by words with "/" and sorts by the head', async () => {
      await ui().openProcesses()
      await ui().press('/')
      await ui().page.keyboard.type('stor')
      expect(await ui().page.getByRole('rowheader').count()).toBe(2)
      await ui().press('Escape')
      await ui().button('Memory of limit').click()
      expect(
        await ui().page.getByRole('columnheader', { name: 'Memory of limit' }).getAttribute('aria-sort'),
      ).toBe('descending')
    })

    test('the edge moves by arrows', async () => {
      await ui().openProcesses()
      const edge = ui().page.getByRole('separator', { name: 'Height of the process panel' })
      await edge.focus()
      await ui().press('ArrowUp')
      expect(await edge.getAttribute('aria-valuenow')).toBe('320')
      expect((await ui().page.getByRole('region', { name: 'Processes' }).boundingBox())?.height).toBe(320)
    })
  })
}
