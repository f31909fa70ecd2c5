/** What a world does once its page goes on. */
interface Awakening {
  /** Called when events are heard again; it may be while the page leaves its empty document. */
  readonly onHearing: () => void
  /** Called after that, in a turn of its own. */
  readonly onGoingOn: () => void
}

/**
 * A page that another one opened, and can reach, gets its worlds while the opener stands in `window.open()`: any
 * later, and they would race the page's own document. No listener is called there, so whatever two worlds have to
 * say to each other waits for the page to go on. In any other page both are called at once.
 */
export function awaken({ onHearing, onGoingOn }: Awakening): void {
  let isHeard = false
  const hear = (): void => {
    if (isHeard) return
    isHeard = true
    onHearing()
  }
  const probe = new EventTarget()
  probe.addEventListener('probe', hear)
  probe.dispatchEvent(new Event('probe'))
  if (isHeard) {
    onGoingOn()
    return
  }
  // Still within `window.open()`: the opener, once it goes on, can take every listener off the page by opening its
  // document for writing.
  addEventListener('beforeunload', hear, { once: true })
  // Waits in line ahead of everything that a document brings. Not a timer, which the opener could end.
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    removeEventListener('beforeunload', hear)
    port1.close()
    hear()
    onGoingOn()
  }
  port2.postMessage(null)
}
