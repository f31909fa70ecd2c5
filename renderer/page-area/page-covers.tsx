import { createContext, type RefObject, use, useLayoutEffect } from 'react'
import type { Box } from './area.ts'

/** The popups that reach into the page area at this moment. */
export class PageCovers {
  readonly #boxes = new Map<symbol, Box>()
  readonly #listeners = new Set<() => void>()

  boxes(): readonly Box[] {
    return [...this.#boxes.values()]
  }

  set(owner: symbol, box: Box | null): void {
    if (box === null) this.#boxes.delete(owner)
    else this.#boxes.set(owner, box)
    for (const listener of this.#listeners) listener()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

export const PageCoversContext = createContext(new PageCovers())

/** Keeps the page clear of the element while it is shown. */
export function usePageCover(element: RefObject<HTMLElement | null>, isShown: boolean): void {
  const covers = use(PageCoversContext)
  useLayoutEffect(() => {
    const target = element.current
    if (!isShown || target === null) return
    const owner = Symbol('cover')
    const measure = () => covers.set(owner, target.getBoundingClientRect())
    const observer = new ResizeObserver(measure)
    observer.observe(target)
    window.addEventListener('resize', measure)
    measure()
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
      covers.set(owner, null)
    }
  }, [covers, element, isShown])
}
