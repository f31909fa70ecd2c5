import { type RefObject, useLayoutEffect, useState } from 'react'
import type { GraphSize } from './graph-layout.ts'

/** The size of an element in whole pixels, as it changes; null before it is known. */
export function useElementSize(element: RefObject<HTMLElement | null>): GraphSize | null {
  const [size, setSize] = useState<GraphSize | null>(null)
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    const measure = () => {
      const next = { width: target.clientWidth, height: target.clientHeight }
      setSize(known => (known?.width === next.width && known.height === next.height ? known : next))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    return () => observer.disconnect()
  }, [element])
  return size
}
