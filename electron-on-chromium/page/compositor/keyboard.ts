import { tell } from './bridge.ts'
import { modifiersOf } from './modifiers.ts'

/** What a key event says while an input method, or a dead key, is still making up its mind. */
const inputMethodKeyCode = 229

/**
 * Forwards the keyboard. Keys are forwarded as keys; what dead keys and input methods make of several keys
 * arrives in a text field that nobody sees, and is forwarded as text. `takeKey` is asked first, and answers
 * true when a key was for the page itself.
 */
export function forwardKeyboard(
  field: HTMLTextAreaElement,
  takeKey: (type: 'down' | 'up', event: KeyboardEvent) => boolean,
): void {
  let isComposing = false
  const forward = (type: 'down' | 'up', event: KeyboardEvent): void => {
    if (takeKey(type, event)) return
    const isInputMethods =
      event.isComposing ||
      event.keyCode === inputMethodKeyCode ||
      event.key === 'Dead' ||
      event.key === 'Process' ||
      event.key === 'Compose'
    if (isInputMethods) return
    event.preventDefault()
    tell({
      kind: 'key',
      type,
      key: event.key,
      code: event.code,
      keyCode: event.keyCode,
      location: event.location,
      isAutoRepeat: event.repeat,
      isComposing,
      modifiers: modifiersOf(event),
    })
  }
  const takeText = (): void => {
    const text = field.value
    field.value = ''
    if (text !== '') tell({ kind: 'text', text })
  }
  // On the window and first, so that keys are forwarded whatever has the focus in this page.
  window.addEventListener('keydown', event => forward('down', event), { capture: true })
  window.addEventListener('keyup', event => forward('up', event), { capture: true })
  field.addEventListener('compositionstart', () => {
    isComposing = true
  })
  field.addEventListener('compositionupdate', event => {
    tell({ kind: 'composition', text: event.data, caret: event.data.length })
  })
  field.addEventListener('compositionend', event => {
    isComposing = false
    if (event.data === '') tell({ kind: 'composition', text: '', caret: 0 })
  })
  field.addEventListener('input', event => {
    if (!(event instanceof InputEvent) || !event.isComposing) takeText()
  })
  // The last input event of a composition comes before its end, and still counts as composing.
  field.addEventListener('compositionend', takeText)
}
