import { expect, it } from 'vitest'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { lifecycleState } from '../../controller/lifecycle-state.ts'
import type { EndCause } from '../book/known-process.ts'
import { ChromeSupervisor } from './chrome-supervisor.ts'

const killed = { reason: 'killed', exitCode: 9 } as const

function start() {
  const clock = new SimulatedClock()
  const done: string[] = []
  const causes: EndCause[] = []
  const page: { pid: number | null } = { pid: 7 }
  const chrome = new ChromeSupervisor({
    clock,
    hands: {
      get pid() {
        return page.pid
      },
      load: () => void done.push('load'),
      end: () => void done.push('end'),
    },
    onCrash: isGivenUp => void done.push(isGivenUp ? 'given up' : 'crash'),
    noteEnd: (_pid, cause) => causes.push(cause),
    noteStep: () => {},
  })
  chrome.begun()
  const state = () => lifecycleState(chrome.actor.getSnapshot())
  return { clock, done, causes, page, chrome, state }
}

it('is active once its page said hello, and loaded again at once when its process was lost', () => {
  const { chrome, clock, done, state } = start()
  chrome.connected()
  expect([state(), chrome.actor.getSnapshot().context.pid]).toEqual(['active', 7])
  chrome.gone(killed)
  clock.advance(0)
  chrome.connected()
  expect([state(), done, chrome.actor.getSnapshot().context.restarts]).toEqual([
    'active',
    ['crash', 'load'],
    1,
  ])
})

it('does not spin when it dies at each loading, and leaves the choice to the person in the end', () => {
  const { chrome, clock, done, state } = start()
  for (let second = 0; second < 600 && state() !== 'failed'; second += 1) {
    if (state() === 'created') chrome.gone(killed)
    clock.advance(1_000)
  }
  expect(done.filter(one => one === 'load')).toHaveLength(11)
  expect(done.at(-1)).toBe('given up')
  clock.advance(600_000)
  expect(done.filter(one => one === 'load')).toHaveLength(11)
  chrome.restart()
  expect([state(), done.at(-1)]).toEqual(['created', 'load'])
})

it('is ended when it hangs for ten seconds, and not when it comes to itself before', () => {
  const { chrome, clock, done, causes } = start()
  chrome.connected()
  chrome.setResponsive(false)
  clock.advance(9_000)
  chrome.setResponsive(true)
  clock.advance(60_000)
  expect(done).toEqual([])
  chrome.setResponsive(false)
  clock.advance(10_000)
  expect([done, causes]).toEqual([['end'], [{ kind: 'hung' }]])
})

it('is loaded again when it never said hello', () => {
  const { chrome, clock, done, page } = start()
  page.pid = null
  clock.advance(20_000)
  clock.advance(0)
  expect(done).toEqual(['crash', 'load'])
  expect(chrome.actor.getSnapshot().context.lastExit?.reason).toBe('launchFailed')
})

it('is told its number when the engine knows it', () => {
  const { chrome, clock, page } = start()
  page.pid = null
  chrome.connected()
  expect(chrome.actor.getSnapshot().context.pid).toBe(null)
  page.pid = 12
  clock.advance(100)
  expect(chrome.actor.getSnapshot().context.pid).toBe(12)
  expect(clock.timers).toBeLessThanOrEqual(1)
})
