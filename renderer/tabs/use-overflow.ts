import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'

export interface Overflow {
  readonly isOverflowing: boolean
  readonly isAtStart: boolean
  readonly isAtEnd: boolean
  /** Scrolls by most of what is visible: -1 towards the start, 1 towards the end. */
  scrollBy(direction: -1 | 1): void
}

const fits = { isOverflowing: false, isAtStart: true, isAtEnd: true }

/** Whether a row of things is wider than its place, and where it is scrolled to. */
export function useOverflow(element: RefObject<HTMLElement | null>, count: number): Overflow {
  const [state, setState] = useState(fits)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of tabs is another width of the content
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    const measure = () => {
      const room = target.scrollWidth - target.clientWidth
      // a difference of a pixel is rounding
      const next =
        room <= 1
          ? fits
          : {
              isOverflowing: true,
              isAtStart: target.scrollLeft <= 1,
              isAtEnd: target.scrollLeft >= room - 1,
            }
      setState(known =>
        known.isOverflowing === next.isOverflowing &&
        known.isAtStart === next.isAtStart &&
        known.isAtEnd === next.isAtEnd
          ? known
          : next,
      )
    }
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    target.addEventListener('scroll', measure, { passive: true })
    measure()
    return () => {
      observer.disconnect()
      target.removeEventListener('scroll', measure)
    }
  }, [element, count])
  const scrollBy = useCallback(
    (direction: -1 | 1) => {
      const target = element.current
      target?.scrollBy({ left: direction * target.clientWidth * 0.8 })
    },
    [element],
  )
  return { ...state, scrollBy }
}
