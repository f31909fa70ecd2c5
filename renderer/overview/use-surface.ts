import { useCallback, useEffect, useState } from 'react'
import type { Surface } from '../../contracts/compositor.ts'
import type { BrowserLink } from '../system/browser-link.ts'

export interface Surfaces {
  /** What lies over the page area; null for the page. */
  readonly surface: Surface | null
  /** Opens it, or closes it where it is open. */
  toggle(surface: Surface): void
  close(): void
}

/** The overview and the map, which another process draws over the page area. */
export function useSurface(link: BrowserLink): Surfaces {
  const [surface, setSurface] = useState<Surface | null>(null)
  useEffect(() => {
    const listening = link.area('overview').on('surfaceChanged', changed => setSurface(changed.surface))
    return () => listening[Symbol.dispose]()
  }, [link])
  const close = useCallback(() => {
    link
      .area('overview')
      .close({})
      .catch(() => {})
  }, [link])
  const toggle = useCallback(
    (wanted: Surface) => {
      if (surface === wanted) {
        close()
        return
      }
      link
        .area('overview')
        .open({ surface: wanted })
        .catch(() => setSurface(null))
    },
    [link, surface, close],
  )
  return { surface, toggle, close }
}
