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

    test('Enter does what was surely asked for, and a search is one key away', async () => {
      await ui().open('page')
      await ui().typeAddress('zoom in')
      const command = ui().page.getByRole('option', { name: /Zoom in.*Command/ })
      await command.waitFor()
      expect(await command.getAttribute('data-default')).toBe('true')
      await ui().press('Enter')
      expect(await ui().calls('runCommand')).toEqual([{ command: { kind: 'zoomIn' } }])
      expect(await ui().calls('go')).toEqual([])
    })

    test('what cannot be undone is done only by choosing its row', async () => {
      await ui().open('page')
      await ui().typeAddress('close other tabs')
      await ui()
        .page.getByRole('option', { name: /Close other tabs \(2\)/ })
        .waitFor()
      await ui().press('Enter')
      expect(await ui().calls('runCommand')).toEqual([])
      expect(await ui().calls('go')).toEqual([{ tabId: 'tab:1', input: 'close other tabs' }])
      await ui().typeAddress('close other tabs')
      await ui()
        .page.getByRole('option', { name: /Close other tabs \(2\)/ })
        .click()
      expect(await ui().calls('runCommand')).toEqual([
        { command: { kind: 'closeTabs', tabIds: ['tab:2', 'tab:3'] } },
      ])
    })

    test('a command that Nexus does not know yet is said and not done', async () => {
      await ui().open('page')
      await ui().typeAddress('translate this page')
      const row = ui().page.getByRole('option', { name: /Nexus cannot do this yet/ })
      await row.click({ force: true })
      expect(await row.isVisible()).toBe(true)
      expect(await ui().calls('runCommand')).toEqual([])
    })

    test('a question can be put to the page', async () => {
      await ui().open('page')
      await ui().typeAddress('why is the float gone')
      await ui()
        .page.getByRole('option', { name: /Ask this page/ })
        .click()
      await ui().page.locator('#side-panel').waitFor()
    })
  })
}
