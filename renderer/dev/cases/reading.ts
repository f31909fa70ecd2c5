import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function readingCases(ui: () => UiUnderTest): void {
  describe('reading', () => {
    test('a page with an article is read in our own type, as plain text with its picture', async () => {
      await ui().open('page')
      await ui().button('Reader').click()
      const article = ui().page.getByRole('article')
      await article.getByRole('heading', { name: 'Listening to the tide' }).waitFor()
      await article.locator('img').waitFor()
      expect(await article.innerText()).toContain('<b>Not bold</b>: what a page says stays text.')
      expect(await article.innerText()).toContain('Ada Marsh · Harbour log · 2026-11-20')
      await ui().press('Escape')
      await article.waitFor({ state: 'detached' })
    })

    test('the link under the pointer is told with what its page says of itself', async () => {
      await ui().open('page')
      await ui().press('Control+Alt+r')
      await ui().page.getByText('The pier · A survey of every plank').waitFor()
      await ui().page.getByText('https://harbourlog.example/pier').waitFor()
    })
  })
}
