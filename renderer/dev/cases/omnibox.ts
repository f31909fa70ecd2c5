import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function omniboxCases(ui: () => UiUnderTest): void {
  describe('omnibox', () => {
    test('selects all on focus, and Esc restores the address', async () => {
      await ui().open('page')
      await ui().address().click()
      expect(await ui().selectedText()).toBe('https://harbourlog.example/essays/listening-to-the-tide')
      await ui().page.keyboard.type('zzz')
      await ui().press('Escape')
      await ui().press('Escape')
      expect(await ui().address().inputValue()).toBe(
        'https://harbourlog.example/essays/listening-to-the-tide',
      )
    })

    test('completes what was visited, and Enter goes there', async () => {
      await ui().open('page')
      await ui().typeAddress('harb')
      await ui()
        .page.getByRole('option', { name: /Completed/ })
        .waitFor()
      expect(await ui().address().inputValue()).toBe('harbourlog.example')
      expect(await ui().selectedText()).toBe('ourlog.example')
      await ui().press('Enter')
      expect(await ui().calls('go')).toEqual([{ tabId: 'tab:1', input: 'harbourlog.example' }])
    })

    test('deleting the completion does not bring it back', async () => {
      await ui().open('page')
      await ui().typeAddress('harb')
      await ui()
        .page.getByRole('option', { name: /Completed/ })
        .waitFor()
      await ui().press('Backspace')
      await ui()
        .page.getByRole('option', { name: /Completed/ })
        .waitFor({ state: 'detached' })
      expect(await ui().address().inputValue()).toBe('harb')
      await ui().press('Enter')
      expect(await ui().calls('go')).toEqual([{ tabId: 'tab:1', input: 'harb' }])
    })

    test('what is pasted is meant as it is', async () => {
      await ui().open('page')
      await ui().address().fill('harb')
      await ui()
        .page.getByRole('option', { name: /Harbour Log/ })
        .waitFor()
      expect(await ui().address().inputValue()).toBe('harb')
    })

    test('arrows choose a row, which the field points at; an open tab is switched to', async () => {
      await ui().open('page')
      await ui().typeAddress('station')
      await ui().press('ArrowDown')
      await ui().press('ArrowDown')
      const option = ui().page.getByRole('option', { selected: true })
      expect(await option.textContent()).toContain('Switch')
      expect(await ui().address().getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'))
      await ui().press('Enter')
      expect(await ui().calls('activateTab')).toEqual([{ tabId: 'tab:2' }])
    })

    test('Alt+Enter opens a new tab', async () => {
      await ui().open('page')
      await ui().typeAddress('zebra')
      await ui().press('Alt+Enter')
      expect(await ui().calls('newTab')).toEqual([{ input: 'zebra' }])
    })
  })
}
