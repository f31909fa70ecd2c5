import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest'
import { UiUnderTest } from './ui-under-test.ts'

/** One build and one browser for all tests of a file; none of them may make the console complain. */
export function uiOfFile(): () => UiUnderTest {
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

  return ui
}
