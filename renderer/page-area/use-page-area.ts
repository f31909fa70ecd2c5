import { type RefObject, use, useLayoutEffect } from 'react'
import type { Area } from '../../contracts/browser.ts'
import { isSameArea, visibleArea } from './area.ts'
import { PageCoversContext } from './page-covers.tsx'

/**
 * Tells the controller where the page is to be shown: the plate's inside, less what a popup covers; null when the
 * content is not a page. At most one message a frame, and none when nothing moved.
 */
export function usePageArea(
  plate: RefObject<HTMLElement | null>,
  isPage: boolean,
  report: (area: Area | null) => void,
): void {
  const covers = use(PageCoversContext)
  useLayoutEffect(() => {
    let last: Area | null | undefined
    let frame = 0
    const tell = () => {
      frame = 0
      const element = plate.current
      const box = element?.getBoundingClientRect()
      const area = isPage && box !== undefined ? visibleArea(box, covers.boxes()) : null
      if (isSameArea(last, area)) return
      last = area
      report(area)
    }
    const schedule = () => {
      if (frame === 0) frame = requestAnimationFrame(tell)
    }
    tell()
    const observer = new ResizeObserver(schedule)
    // the plate fills what the other parts leave, so that it never moves without changing its size
    if (plate.current !== null) observer.observe(plate.current)
    window.addEventListener('resize', schedule)
    const unsubscribe = covers.subscribe(schedule)
    return () => {
      if (frame !== 0) cancelAnimationFrame(frame)
      observer.disconnect()
      window.removeEventListener('resize', schedule)
      unsubscribe()
    }
  }, [plate, isPage, report, covers])
}
