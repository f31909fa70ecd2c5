import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function historyCases(ui: () => UiUnderTest): void {
  describe('history', () => {
    const field = () => ui().page.getByRole('textbox', { name: 'Search what you have read' })
    const page = () => ui().page.getByRole('region', { name: 'History' })
    const titles = () => page().locator('[data-found]').allInnerTexts()
    const open = async (): Promise<void> => {
      await ui().open('page')
      await ui().press('Control+h')
      await page().getByText('Latest pages').waitFor()
    }
    const search = async (words: string): Promise<void> => {
      await field().fill(words)
      await page()
        .getByText(/looked for by/)
        .waitFor()
    }

    test('opens by Ctrl+H, by the menu and from a page, hides the page, and closes by Escape', async () => {
      await open()
      expect(await ui().focusedName()).toBe('Search what you have read')
      expect((await ui().calls('setPageArea')).at(-1)).toEqual({ area: null })
      await ui().press('Escape')
      await page().waitFor({ state: 'detached' })
      await ui().settled()
      expect((await ui().calls('setPageArea')).at(-1)).not.toEqual({ area: null })
      await ui().button('Menu').click()
      await ui().page.getByRole('menuitem', { name: 'History' }).click()
      await page().waitFor()
      await page().getByRole('button', { name: 'Close history' }).click()
      expect(await ui().focusedName()).toBe('Menu')
      await ui().page.evaluate(() => window.fixture.press('history'))
      await page().waitFor()
    })

    test('finds by words and by meaning, says why, and marks the words', async () => {
      await open()
      await search('tide')
      expect((await titles())[0]).toBe('Harbour pilots and the night tide')
      const first = page().getByRole('listitem').filter({ hasText: 'Harbour pilots' })
      expect(await first.locator('mark').allInnerTexts()).toEqual(['tide'])
      for (const reason of ['Words', 'Meaning'])
        expect(await first.getByText(reason, { exact: true }).isVisible()).toBe(true)
      expect(await page().getByText('looked for by words and by meaning').isVisible()).toBe(true)
    })

    test('says so when it searched by words alone, when nothing is found and when it failed', async () => {
      await open()
      await ui().page.evaluate(() => window.fixture.forgetMeaning())
      await search('tide')
      expect(await page().getByText('found by their words alone').isVisible()).toBe(true)
      await field().fill('zzz')
      await page()
        .getByText(/Nothing found/)
        .waitFor()
      await ui().page.evaluate(() => window.fixture.refused.add('searchMemory'))
      await field().fill('other')
      await page().getByRole('alert').getByText('The controller refused it.').waitFor()
      await ui().page.evaluate(() => window.fixture.refused.delete('searchMemory'))
      await page().getByRole('button', { name: 'Search again' }).click()
      await page()
        .getByText(/Nothing found/)
        .waitFor()
    })

    test('arrows go through the results, and Enter opens one', async () => {
      await open()
      await search('tide')
      await ui().press('ArrowDown')
      expect(await ui().focusedName()).toBe('Harbour pilots and the night tide')
      await ui().press('ArrowUp')
      expect(await ui().focusedName()).toBe('Search what you have read')
      await ui().press('ArrowDown')
      await ui().press('Enter')
      expect(await ui().calls('go')).toEqual([
        { tabId: 'tab:1', input: 'https://harbourlog.example/essays/pilots' },
      ])
      await page().waitFor({ state: 'detached' })
    })

    test('shows related pages and everything that is stored', async () => {
      await open()
      await search('tide')
      await page().getByRole('button', { name: 'Pages related to Harbour pilots' }).click()
      const related = page().getByRole('list', { name: /^Related to Harbour pilots/ })
      await related.getByText('How harbours silt up').waitFor()
      expect(await related.getByText('Nearly the same').count()).toBe(1)
      await page().getByRole('button', { name: 'What is stored about Harbour pilots' }).click()
      await page().getByText('5 passages of its text, 5 of them with a meaning').waitFor()
      expect(await page().getByRole('list', { name: 'Stored passages' }).getByRole('listitem').count()).toBe(
        3,
      )
      await page().getByRole('button', { name: 'Show all 5 passages' }).click()
      expect(await page().getByRole('list', { name: 'Stored passages' }).getByRole('listitem').count()).toBe(
        5,
      )
      await page().getByText('The stored analysis').click()
      expect(await page().getByText('{"words":1640}').isVisible()).toBe(true)
    })

    test('forgets a page after asking, by Delete as by the button; Escape keeps it', async () => {
      await open()
      await search('tide')
      await ui().press('ArrowDown')
      await ui().press('Delete')
      expect(await ui().focusedName()).toBe('Keep it')
      await ui().press('Escape')
      expect(await ui().focusedName()).toBe('Forget Harbour pilots and the night tide')
      await ui().press('Enter')
      await page().getByRole('button', { name: 'Forget what was read' }).click()
      await page()
        .getByRole('button', { name: 'Harbour pilots and the night tide', exact: true })
        .waitFor({ state: 'detached' })
      expect(await ui().calls('forgetPage')).toEqual([
        { url: 'https://harbourlog.example/essays/pilots', withHistory: false },
      ])
      expect(await ui().focusedName()).toBe('Search what you have read')
    })

    test('forgets everything after asking', async () => {
      await open()
      await page().getByRole('button', { name: 'Forget everything' }).click()
      await page().getByRole('button', { name: 'Forget the visits too' }).click()
      await page().getByText('Nothing visited yet').waitFor()
      expect(await ui().calls('forgetAll')).toEqual([{ withHistory: true }])
    })

    test('proposes what to read next after the page in view', async () => {
      await open()
      await page().getByRole('list', { name: 'Read next' }).waitFor()
      expect(await ui().calls('readNext')).toEqual([
        { url: 'https://harbourlog.example/essays/listening-to-the-tide', limit: 3 },
      ])
    })

    test('remembering is switched off in the settings', async () => {
      await ui().open('page')
      await ui().press('Control+,')
      await ui().page.getByRole('switch', { name: 'Remember what pages say' }).press('Space')
      expect(await ui().calls('saveSettings')).toEqual([{ remembersPages: false }])
    })
  })
}
