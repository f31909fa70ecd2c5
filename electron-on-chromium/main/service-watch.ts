import type { Details } from 'electron'
import { isRunning, servicePids } from './metrics.ts'

const checkIntervalMs = 500
/** Every so many checks, the list itself is read anew: services come and go by themselves. */
const checksPerListing = 20

/**
 * Tells of the end of Chromium's GPU and service processes, of which DevTools says nothing. A service that ends by
 * itself (they do, when idle) and is not started again cannot be told from one that was killed; so only the GPU
 * process and those services that Chromium keeps are watched.
 */
export function watchServices(enginePid: number, onGone: (details: Details) => void): Disposable {
  let known = new Map<
    number,
    { readonly type: string; readonly name?: string; readonly serviceName?: string }
  >()
  let checks = 0
  const list = (): void => {
    known = new Map(
      [...servicePids(enginePid)].filter(
        ([, kind]) => kind.type === 'GPU' || /NetworkService|StorageService/.test(kind.serviceName ?? ''),
      ),
    )
  }
  const timer = setInterval(() => {
    if (!isRunning(enginePid)) return
    let hasLost = false
    for (const [pid, kind] of known) {
      if (isRunning(pid)) continue
      hasLost = true
      onGone({
        type: kind.type === 'GPU' ? 'GPU' : 'Utility',
        reason: 'killed',
        exitCode: 9,
        ...(kind.serviceName ? { serviceName: kind.serviceName } : {}),
        ...(kind.name ? { name: kind.name } : {}),
      })
    }
    if (hasLost || checks++ % checksPerListing === 0) list()
  }, checkIntervalMs)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}
