import { useEffect, useState } from 'react'
import type { ProcessTree } from '../../contracts/processes.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Act } from '../system/use-browser.ts'
import { type SampleHistory, withSample } from './sample-history.ts'
import { watchWhileVisible } from './watch-while-visible.ts'

export interface ProcessSamples {
  readonly tree: ProcessTree | null
  readonly history: SampleHistory
}

const nothing: ProcessSamples = { tree: null, history: new Map() }

/**
 * Samples while somebody looks: the dock is open and the window is visible. Otherwise nothing is measured, since watching
 * costs what it measures. The last values stay until the dock is closed.
 */
export function useProcessSamples(link: BrowserLink, act: Act, isShown: boolean): ProcessSamples {
  const [samples, setSamples] = useState(nothing)
  useEffect(() => {
    if (!isShown) {
      setSamples(nothing)
      return
    }
    const unsubscribe = link.onProcesses(tree => {
      setSamples(known => ({ tree, history: withSample(known.history, tree) }))
    })
    const stop = watchWhileVisible(isWatched => act(isWatched ? 'watchProcesses' : 'unwatchProcesses', {}))
    return () => {
      unsubscribe()
      stop()
    }
  }, [link, act, isShown])
  return samples
}
