import type { ActorRefFrom } from 'xstate'
import { type Clock, systemClock } from '../../ipc/clock.ts'
import type { TabSnapshot, tabMachine } from '../controller/tab-machine.ts'

/** How a tab stands once it has finished loading, or was not waited for any longer. */
export type Settled =
  | { readonly kind: 'shown' }
  /** Still loading, but there is a document to read. */
  | { readonly kind: 'partly' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string }

/**
 * Resolves when the tab has finished loading or failed, at the latest after `patienceMs`.
 * A tab that is closed meanwhile counts as failed.
 */
export function whenSettled(
  tab: ActorRefFrom<typeof tabMachine>,
  patienceMs: number,
  clock: Clock = systemClock,
): Promise<Settled> {
  return new Promise(resolve => {
    function finish(settled: Settled): void {
      timer[Symbol.dispose]()
      subscription.unsubscribe()
      resolve(settled)
    }
    const timer = clock.after(patienceMs, () => {
      const { context } = tab.getSnapshot()
      finish({ kind: context.progress >= 0.4 ? 'partly' : 'silent' })
    })
    const subscription = tab.subscribe({
      next: snapshot => {
        const settled = settledBy(snapshot)
        if (settled !== null) finish(settled)
      },
      complete: () => finish({ kind: 'failed', code: 'TAB_CLOSED', reason: 'The tab was closed.' }),
    })
    const already = settledBy(tab.getSnapshot())
    if (already !== null) finish(already)
  })
}

/** Pure decision; null while the tab is still on its way. */
export function settledBy({ value, context }: Pick<TabSnapshot, 'value' | 'context'>): Settled | null {
  switch (value.page) {
    case 'problem':
      return {
        kind: 'failed',
        code: context.problem?.code ?? 'UNKNOWN',
        reason: describeProblem(context.problem?.kind ?? 'other', context.problem?.host ?? ''),
      }
    case 'gone':
      return { kind: 'failed', code: 'PAGE_GONE', reason: "The page's process ended while it loaded." }
    case 'unresponsive':
      return { kind: 'failed', code: 'PAGE_UNRESPONSIVE', reason: 'The page does not answer.' }
    case 'page':
    case 'waiting':
      return context.isLoading || context.progress < 1 ? null : { kind: 'shown' }
    case 'deciding':
    case 'newTab':
    case 'deferred':
      return null
  }
}

type ProblemKind = NonNullable<TabSnapshot['context']['problem']>['kind']

/** One sentence for the terminal: what happened and what one can do. */
export function describeProblem(kind: ProblemKind, host: string): string {
  const name = host === '' ? 'the address' : host
  switch (kind) {
    case 'hostNotFound':
      return `There is no host named ${name}. Check the spelling.`
    case 'refused':
      return `${name} refused or dropped the connection. Check that a server runs there.`
    case 'timedOut':
      return `${name} did not answer in time. Try again later.`
    case 'offline':
      return 'This machine is offline. Connect it and try again.'
    case 'certificate':
      return `${name} could not prove who it is (certificate error), so the page was not loaded.`
    case 'blocked':
      return `The page at ${name} was blocked.`
    case 'badAddress':
      return 'This is not an address that Nexus opens. Give one that begins with http:// or https://.'
    case 'insecureOnly':
      return `${name} is not reached with encryption. Open it in the window to say that it may be loaded without.`
    case 'privateAddress':
      return `${name} is a public name that leads into this machine's own network, so it was not loaded.`
    case 'resolverFailed':
      return `The server that was asked for the address of ${name} did not answer.`
    case 'unreachable':
      return `No way leads to ${name} at present.`
    case 'dropped':
      return `${name} broke the connection off.`
    case 'badResponse':
      return `${name} answered with something that is no page.`
    case 'busy':
      return 'Nexus holds as many connections as it may. Close some pages and try again.'
    case 'networkStopped':
      return 'The network process of Nexus is not running. Try again in a moment.'
    case 'other':
      return `The page at ${name} could not be loaded.`
  }
}
