import type { WebContents } from 'electron'
import { siteOfUrl } from './hosts.ts'
import type { SiteBook } from './site-book.ts'

/** The steps that other browsers have, as factors. */
const steps = [0.25, 0.33, 0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5]
/** Factors that come back from an engine's levels are never quite the same. */
const tolerance = 0.01

export type ZoomStep = 'in' | 'out' | 'reset'

/** The next factor from here. At either end it stays. */
export function zoomed(factor: number, to: ZoomStep): number {
  switch (to) {
    case 'in':
      return steps.find(step => step > factor + tolerance) ?? factor
    case 'out':
      return steps.findLast(step => step < factor - tolerance) ?? factor
    case 'reset':
      return 1
  }
}

/** Shows a page as large as its site is to be shown. */
export function applyZoom(contents: WebContents, book: SiteBook): void {
  const site = siteOfUrl(contents.getURL())
  contents.setZoomFactor((site === null ? null : book.choices(site).zoom) ?? 1)
}

/** Keeps how large the site of a page is shown; what is no site's is only shown so. */
export function keepZoom(contents: WebContents, book: SiteBook, factor: number): void {
  const site = siteOfUrl(contents.getURL())
  if (site === null) contents.setZoomFactor(factor)
  else book.choose(site, { zoom: factor === 1 ? null : factor })
}
