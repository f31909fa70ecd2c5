import { describe, expect, it } from 'vitest'
import { createActor } from 'xstate'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { tabMachine } from '../controller/tab-machine.ts'
import type { TabId } from '../controller/tab-model.ts'
import { whenSettled } from './when-settled.ts'

const url = 'http://example.test/'

function start() {
  const clock = new SimulatedClock()
  const tab = createActor(tabMachine, {
    input: { id: 't' as TabId, url: null, title: '', isEphemeral: true, isPrivate: false },
  })
  tab.start()
  tab.send({ type: 'go', url })
  return { clock, tab, settled: whenSettled(tab, 1_000, clock) }
}

describe('waiting for a page', () => {
  it('ends when the page has finished loading', async () => {
    const { clock, tab, settled } = start()
    tab.send({ type: 'page.milestone', progress: 0.7 })
    tab.send({ type: 'page.finished' })
    expect(await settled).toEqual({ kind: 'shown' })
    expect(clock.timers).toBe(0)
  })

  it('ends when the page fails, with the reason in words', async () => {
    const { tab, settled } = start()
    const problem = { kind: 'refused', code: 'ERR_CONNECTION_REFUSED', url, host: 'example.test' } as const
    tab.send({ type: 'page.failed', problem })
    expect(await settled).toMatchObject({ kind: 'failed', code: 'ERR_CONNECTION_REFUSED' })
  })

  it.each([
    [0.4, 'partly'],
    [0.1, 'silent'],
  ])('ends when patience does: at %f of the way there is %s a page', async (progress, kind) => {
    const { clock, tab, settled } = start()
    tab.send({ type: 'page.milestone', progress })
    clock.advance(1_000)
    expect(await settled).toEqual({ kind })
  })

  it('ends when the tab is closed', async () => {
    const { tab, settled } = start()
    tab.stop()
    expect(await settled).toMatchObject({ kind: 'failed', code: 'TAB_CLOSED' })
  })
})
