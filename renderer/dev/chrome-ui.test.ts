import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { accessibilityCases } from './cases/accessibility.ts'
import { crashCases } from './cases/crashes.ts'
import { downloadCases } from './cases/downloads.ts'
import { historyCases } from './cases/history.ts'
import { libraryCases } from './cases/library.ts'
import { mediaCases } from './cases/media.ts'
import { memoryLimitCases } from './cases/memory-limits.ts'
import { messageCases } from './cases/messages.ts'
import { networkCases } from './cases/network.ts'
import { omniboxCases } from './cases/omnibox.ts'
import { pageAreaCases } from './cases/page-area.ts'
import { panelCases } from './cases/panels.ts'
import { processCases } from './cases/processes.ts'
import { readingCases } from './cases/reading.ts'
import { siteCases } from './cases/sites.ts'
import { tabCases } from './cases/tabs.ts'
import { windowCases } from './cases/window.ts'
import { UiUnderTest } from './ui-under-test.ts'

/** One build and one browser for everything that is tested on the whole UI. */
let started: UiUnderTest | null = null

function ui(): UiUnderTest {
  if (started === null) throw new Error('The UI has not been started')
  return started
}

beforeAll(async () => {
  // the test runner sets "test", which would build React for development
  vi.stubEnv('NODE_ENV', 'production')
  started = await UiUnderTest.start()
  vi.unstubAllEnvs()
}, 60_000)

afterEach(() => {
  expect(ui().complaints).toEqual([])
})

afterAll(() => started?.[Symbol.asyncDispose]())

accessibilityCases(ui)
tabCases(ui)
omniboxCases(ui)
pageAreaCases(ui)
crashCases(ui)
panelCases(ui)
processCases(ui)
historyCases(ui)
downloadCases(ui)
readingCases(ui)
libraryCases(ui)
mediaCases(ui)
memoryLimitCases(ui)
messageCases(ui)
networkCases(ui)
siteCases(ui)
windowCases(ui)
