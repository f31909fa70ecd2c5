import { cpus } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'

/** The share of all cores, 0 to 1, that others use while this process waits. */
export async function foreignLoad(durationMs: number): Promise<number> {
  const before = busyAndTotal()
  await delay(durationMs)
  const after = busyAndTotal()
  const total = after.total - before.total
  return total === 0 ? 0 : (after.busy - before.busy) / total
}

function busyAndTotal(): { readonly busy: number; readonly total: number } {
  let busy = 0
  let total = 0
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.idle + times.irq
    total += all
    busy += all - times.idle
  }
  return { busy, total }
}
