import type { Input, KeyboardInputEvent, MouseInputEvent, MouseWheelInputEvent } from 'electron'
import type { Protocol } from '../chromium/devtools.ts'

type InputEvent = KeyboardInputEvent | MouseInputEvent | MouseWheelInputEvent

interface Key {
  readonly key: string
  readonly code: string
  readonly keyCode: number
  readonly text?: string
  readonly location?: number
}

const namedKeys: Readonly<Record<string, Key>> = {
  backspace: { key: 'Backspace', code: 'Backspace', keyCode: 8 },
  tab: { key: 'Tab', code: 'Tab', keyCode: 9 },
  return: { key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' },
  enter: { key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' },
  shift: { key: 'Shift', code: 'ShiftLeft', keyCode: 16, location: 1 },
  control: { key: 'Control', code: 'ControlLeft', keyCode: 17, location: 1 },
  ctrl: { key: 'Control', code: 'ControlLeft', keyCode: 17, location: 1 },
  alt: { key: 'Alt', code: 'AltLeft', keyCode: 18, location: 1 },
  meta: { key: 'Meta', code: 'MetaLeft', keyCode: 91, location: 1 },
  super: { key: 'Meta', code: 'MetaLeft', keyCode: 91, location: 1 },
  esc: { key: 'Escape', code: 'Escape', keyCode: 27 },
  escape: { key: 'Escape', code: 'Escape', keyCode: 27 },
  space: { key: ' ', code: 'Space', keyCode: 32, text: ' ' },
  pageup: { key: 'PageUp', code: 'PageUp', keyCode: 33 },
  pagedown: { key: 'PageDown', code: 'PageDown', keyCode: 34 },
  end: { key: 'End', code: 'End', keyCode: 35 },
  home: { key: 'Home', code: 'Home', keyCode: 36 },
  left: { key: 'ArrowLeft', code: 'ArrowLeft', keyCode: 37 },
  up: { key: 'ArrowUp', code: 'ArrowUp', keyCode: 38 },
  right: { key: 'ArrowRight', code: 'ArrowRight', keyCode: 39 },
  down: { key: 'ArrowDown', code: 'ArrowDown', keyCode: 40 },
  insert: { key: 'Insert', code: 'Insert', keyCode: 45 },
  delete: { key: 'Delete', code: 'Delete', keyCode: 46 },
  plus: { key: '+', code: 'Equal', keyCode: 187, text: '+' },
}

const punctuation: Readonly<Record<string, readonly [code: string, keyCode: number]>> = {
  ';': ['Semicolon', 186],
  ':': ['Semicolon', 186],
  '=': ['Equal', 187],
  ',': ['Comma', 188],
  '<': ['Comma', 188],
  '-': ['Minus', 189],
  _: ['Minus', 189],
  '.': ['Period', 190],
  '>': ['Period', 190],
  '/': ['Slash', 191],
  '?': ['Slash', 191],
  '`': ['Backquote', 192],
  '~': ['Backquote', 192],
  '[': ['BracketLeft', 219],
  '\\': ['Backslash', 220],
  ']': ['BracketRight', 221],
  "'": ['Quote', 222],
  '"': ['Quote', 222],
}

/** What Electron's accelerator names (`keyCode` of sendInputEvent) stand for on a US keyboard. */
export function keyOf(name: string): Key {
  const lower = name.toLowerCase().replace(/^arrow/, '')
  const named = namedKeys[lower]
  if (named) return named
  const functionKey = /^f([1-9]|1\d|2[0-4])$/.exec(lower)
  if (functionKey?.[1])
    return { key: name.toUpperCase(), code: name.toUpperCase(), keyCode: 111 + Number(functionKey[1]) }
  const character = [...name].length === 1 ? name : ''
  if (/^[a-z]$/i.test(character))
    return {
      key: character,
      code: `Key${character.toUpperCase()}`,
      keyCode: character.toUpperCase().charCodeAt(0),
      text: character,
    }
  if (/^\d$/.test(character))
    return { key: character, code: `Digit${character}`, keyCode: character.charCodeAt(0), text: character }
  const [code, keyCode] = punctuation[character] ?? ['', 0]
  return { key: name, code, keyCode, ...(character ? { text: character } : {}) }
}

const modifierBits: Readonly<Record<string, number>> = {
  alt: 1,
  control: 2,
  ctrl: 2,
  meta: 4,
  command: 4,
  cmd: 4,
  super: 4,
  shift: 8,
}

function modifiersOf(event: InputEvent): number {
  return (event.modifiers ?? []).reduce((bits, name) => bits | (modifierBits[name.toLowerCase()] ?? 0), 0)
}

export function isKeyboardEvent(event: InputEvent): event is KeyboardInputEvent {
  return (
    event.type === 'keyDown' || event.type === 'keyUp' || event.type === 'char' || event.type === 'rawKeyDown'
  )
}

/** As DevTools wants a key event. */
export function keyCommand(event: KeyboardInputEvent): Protocol.Input.DispatchKeyEventRequest {
  const modifiers = modifiersOf(event)
  const { key, code, keyCode, text, location } = keyOf(event.keyCode)
  const isShifted = (modifiers & 8) !== 0
  const shown = isShifted && /^[a-z]$/.test(key) ? key.toUpperCase() : key
  if (event.type === 'char') return { type: 'char', text: text ?? event.keyCode, modifiers }
  return {
    // Electron's keyDown makes no text of its own: a `char` event follows it.
    type: event.type === 'keyUp' ? 'keyUp' : 'rawKeyDown',
    key: shown,
    code,
    windowsVirtualKeyCode: keyCode,
    nativeVirtualKeyCode: keyCode,
    modifiers,
    ...(location === undefined ? {} : { location }),
  }
}

/** What `before-input-event` tells its listeners. */
export function inputOf(command: Protocol.Input.DispatchKeyEventRequest): Input {
  const modifiers = command.modifiers ?? 0
  return {
    type: command.type === 'keyUp' ? 'keyUp' : 'keyDown',
    key: command.key ?? '',
    code: command.code ?? '',
    isAutoRepeat: command.autoRepeat ?? false,
    isComposing: false,
    shift: (modifiers & 8) !== 0,
    control: (modifiers & 2) !== 0,
    alt: (modifiers & 1) !== 0,
    meta: (modifiers & 4) !== 0,
    location: command.location ?? 0,
    modifiers: ['alt', 'control', 'meta', 'shift'].filter((_, bit) => (modifiers & (1 << bit)) !== 0),
  }
}

const mouseTypes = {
  mouseDown: 'mousePressed',
  mouseUp: 'mouseReleased',
  mouseMove: 'mouseMoved',
  mouseEnter: 'mouseMoved',
  mouseLeave: 'mouseMoved',
  contextMenu: 'mousePressed',
  mouseWheel: 'mouseWheel',
} as const

/** As DevTools wants a mouse event. */
export function mouseCommand(
  event: MouseInputEvent | MouseWheelInputEvent,
): Protocol.Input.DispatchMouseEventRequest {
  const button = 'button' in event && event.button ? event.button : 'left'
  const type = mouseTypes[event.type as keyof typeof mouseTypes] ?? 'mouseMoved'
  const wheel = event.type === 'mouseWheel' ? (event as MouseWheelInputEvent) : null
  return {
    type,
    x: event.x,
    y: event.y,
    modifiers: modifiersOf(event),
    ...(type === 'mousePressed' || type === 'mouseReleased'
      ? { button, clickCount: 'clickCount' in event ? (event.clickCount ?? 1) : 1 }
      : {}),
    // Electron's deltas point the other way round than the page's.
    ...(wheel ? { deltaX: -(wheel.deltaX ?? 0), deltaY: -(wheel.deltaY ?? 0) } : {}),
  }
}
