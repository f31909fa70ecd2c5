import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function crashCases(ui: () => UiUnderTest): void {
  describe('what was lost', () => {
    const asked = () =>
      ui().page.evaluate(() =>
        window.fixture.areas.calls
          .filter(({ method }) => method.startsWith('crashesView.') && !method.endsWith('.list'))
          .map(({ method, args }) => [method, ...args]),
      )
    const openCrashes = async () => {
      await ui().open('page')
      await ui().button('Menu').click()
      await ui().page.getByRole('menuitem', { name: 'Crashes' }).click()
      return ui().page.getByRole('region', { name: 'Crashes', exact: true })
    }

    test.each([
      ['crashed', 'Video lab stopped', 'Restart page'],
      ['repeated', 'Video lab stopped again', 'Close tab'],
      ['killed', 'Video lab was ended', 'Restart page'],
      ['outOfMemory', 'Video lab used all its memory', 'Restart page'],
      ['outOfMemoryRepeated', 'Video lab used all its memory again', 'Close tab'],
      ['hung', 'Video lab did not answer', 'Restart page'],
      ['heldBack', 'Video lab was not loaded', 'Load page'],
      ['launchFailed', 'Video lab could not be started', 'Restart page'],
    ])('a page that is %s says "%s", and its first answer is %s', async (fixture, title, answer) => {
      await ui().open(fixture)
      expect(await ui().page.getByRole('alert').getByRole('heading', { level: 1 }).innerText()).toBe(title)
      expect(await ui().focusedName()).toBe(answer)
    })

    test('a page that held too much shows how it grew, and may be given twice as much', async () => {
      await ui().open('outOfMemory')
      await ui()
        .page.getByRole('img', { name: 'Memory of this process rose to its limit of 512 MB' })
        .waitFor()
      await ui().button('Restart with 1 GB').click()
      await expect.poll(asked).toEqual([['crashesView.restartWithMore', { tabId: 'tab:4' }]])
    })

    test('of a private page nothing is to be remembered, so that it is not offered more', async () => {
      await ui().open('outOfMemory')
      await ui().page.evaluate(() => window.fixture.changeTab('tab:4', { isPrivate: true }))
      await ui().button('Restart with 1 GB').waitFor({ state: 'detached' })
    })

    test('every end is listed with what is known of it, and is said to stay here', async () => {
      const page = await openCrashes()
      await page.getByText('nothing is sent anywhere.').waitFor()
      const rows = page.getByRole('list', { name: 'Crashes, the latest first' }).locator(':scope > li')
      expect(await rows.count()).toBe(5)
      await page.getByRole('button', { name: /^videolab.example held more memory/ }).click()
      await page.getByText('memory limit').waitFor()
      await page.getByText('→ page.mark (no answer)').waitFor()
    })

    test('they are exported as a file that is named, and cleared only after a question', async () => {
      const page = await openCrashes()
      await page.getByRole('button', { name: 'Export as JSON' }).click()
      await page.getByText(/^Written to .*Nexus crashes .*\.json$/).waitFor()
      await page.getByRole('button', { name: 'Clear all…' }).click()
      expect(await ui().focusedName()).toBe('Keep them')
      await ui().press('Enter')
      await page.getByRole('group', { name: 'Clear all records?' }).waitFor({ state: 'detached' })
      await page.getByRole('button', { name: 'Clear all…' }).click()
      await page.getByRole('button', { name: 'Clear all', exact: true }).click()
      await page.getByText('Nothing has crashed that is remembered.').waitFor()
      await page.getByText('5 records are gone.').waitFor()
      expect(await asked()).toEqual([
        ['crashesView.exportAll', {}],
        ['crashesView.clear', {}],
      ])
    })
  })
}
