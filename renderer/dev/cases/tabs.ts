import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

/** Opens the proposal of the organiser. */
async function organise(ui: UiUnderTest): Promise<void> {
  await ui.button('Organise tabs').click()
  await ui.page.getByRole('dialog', { name: 'Organise tabs' }).getByText('Sea project').waitFor()
}

export function tabCases(ui: () => UiUnderTest): void {
  describe('tabs', () => {
    test('are one list with their state in the name, and one of them is in the tab order', async () => {
      await ui().open('page')
      await ui().page.getByRole('tab', { name: 'Station map, west coast, playing' }).waitFor()
      const tabs = ui().page.getByRole('tab')
      expect(
        await tabs.evaluateAll(all => all.map(tab => [tab.getAttribute('aria-label'), tab.tabIndex])),
      ).toEqual([
        ['Listening to the tide', 0],
        ['Station map, west coast, playing', -1],
        ['Field notes, April, muted', -1],
        ['Video lab, stopped', -1],
      ])
    })

    test('arrows move the focus, Enter shows, Delete closes, Ctrl+Shift+PageDown moves', async () => {
      await ui().open('page')
      await ui().page.getByRole('tab', { name: 'Station map, west coast, playing' }).waitFor()
      await ui().page.getByRole('tab', { selected: true }).focus()
      await ui().press('ArrowRight')
      expect(await ui().focusedName()).toBe('Station map, west coast, playing')
      expect(await ui().calls('activateTab')).toEqual([])
      await ui().press('Control+Shift+PageDown')
      expect(await ui().calls('moveTab')).toEqual([{ tabId: 'tab:2', position: 2 }])
      await ui().press('Enter')
      expect(await ui().calls('activateTab')).toEqual([{ tabId: 'tab:2' }])
      await ui().press('Delete')
      expect(await ui().calls('closeTab')).toEqual([{ tabId: 'tab:2' }])
      expect(await ui().focusedName()).toBe('Video lab, stopped')
    })

    test('the middle button closes, the close button too', async () => {
      await ui().open('page')
      await ui().page.getByRole('tab', { name: 'Station map, west coast' }).click({ button: 'middle' })
      await ui().button('Close Listening to the tide').click()
      expect(await ui().calls('closeTab')).toEqual([{ tabId: 'tab:2' }, { tabId: 'tab:1' }])
    })

    test('can be sent to sleep and kept awake from the menu, but the one in view does not sleep', async () => {
      await ui().open('page')
      const item = (name: string) => ui().page.getByRole('menuitem', { name, exact: true })
      await ui().page.getByRole('tab', { name: 'Field notes, April' }).click({ button: 'right' })
      await item('Sleep now').click()
      expect(await ui().calls('sleepTab')).toEqual([{ tabId: 'tab:3' }])
      await ui()
        .page.getByRole('tab', { name: 'Field notes, April, muted, sleeping' })
        .click({ button: 'right' })
      expect(await item('Sleep now').getAttribute('aria-disabled')).toBe('true')
      await item('Keep awake').click()
      expect(await ui().calls('keepTabAwake')).toEqual([{ tabId: 'tab:3', isKeptAwake: true }])
      await ui().page.getByRole('tab', { name: 'Listening to the tide' }).click({ button: 'right' })
      expect(await item('Sleep now').getAttribute('aria-disabled')).toBe('true')
    })

    test('can be dragged to another place', async () => {
      await ui().open('page')
      const from = await ui().page.getByRole('tab', { name: 'Listening to the tide' }).boundingBox()
      const over = await ui().page.getByRole('tab', { name: 'Field notes, April' }).boundingBox()
      if (from === null || over === null) throw new Error('The tabs are not shown')
      await ui().page.mouse.move(from.x + 60, from.y + 10)
      await ui().page.mouse.down()
      await ui().page.mouse.move(from.x + 80, from.y + 10)
      await ui().page.mouse.move(over.x + over.width - 30, over.y + 10)
      await ui().page.mouse.up()
      expect(await ui().calls('moveTab')).toEqual([{ tabId: 'tab:1', position: 2 }])
    })

    test('a new tab is ready to be typed into', async () => {
      await ui().open('page')
      await ui().press('Control+t')
      await ui().page.getByRole('tab', { name: 'New tab' }).waitFor()
      expect(await ui().focusedName()).toBe('Address and search')
    })

    test('the organiser proposes, and nothing moves before it is told to', async () => {
      await ui().open('page')
      await organise(ui())
      expect([await ui().calls('groupTabs'), await ui().calls('moveTab')]).toEqual([[], []])
      await ui().button('Group 2 tabs').click()
      expect(await ui().calls('groupTabs')).toEqual([
        { groups: [{ name: 'Sea project', tabs: ['tab:1', 'tab:2'] }] },
      ])
      await ui().page.getByRole('group', { name: 'Sea project, 2 tabs' }).waitFor()
      await ui().page.getByRole('tab', { selected: true }).focus()
      await ui().press('ArrowRight')
      expect(await ui().focusedName()).toBe('Station map, west coast, playing')
      await organise(ui())
      await ui().button('Ungroup all').click()
      expect((await ui().calls('groupTabs')).at(-1)).toEqual({ groups: [] })
    })

    test('the organiser says why it could not', async () => {
      await ui().open('page')
      await ui().page.evaluate(() => window.fixture.refused.add('organiseTabs'))
      await ui().button('Organise tabs').click()
      await ui().page.getByRole('dialog', { name: 'Organise tabs' }).getByRole('alert').waitFor()
    })
  })
}
