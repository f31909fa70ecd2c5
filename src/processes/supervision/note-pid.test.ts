import { expect, it } from 'vitest'
import { createActor } from 'xstate'
import { SimulatedClock } from '../../../ipc/simulated-clock.ts'
import { processMachine } from '../../controller/process-machine.ts'
import { notePid } from './note-pid.ts'

it('learns of the process of a page also when another process keeps the engine from saying it for long', () => {
  const clock = new SimulatedClock()
  const input = { name: 'chrome', restart: { kind: 'never' }, idleOutMs: null } as const
  const actor = createActor(processMachine, { input })
  actor.start()
  let pid: number | null = null
  using _naming = notePid(actor, () => pid, clock)
  for (let second = 0; second < 30; second += 1) clock.advance(1_000)
  expect(actor.getSnapshot().context.pid).toBe(null)
  pid = 4_711
  clock.advance(2_000)
  expect(actor.getSnapshot().context.pid).toBe(4_711)
})
