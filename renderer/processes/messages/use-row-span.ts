import { type RefObject, useEffect, useState } from 'react'
import { type RowSpan, rowSpan, type SpanLimits } from './row-span.ts'

/** Which of many rows are in view; follows whatever scrolls around them. `limits` has to stay the same. */
export function useRowSpan(rows: RefObject<HTMLElement | null>, count: number, limits: SpanLimits): RowSpan {
  const [span, setSpan] = useState(() => rowSpan(limits, count, 0, 0, 0))
  useEffect(() => {
    const element = rows.current
    const view = element?.closest('.nx-dock__body')
    if (element === null || view === null || view === undefined) return
    const measure = () => {
      const box = element.getBoundingClientRect()
      const frame = view.getBoundingClientRect()
      const rowPx = count === 0 ? 0 : box.height / count
      const next = rowSpan(limits, count, frame.top - box.top, frame.height, rowPx)
      setSpan(known => (known.first === next.first && known.end === next.end ? known : next))
    }
    measure()
    // which part scrolls depends on the width of the window; scrolling does not bubble, but it can be seen going down
    view.addEventListener('scroll', measure, { capture: true, passive: true })
    const observer = new ResizeObserver(measure)
    observer.observe(view)
    return () => {
      view.removeEventListener('scroll', measure, { capture: true })
      observer.disconnect()
    }
  }, [rows, count, limits])
  return span
}
