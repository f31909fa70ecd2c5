import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Caller, Received } from './contestants/contestant.ts'
import type { Slice } from './load.ts'

/** So many may be on their way before the sender waits for word that they came: below the framework's own limit. */
const window = 768
const notificationsPerFence = 256

/** A caller that can send without an answer. */
export type Notifier = Caller & Required<Pick<Caller, 'notify'>>

export function canNotify(caller: Caller): caller is Notifier {
  return caller.notify !== undefined
}

/** Sends `burst` notifications in each turn of the event loop; how many arrived per second and what each cost. Fails when any is missing. */
export async function runNotifications(
  caller: Notifier,
  { burst, durationMs }: { readonly burst: number; readonly durationMs: number },
): Promise<Slice> {
  const before = await received(caller)
  const cpuBefore = process.cpuUsage()
  const startedAt = performance.now()
  const fences: Promise<Received>[] = []
  let sent = 0
  let sum = 0
  while (performance.now() - startedAt < durationMs) {
    for (let index = 0; index < burst; index += 1) {
      sent += 1
      sum += sent
      caller.notify(sent)
      // What is told waits for a microtask and goes with its neighbours; this lets it go before it has any.
      if (caller.isOneByOne === true) await null
    }
    if (sent >= (fences.length + 1) * notificationsPerFence) {
      fences.push(received(caller))
      await fences[fences.length - window / notificationsPerFence]
    }
    await nextTurn()
  }
  const after = await received(caller)
  const elapsedMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpuBefore)
  if (after.count - before.count !== sent || after.sum - before.sum !== sum) {
    throw new Error(`${sent} notifications were sent and ${after.count - before.count} arrived`)
  }
  return { callsPerSecond: (sent * 1_000) / elapsedMs, cpuPerCall: (user + system) / sent, latencies: [] }
}

function received(caller: Caller): Promise<Received> {
  return new Promise(resolve => caller.received(resolve))
}
