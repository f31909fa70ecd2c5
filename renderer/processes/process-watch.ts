import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import type { MessageTraffic } from '../../contracts/messages.ts'
import type { ProcessRow, ProcessTree } from '../../contracts/processes.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Act } from '../system/use-browser.ts'
import { type SampleHistory, withSample } from './sample-history.ts'
import { watchWhileVisible } from './watch-while-visible.ts'

/** What is known of the processes while somebody looks. */
export interface WatchedProcesses {
  /** Null until the first sample has come. */
  readonly tree: ProcessTree | null
  readonly history: SampleHistory
  /** Null until the first sample has come. */
  readonly traffic: MessageTraffic | null
}

/** A little more than samples are apart. */
const longestWaitMs = 1_500

const nothing: WatchedProcesses = { tree: null, history: new Map(), traffic: null }

/** The latest samples, outside of the components: a sample draws anew only what shows it, not the window around it. */
export class ProcessWatch {
  #known = nothing
  #traffic: MessageTraffic | null = null
  #late: ReturnType<typeof setTimeout> | null = null
  readonly #listeners = new Set<() => void>()

  /** The same object until the next sample. */
  snapshot(): WatchedProcesses {
    return this.#known
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  takeTree(tree: ProcessTree): void {
    this.#change({ tree, history: withSample(this.#known.history, tree), traffic: this.#traffic })
  }

  /**
   * What is said is shown together with the next sample of the processes, so that everything is drawn once a second and
   * not twice; by itself only the first, and one after which no sample comes.
   */
  takeTraffic(traffic: MessageTraffic): void {
    this.#traffic = traffic
    const show = () => this.#change({ ...this.#known, traffic: this.#traffic })
    if (this.#known.traffic === null) show()
    else this.#late ??= setTimeout(show, longestWaitMs)
  }

  forget(): void {
    this.#traffic = null
    this.#change(nothing)
  }

  #change(known: WatchedProcesses): void {
    if (this.#late !== null) clearTimeout(this.#late)
    this.#late = null
    this.#known = known
    for (const listener of this.#listeners) listener()
  }
}

/**
 * Samples while somebody looks: `isShown`, and the window is visible. Otherwise nothing is measured, since watching costs
 * what it measures. The last values stay until nobody looks any more.
 */
export function useProcessWatch(link: BrowserLink, act: Act, isShown: boolean): ProcessWatch {
  const watch = useMemo(() => new ProcessWatch(), [])
  useEffect(() => {
    if (!isShown) {
      watch.forget()
      return
    }
    const unsubscribe = [
      link.onProcesses(tree => watch.takeTree(tree)),
      // the tree needs them too: its rows carry alerts and the p95 to the busiest peer
      link.onMessages(traffic => watch.takeTraffic(traffic)),
    ]
    const stop = watchWhileVisible(isWatched => {
      act(isWatched ? 'watchProcesses' : 'unwatchProcesses', {})
      act(isWatched ? 'watchMessages' : 'unwatchMessages', {})
    })
    return () => {
      for (const one of unsubscribe) one()
      stop()
    }
  }, [link, act, isShown, watch])
  return watch
}

/** One part of what is watched. Draws anew when `select` gives another value: what it makes itself it has to keep. */
export function useWatched<T>(watch: ProcessWatch, select: (known: WatchedProcesses) => T): T {
  return useSyncExternalStore(
    listener => watch.subscribe(listener),
    () => select(watch.snapshot()),
  )
}

/** The row of the process that draws a tab; null where none is known. The page itself stands before its frames. */
export function rowOfTab({ tree }: WatchedProcesses, tabId: string | null): ProcessRow | null {
  return tree?.rows.find(row => tabId !== null && row.tabIds.includes(tabId)) ?? null
}

/** In whole twentieths: smaller steps would not be seen on a tab, and would draw all tabs anew each second. */
const shareSteps = 20

/** How much of its limit the process of each tab holds. The same map until a step is passed. */
export function useMemoryShares(watch: ProcessWatch): ReadonlyMap<string, number> {
  const kept = useRef<{ tree: ProcessTree | null; shares: ReadonlyMap<string, number> }>(noShares)
  return useWatched(watch, ({ tree }) => {
    if (tree === kept.current.tree) return kept.current.shares
    const shares = memorySharesOf(tree?.rows ?? [])
    kept.current = { tree, shares: isSame(shares, kept.current.shares) ? kept.current.shares : shares }
    return kept.current.shares
  })
}

const noShares = { tree: null, shares: new Map<string, number>() }

function memorySharesOf(rows: readonly ProcessRow[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>()
  for (const row of rows) {
    if (row.memoryBytes === null || row.memoryLimitBytes === null || row.memoryLimitBytes === 0) continue
    const share = Math.round((row.memoryBytes / row.memoryLimitBytes) * shareSteps) / shareSteps
    for (const id of row.tabIds) if (!shares.has(id)) shares.set(id, share)
  }
  return shares
}

function isSame(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): boolean {
  return one.size === other.size && [...one].every(([id, share]) => other.get(id) === share)
}
