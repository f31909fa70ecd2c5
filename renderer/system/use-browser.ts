import { useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { Notice } from '../../contracts/browser.ts'
import type { BrowserArgs, BrowserLink, BrowserMethod, BrowserResult, LinkSnapshot } from './browser-link.ts'
import { intentWords } from './intent-words.ts'

/** Sends an intent. A failure becomes a notice, so that no press of a button is ever without an answer. */
export type Act = <M extends BrowserMethod>(method: M, args: BrowserArgs<M>) => void

/** Sends an intent whose answer is shown where it was asked for, failures too. */
export type Ask = <M extends BrowserMethod>(method: M, args: BrowserArgs<M>) => Promise<BrowserResult<M>>

/** Does something else that is asked of the controller. `words` name it in the notice where it fails. */
export type Attempt = (words: string, work: () => Promise<unknown>) => void

export interface Browser {
  readonly snapshot: LinkSnapshot
  readonly act: Act
  readonly ask: Ask
  readonly attempt: Attempt
  /** Notices about intents that failed; they never leave this window. */
  readonly failures: readonly Notice[]
  dismissFailure(id: string): void
}

/** More than this would push the page out of the window. */
const mostFailures = 3

/** All that components know of the system. */
export function useBrowser(link: BrowserLink): Browser {
  const snapshot = useSyncExternalStore(
    useCallback(listener => link.subscribe(listener), [link]),
    useCallback(() => link.snapshot(), [link]),
  )
  const [failures, setFailures] = useState<readonly Notice[]>([])
  const failureCount = useRef(0)

  const attempt = useCallback<Attempt>((words, work) => {
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => {
        failureCount.current += 1
        const id = `failure-${failureCount.current}`
        const message = `Nexus could not ${words}. ${reasonOf(error)}`
        setFailures(known =>
          [
            ...known.filter(failure => failure.message !== message),
            { id, tone: 'problem', message } as const,
          ].slice(-mostFailures),
        )
      })
  }, [])
  const act = useCallback<Act>(
    (method, args) => attempt(intentWords(method), () => link.call(method, args)),
    [attempt, link],
  )
  const ask = useCallback<Ask>((method, args) => link.call(method, args), [link])
  const dismissFailure = useCallback(
    (id: string) => setFailures(known => known.filter(failure => failure.id !== id)),
    [],
  )
  return useMemo(
    () => ({ snapshot, act, ask, attempt, failures, dismissFailure }),
    [snapshot, act, ask, attempt, failures, dismissFailure],
  )
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
  return [message, code && `(${code})`].filter(Boolean).join(' ')
}
