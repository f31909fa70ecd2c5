import type { Page } from '@playwright/test'
import { UiUnderTest } from '../../../renderer/dev/ui-under-test.ts'

/** What one view of the processes costs the process that draws the window. */
export interface PanelCost {
  readonly view: 'closed' | 'dock' | 'sorted dock' | 'flat dock' | 'page'
  /** Of one core, over all of the time that was measured. */
  readonly percentOfCore: number
}

/** What the panel may take. */
export const mostPercentOfCore = 3

/** Before this the first minute of readings is still growing. */
const warmUpMs = 5_000

/**
 * The panel with sixty rows, refreshed once a second, in a real Chromium on the UI as it is built: the processor time of
 * the renderer process, beside that of the same window with the panel closed. Readings come from another process over a
 * real port and through the checks of the messages, as they do from main.
 */
export async function measurePanel(durationMs: number): Promise<readonly PanelCost[]> {
  await using ui = await UiUnderTest.start()
  const costs: PanelCost[] = []
  const measure = async (view: PanelCost['view']): Promise<void> => {
    await ui.page.waitForTimeout(warmUpMs)
    costs.push({ view, percentOfCore: await rendererCost(ui.page, durationMs) })
  }
  await ui.open('page', { crowd: 'sixty', link: 'remote' })
  await measure('closed')
  await ui.press('Shift+Escape')
  await ui.page.getByRole('treegrid', { name: 'Processes' }).waitFor()
  await measure('dock')
  await ui.button('CPU %').click()
  // away from the table, so that rows go where they belong
  await ui.address().hover()
  await ui.address().focus()
  await measure('sorted dock')
  await ui.page.getByRole('radio', { name: 'Flat' }).check({ force: true })
  await measure('flat dock')
  await ui.button('Open processes as a page').click()
  await ui.page.getByRole('listbox', { name: 'Lifecycle events' }).waitFor()
  await measure('page')
  return costs
}

/** Processor time of the page's process, in percent of one core. */
async function rendererCost(page: Page, durationMs: number): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const cpuSeconds = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    const found = metrics.find(({ name }) => name === 'ProcessTime')
    if (found === undefined) throw new Error('Chromium does not tell the processor time of a page')
    return found.value
  }
  const began = performance.now()
  const before = await cpuSeconds()
  await page.waitForTimeout(durationMs)
  const after = await cpuSeconds()
  const seconds = (performance.now() - began) / 1_000
  await session.detach()
  return Math.round(((after - before) / seconds) * 10_000) / 100
}
