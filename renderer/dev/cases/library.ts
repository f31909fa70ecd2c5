import { AxeBuilder } from '@axe-core/playwright'
import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function libraryCases(ui: () => UiUnderTest): void {
  /** What was asked of the library, without what is asked only to be shown. */
  const asked = async (): Promise<unknown[]> => {
    const calls = await ui().page.evaluate(() => window.fixture.areas.calls)
    return calls
      .map(({ method, args }) => [method.replace('libraryView.', ''), ...args])
      .filter(([method]) => changing.has(`${method}`))
  }
  const rows = () => ui().page.getByRole('grid', { name: 'Bookmarks' }).getByRole('row')
  const row = (name: string) => ui().page.getByRole('row', { name, exact: true })
  const openBookmarks = async (): Promise<void> => {
    await ui().open('page')
    await ui().press('Control+Shift+O')
    await row('Tide tables').waitFor()
  }
  const names = () => rows().evaluateAll(all => all.map(one => one.getAttribute('aria-label')))

  describe('bookmarks', () => {
    test('are shown by folder, and folders are a tree that arrows walk', async () => {
      await openBookmarks()
      expect(await names()).toEqual(['Sea, folder', 'Tide tables', 'Rye bread in two days'])
      const favourites = ui().page.getByRole('treeitem', { name: 'Favourites' })
      await favourites.focus()
      await ui().press('ArrowRight')
      await ui().press('ArrowDown')
      expect(await ui().focusedName()).toBe('Charts')
      await row('Station map, west coast').waitFor()
      await ui().press('ArrowLeft')
      expect(await ui().focusedName()).toBe('Sea')
    })

    test('are found by words and by tag, and say where they stand', async () => {
      await openBookmarks()
      await ui().page.getByRole('textbox', { name: 'Search bookmarks' }).fill('map')
      await row('Station map, west coast').waitFor()
      expect(await names()).toEqual(['Station map, west coast'])
      expect(await rows().getByText('Favourites / Sea / Charts').count()).toBe(1)
      await ui().page.getByRole('textbox', { name: 'Search bookmarks' }).fill('')
      await ui().button('sea 2').click()
      await expect.poll(names).toEqual(['Tide tables', 'Harbour pilots and the night tide'])
    })

    test('arrows select, Shift extends, Delete removes them all, Undo puts them back', async () => {
      await openBookmarks()
      await row('Tide tables').click()
      await ui().press('Shift+ArrowDown')
      await ui().page.getByText('2 of 3 selected').waitFor()
      await ui().press('Delete')
      await ui().page.getByText('2 bookmarks removed').waitFor()
      expect(await asked()).toEqual([['removeBookmarks', { ids: ['b-tide', 'b-bread'] }]])
      await ui().button('Undo').click()
      await ui().page.getByText('2 bookmarks put back').waitFor()
      expect(await names()).toEqual(['Sea, folder', 'Tide tables', 'Rye bread in two days'])
    })

    test('Alt with arrows moves a row, a drag moves it into a folder', async () => {
      await openBookmarks()
      await row('Rye bread in two days').click()
      await ui().press('Alt+ArrowUp')
      await expect.poll(names).toEqual(['Sea, folder', 'Rye bread in two days', 'Tide tables'])
      await row('Tide tables').dragTo(ui().page.getByRole('treeitem', { name: 'Charts' }))
      await expect.poll(names).toEqual(['Sea, folder', 'Rye bread in two days'])
      expect(await asked()).toEqual([
        ['moveBookmarks', { ids: ['b-bread'], parentId: 'bar', position: 1 }],
        ['moveBookmarks', { ids: ['b-tide'], parentId: 'f-charts', position: null }],
      ])
    })

    test('are edited in their place: F2, name, address, folder and tags; Escape leaves them as they were', async () => {
      await openBookmarks()
      await row('Tide tables').click()
      await ui().press('F2')
      expect(await ui().page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Tide tables')
      await ui().page.getByRole('textbox', { name: 'Name' }).fill('Tides')
      await ui().page.getByRole('textbox', { name: 'Tags' }).fill('sea, daily')
      await ui().page.getByRole('combobox', { name: 'Folder' }).selectOption('f-sea')
      await ui().button('Save').click()
      await expect.poll(names).toEqual(['Sea, folder', 'Rye bread in two days'])
      expect(await asked()).toEqual([
        ['editBookmark', { id: 'b-tide', title: 'Tides', tags: ['sea', 'daily'] }],
        ['moveBookmarks', { ids: ['b-tide'], parentId: 'f-sea', position: null }],
      ])
      await row('Rye bread in two days').click()
      await ui().press('F2')
      await ui().press('Escape')
      await row('Rye bread in two days').waitFor()
    })

    test('a new folder is named at once; Enter opens a folder and a page', async () => {
      await openBookmarks()
      await ui().button('New folder').click()
      await ui().page.getByRole('textbox', { name: 'Name' }).waitFor()
      expect(await ui().page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('title')
      await ui().press('Escape')
      await row('Sea, folder').click()
      await ui().press('Enter')
      await row('Harbour pilots and the night tide').click()
      await ui().press('Enter')
      expect(await ui().calls('go')).toEqual([{ tabId: 'tab:1', input: 'https://harbourlog.example/pilots' }])
    })

    test('are read from a file and written to one, and what came of it is said', async () => {
      await openBookmarks()
      await ui().button('Import').click()
      await ui().page.getByText('31 bookmarks in 2 folders imported').waitFor()
      await ui().button('Export').click()
      await ui().page.getByText('5 bookmarks written to bookmarks.html').waitFor()
      await ui().button('Open all').click()
      await ui().page.getByText('4 tabs opened in the background').waitFor()
    })
  })

  describe('the star', () => {
    test('keeps the page by Ctrl+D, and then shows what can be said of it', async () => {
      await ui().open('page')
      const star = ui().button('Bookmark this page')
      expect(await star.getAttribute('aria-pressed')).toBe('false')
      await ui().press('Control+d')
      const dialog = ui().page.getByRole('dialog', { name: 'Bookmark added' })
      await dialog.getByRole('textbox', { name: 'Tags' }).fill('sea')
      await dialog.getByRole('button', { name: 'Save' }).click()
      await dialog.waitFor({ state: 'detached' })
      expect(await asked()).toEqual([
        ['keepTab', { tabId: 'tab:1' }],
        ['editBookmark', { id: 'kept-1', tags: ['sea'] }],
      ])
    })

    test('is filled where the page is kept, and removes it', async () => {
      await ui().open('page')
      await ui().page.getByRole('tab', { name: 'Station map, west coast' }).click()
      const star = ui().button('Edit the bookmark of this page')
      await star.click()
      await ui()
        .page.getByRole('dialog', { name: 'Bookmark' })
        .getByRole('button', { name: 'Remove' })
        .click()
      expect(await asked()).toEqual([['removeBookmarks', { ids: ['b-map'] }]])
    })
  })

  describe('the menu of a tab', () => {
    const menuOf = async (name: string) => {
      await ui().page.getByRole('tab', { name }).focus()
      await ui().press('Shift+F10')
      return ui().page.getByRole('menu', { name: `Tab ${name}` })
    }

    test('opens by Shift+F10 and by the right button, and does what it says', async () => {
      await ui().open('page')
      await (await menuOf('Station map, west coast')).getByRole('menuitem', { name: 'Pin' }).click()
      await ui().page.getByRole('tab', { name: 'Field notes, April' }).click({ button: 'right' })
      await ui().page.getByRole('menuitem', { name: 'Close tabs to the right' }).click()
      await (await menuOf('Field notes, April')).getByRole('menuitem', { name: 'Duplicate' }).click()
      await (await menuOf('Field notes, April'))
        .getByRole('menuitem', { name: 'Open in a private tab' })
        .click()
      expect(await asked()).toEqual([
        ['pinTab', { tabId: 'tab:2', isPinned: true }],
        ['closeTabs', { tabIds: ['tab:4'] }],
        ['duplicateTab', { tabId: 'tab:3' }],
        ['newPrivateTab', { input: 'http://localhost:8080/article.html' }],
      ])
    })

    test('a private tab says so in its name, in the address field and in the frame', async () => {
      await ui().open('private')
      const tab = ui().page.getByRole('tab', { selected: true })
      expect(await tab.getAttribute('aria-label')).toBe('Ferry times, private')
      expect(await ui().page.getByText('Private', { exact: true }).count()).toBe(1)
      expect(await ui().page.locator('.nx-window').getAttribute('data-private')).toBe('true')
      expect(await ui().page.getByRole('tab').first().getAttribute('aria-label')).toBe(
        'Listening to the tide, pinned',
      )
      await ui().press('Control+Shift+N')
      expect(await asked()).toEqual([['newPrivateTab', { input: null }]])
    })
  })

  describe('the history day by day', () => {
    const openDays = async (): Promise<void> => {
      await ui().open('page')
      await ui().press('Control+h')
      await ui().button('By day').click()
      await ui().page.getByRole('region', { name: 'Recently closed' }).waitFor()
    }

    test('shows what was closed and visited, and reopens a closed tab', async () => {
      await openDays()
      expect(
        await ui()
          .page.getByRole('region', { name: /^(?:Today|Yesterday)$/ })
          .count(),
      ).toBeGreaterThan(0)
      await ui().button('Winter menu').click()
      await ui().button('Winter menu').waitFor({ state: 'detached' })
      expect(await asked()).toEqual([['reopenClosedTab', { id: 'c2' }]])
    })

    test('forgets a page, a site and a time; everything only when asked twice', async () => {
      await openDays()
      await ui().button('Forget everything of kartverk.example').click()
      await ui().page.getByText('Everything of kartverk.example was forgotten').waitFor()
      await ui().page.getByRole('button', { name: 'Board', exact: true }).focus()
      await ui().press('Delete')
      await ui().page.getByText('Board was forgotten').waitFor()
      expect(await ui().calls('forgetPage')).toEqual([{ url: 'https://board.example/', withHistory: true }])
      await ui()
        .page.getByRole('combobox', { name: /^Forget the visits/ })
        .selectOption('all')
      await ui().page.getByRole('button', { name: 'Forget', exact: true }).click()
      await ui().button('Really forget everything').click()
      await ui().page.getByText('3 entries forgotten').waitFor()
      expect(await asked()).toEqual([
        ['forgetSite', { site: 'kartverk.example' }],
        ['forgetTime', { past: 'all' }],
      ])
    })
  })

  test.each(['light', 'dark'])(
    'the library has no serious violation, %s',
    async theme => {
      const found: string[] = []
      const look = async (name: string): Promise<void> => {
        const { violations } = await new AxeBuilder({ page: ui().page }).analyze()
        for (const { id, impact, nodes } of violations) {
          if (impact !== 'serious' && impact !== 'critical') continue
          found.push(`${name}: ${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)
        }
      }
      await ui().open('page', { theme })
      await ui().press('Control+Shift+O')
      await row('Tide tables').click()
      await look('bookmarks')
      await ui().press('F2')
      await look('editing')
      await ui().open('page', { theme })
      await ui().press('Control+d')
      await ui().page.getByRole('dialog', { name: 'Bookmark added' }).waitFor()
      await look('star')
      await ui().open('page', { theme })
      await ui().press('Control+h')
      await ui().button('By day').click()
      await ui().page.getByRole('region', { name: 'Recently closed' }).waitFor()
      await look('days')
      await ui().open('private', { theme })
      await look('private')
      await ui().open('privateEmpty', { theme })
      await look('private, empty')
      await ui().page.getByRole('tab', { selected: true }).focus()
      await ui().press('Shift+F10')
      await ui().page.getByRole('menu').waitFor()
      await look('menu')
      expect(found).toEqual([])
    },
    180_000,
  )
}

const changing = new Set([
  'keepTab',
  'addFolder',
  'editBookmark',
  'moveBookmarks',
  'removeBookmarks',
  'newPrivateTab',
  'pinTab',
  'duplicateTab',
  'closeTabs',
  'reopenClosedTab',
  'forgetTime',
  'forgetSite',
])
