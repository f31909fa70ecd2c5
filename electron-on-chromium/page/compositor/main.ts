import type { Box, ToCompositor } from '../../windowed/wire.ts'
import { listen, tell } from './bridge.ts'
import { forwardKeyboard } from './keyboard.ts'
import { Layers } from './layers.ts'
import { forwardMouse } from './mouse.ts'
import { PopupList } from './popup.ts'

/** The page in the window: shows the views as pictures, and says what the person does with them. */

const root = document.querySelector('main')
const field = document.querySelector('textarea')
if (!root || !field) throw new Error('the compositor page is not as it was written')

const layers = new Layers(root)
const popups = new PopupList(root)
await listen(receive)
forwardMouse(layers)
forwardKeyboard(field, (type, event) => popups.takeKey(type, event))
reportWindow()

function receive(message: ToCompositor): void {
  switch (message.kind) {
    case 'frames':
      layers.start(message.url)
      return
    case 'layout':
      layers.apply(message.layout)
      return
    case 'title':
      document.title = message.title
      return
    case 'hover':
      layers.hover(message.viewId, message.cursor, message.tooltip)
      return
    case 'popup':
      popups.open(message.popup)
      return
    case 'closePopup':
      popups.close()
      return
    case 'caret':
      placeField(message.box)
      return
  }
}

/** Input methods show their suggestions where the field is. */
function placeField(box: Box): void {
  if (!field) return
  field.style.left = `${box.x}px`
  field.style.top = `${box.y}px`
  field.style.height = `${box.height}px`
}

function reportWindow(): void {
  let last = ''
  const reportBounds = (): void => {
    const bounds = { x: screenX, y: screenY, width: innerWidth, height: innerHeight }
    const text = JSON.stringify(bounds)
    if (text === last) return
    last = text
    tell({ kind: 'bounds', bounds })
  }
  const reportFocus = (): void => {
    if (document.hasFocus()) field?.focus()
    tell({ kind: 'focus', isFocused: document.hasFocus() })
  }
  addEventListener('resize', () => {
    reportBounds()
    tell({ kind: 'stateSuspected' })
  })
  // Being moved has no event: the next thing that happens in the window tells.
  for (const type of ['mousemove', 'mouseenter', 'mousedown'])
    document.addEventListener(type, reportBounds, { capture: true, passive: true })
  addEventListener('focus', () => {
    reportFocus()
    reportBounds()
  })
  addEventListener('blur', reportFocus)
  document.addEventListener('visibilitychange', () => tell({ kind: 'stateSuspected' }))
  // Closing is the application's to decide: the prompt is answered with no, and the question passed on.
  addEventListener('beforeunload', event => event.preventDefault())
  reportFocus()
  reportBounds()
}
