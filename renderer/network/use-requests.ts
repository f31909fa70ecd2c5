import { useEffect, useRef, useState } from 'react'
import type { LoggedRequest } from '../../contracts/request-log.ts'
import { watchWhileVisible } from '../processes/watch-while-visible.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import { RequestStore } from './request-store.ts'

/** The latest requests, while the window is visible. While paused the list stays as it was. */
export function useRequests(link: BrowserLink, isPaused: boolean): readonly LoggedRequest[] {
  const [rows, setRows] = useState<readonly LoggedRequest[]>([])
  const store = useRef(new RequestStore())
  const paused = useRef(isPaused)
  useEffect(() => {
    paused.current = isPaused
    if (!isPaused) setRows(store.current.list())
  }, [isPaused])
  useEffect(() => {
    const network = link.area('network')
    const listening = network.on('requests', batch => {
      store.current.apply(batch)
      if (!paused.current) setRows(store.current.list())
    })
    const stop = watchWhileVisible(isWatched => {
      const done = isWatched ? network.watchRequests({}) : network.unwatchRequests({})
      done.catch(() => {})
    })
    return () => {
      stop()
      listening[Symbol.dispose]()
    }
  }, [link])
  return rows
}
