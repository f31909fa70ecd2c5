import { prepareBridgeEnd } from './bridge-end.ts'

/**
 * The main world's half, run at document start before any script of the page. It waits for the other half, which
 * runs right after it in the preload's world and still before the page: a page that knows the event's name can
 * neither hear it nor be heard. In frames without a preload nothing is installed.
 *
 * In a page whose opener stands in `window.open()` the other half comes later, and the opener may have been at this
 * world by then. So everything that is needed is taken now.
 */
export function installMainWorld(handshake: string, runsInSubFrames: boolean): void {
  if (!runsInSubFrames && window.top !== window) return
  const join = prepareBridgeEnd('page')
  const { apply, getOwnPropertyDescriptor } = Reflect
  const { stopImmediatePropagation } = Event.prototype
  const relatedTarget = getOwnPropertyDescriptor(MouseEvent.prototype, 'relatedTarget')?.get as () => Element
  window.addEventListener(
    handshake,
    event => {
      apply(stopImmediatePropagation, event, [])
      join(apply(relatedTarget, event, []))
    },
    { once: true, capture: true },
  )
}
