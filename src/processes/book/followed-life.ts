import { type Actor, createActor } from 'xstate'
import { processMachine } from '../../controller/process-machine.ts'

/** The life of a process that the engine starts and ends by itself: we follow it, and never launch it. */
export function followedLife(name: string, restarts = 0): Actor<typeof processMachine> {
  const actor = createActor(processMachine, {
    input: { name, restart: { kind: 'never' }, idleOutMs: null, restarts },
  })
  actor.start()
  return actor
}
