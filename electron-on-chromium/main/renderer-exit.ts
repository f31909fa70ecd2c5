import type { RenderProcessGoneDetails } from 'electron'
import type { ChromiumBrowser } from '../chromium/browser.ts'

/** What the browser said of a crash, until the page asks for it; and the page's wait, when it asked first. */
const told = new Map<string, RenderProcessGoneDetails>()
const waiting = new Map<string, (details: RenderProcessGoneDetails) => void>()
const patienceMs = 500

/** Chromium's names of the ways a process ends, as Electron gives them on. */
const reasons: Readonly<Record<string, RenderProcessGoneDetails['reason']>> = {
  normal: 'clean-exit',
  abnormal: 'abnormal-exit',
  killed: 'killed',
  crashed: 'crashed',
  oom: 'oom',
  'oom-killed': 'oom',
  'launch failed': 'launch-failed',
  'failed to launch': 'launch-failed',
  'integrity failure': 'integrity-failure',
  evicted: 'memory-eviction',
}

/** Listens for crashes of all pages. */
export function watchRendererExits(browser: ChromiumBrowser): void {
  browser.root.on('Target.targetCrashed', ({ targetId, status, errorCode }) => {
    const details: RenderProcessGoneDetails = {
      reason: reasons[status] ?? 'abnormal-exit',
      exitCode: errorCode,
    }
    const wait = waiting.get(targetId)
    if (wait) wait(details)
    else {
      told.set(targetId, details)
      setTimeout(() => told.delete(targetId), patienceMs).unref()
    }
  })
}

/** Why the renderer of that page has gone. */
export function goneReason(targetId: string): Promise<RenderProcessGoneDetails> {
  const known = told.get(targetId)
  if (known) {
    told.delete(targetId)
    return Promise.resolve(known)
  }
  const { promise, resolve } = Promise.withResolvers<RenderProcessGoneDetails>()
  const timer = setTimeout(() => resolve({ reason: 'crashed', exitCode: 5 }), patienceMs)
  waiting.set(targetId, resolve)
  return promise.finally(() => {
    clearTimeout(timer)
    waiting.delete(targetId)
  })
}
