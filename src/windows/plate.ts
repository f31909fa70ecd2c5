import type { WebContentsView } from 'electron'
import type { Area } from '../../contracts/browser.ts'

/** Of the plate that the chrome UI draws under the page, less its line. */
export const plateRadius = 7

/** Shows a view where the UI left room for it; null hides it. */
export function placeOnPlate(view: WebContentsView, area: Area | null): void {
  if (area === null) {
    view.setVisible(false)
    return
  }
  view.setBounds(area)
  view.setVisible(true)
  // Bounds set while a view is hidden may not be applied: https://github.com/electron/electron/issues/43257
  view.setBounds(area)
}
