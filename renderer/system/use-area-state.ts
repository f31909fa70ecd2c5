import { useEffect, useState } from 'react'
import type { BrowserLink } from './browser-link.ts'

/** An area that tells its whole state when it is asked, and again whenever it changed. */
interface StatefulArea<State> {
  state(args: Record<never, never>): Promise<State>
  on(event: 'changed', listener: (state: State) => void): Disposable
}

/** What an area knows, as long as the window stands; `nothingYet` while the controller has not answered. */
export function useAreaState<State>(
  link: BrowserLink,
  areaOf: (link: BrowserLink) => StatefulArea<State>,
  nothingYet: State,
): State {
  const [state, setState] = useState(nothingYet)
  useEffect(() => {
    const area = areaOf(link)
    let isWanted = true
    const listening = area.on('changed', changed => {
      // It is newer than what was asked for before it.
      isWanted = false
      setState(changed)
    })
    area.state({}).then(
      first => {
        if (isWanted) setState(first)
      },
      () => {},
    )
    return () => {
      isWanted = false
      listening[Symbol.dispose]()
    }
  }, [link, areaOf])
  return state
}
