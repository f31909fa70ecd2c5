import type { Later } from './turns.ts'

interface Immediates {
  readonly setImmediate?: (task: () => void) => unknown
}

/** A task of its own, without the delay that timers have: `setImmediate` in Node, a message to oneself in browsers. */
export function createLater(): Later {
  const { setImmediate: immediately } = globalThis as Immediates
  if (immediately !== undefined) return task => void immediately(task)
  const { port1, port2 } = new MessageChannel()
  const tasks: (() => void)[] = []
  port1.addEventListener('message', () => tasks.shift()?.())
  port1.start()
  return task => {
    tasks.push(task)
    port2.postMessage(null)
  }
}
