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
}
