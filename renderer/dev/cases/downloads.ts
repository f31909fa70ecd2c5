import { describe, expect, test } from 'vitest'
import type { UiUnderTest } from '../ui-under-test.ts'

export function downloadCases(ui: () => UiUnderTest): void {
  describe('downloads', () => {
    const asked = () =>
      ui().page.evaluate(() =>
        window.fixture.areas.calls
          .filter(({ method }) => method.startsWith('downloadsView.') && !method.endsWith('.list'))
          .map(({ method, args }) => [method, ...args]),
      )
    const row = (name: string) => ui().page.getByRole('listitem').filter({ hasText: name })
    const openPage = async (): Promise<void> => {
      await ui().open('page')
      await ui()
        .button(/^Downloads, /)
        .click()
      await ui().page.getByRole('list', { name: 'Downloads' }).waitFor()
    }

    test('each state says what goes on, and offers the way on', async () => {
      await openPage()
      const texts = await Promise.all(
        ['pier-survey', 'station-minutes', 'tide-tables', 'viewer-setup', 'minutes-april'].map(name =>
          row(name).innerText(),
        ),
      )
      expect(texts.map(text => text.replace(/\s+/g, ' '))).toEqual([
        expect.stringMatching(/11\.2 MB\/s · 12 s left · from harbourlog\.example 214 of 345 MB/),
        expect.stringMatching(/Paused by you · from lib\.example 18 of 58 MB/),
        expect.stringMatching(/Today, .* · from sea\.example 4\.1 MB/),
        expect.stringMatching(/Held: a program .* 22 MB Delete Keep anyway/),
        expect.stringMatching(/Stopped: the connection closed too often .* 0\.9 of 2\.1 MB Continue/),
      ])
      await ui().button('Pause, pier-survey-full.tif').click()
      await row('pier-survey')
        .getByRole('button', { name: /^Resume/ })
        .waitFor()
      await ui()
        .button(/^Keep anyway, viewer/)
        .click()
      await row('viewer-setup')
        .getByRole('button', { name: /^Show in folder/ })
        .click()
      await ui()
        .button(/^Continue, minutes/)
        .click()
      await row('minutes-april')
        .getByRole('button', { name: /^Show in folder/ })
        .waitFor()
      expect(await asked()).toEqual([
        ['downloadsView.pause', { id: '1' }],
        ['downloadsView.keep', { id: '4' }],
        ['downloadsView.showInFolder', { id: '4' }],
        ['downloadsView.resume', { id: '5' }],
      ])
    })

    test('a checksum is compared with the one that was pasted', async () => {
      await openPage()
      await ui().button('More, tide-tables-2031.pdf').click()
      const field = ui().page.getByRole('textbox', { name: /^Checksum to compare with/ })
      await field.fill('A1'.repeat(32))
      await ui().page.getByText('The same', { exact: true }).waitFor()
      await field.fill('00'.repeat(32))
      await ui().page.getByText('Not the same: another file').waitFor()
    })

    test('rows are found by words, walked through by arrows, and removed by Delete', async () => {
      await openPage()
      await ui().page.getByRole('textbox', { name: 'Search downloads' }).fill('lib.example minutes')
      expect(await ui().page.getByRole('listitem').count()).toBe(1)
      await ui().page.getByRole('textbox', { name: 'Search downloads' }).fill('')
      await row('pier-survey').getByRole('button', { name: 'pier-survey-full.tif', exact: true }).focus()
      await ui().press('ArrowDown')
      await ui().press('ArrowDown')
      await ui().press('Enter')
      await ui().press('Delete')
      await row('tide-tables').waitFor({ state: 'detached' })
      expect(await asked()).toEqual([
        ['downloadsView.open', { id: '3' }],
        ['downloadsView.remove', { id: '3' }],
      ])
    })

    test('what cannot be done is said', async () => {
      await openPage()
      await ui().button('Open folder').click()
      await ui()
        .page.getByRole('alert')
        .getByText(/^Nexus could not open the folder\./)
        .waitFor()
    })

    test('the shelf shows what is new, announces its end, and is closed', async () => {
      await openPage()
      expect(await ui().page.getByRole('region', { name: 'Downloads shelf' }).count()).toBe(0)
      await ui().button('Resume, station-minutes-1979.zip').click()
      const shelf = ui().page.getByRole('region', { name: 'Downloads shelf' })
      await shelf.getByText('Done, 58 MB').waitFor()
      await ui().page.getByText('station-minutes-1979.zip is downloaded').waitFor({ state: 'attached' })
      await ui().button('Close shelf').click()
      await shelf.waitFor({ state: 'detached' })
    })
  })
}
