/** A key stroke, as `before-input-event` tells of it. */
export interface KeyStroke {
  readonly type: string
  readonly key: string
  readonly code: string
  readonly control: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly meta: boolean
}

/** What an accelerator such as `CmdOrCtrl+Shift+Z` stands for. */
export interface ParsedAccelerator {
  readonly control: boolean
  readonly shift: boolean
  readonly alt: boolean
  readonly meta: boolean
  /** Lower case: a letter, a digit, a sign, or one of the names below. */
  readonly key: string
}

type Modifier = 'control' | 'shift' | 'alt' | 'meta'

const modifiers: Readonly<Record<string, Modifier>> = {
  command: 'meta',
  cmd: 'meta',
  control: 'control',
  ctrl: 'control',
  commandorcontrol: 'control',
  cmdorctrl: 'control',
  alt: 'alt',
  option: 'alt',
  altgr: 'alt',
  shift: 'shift',
  super: 'meta',
  meta: 'meta',
}

/** Names of keys to what DOM's `KeyboardEvent.key` says, in lower case. */
const namedKeys: Readonly<Record<string, string>> = {
  plus: '+',
  space: ' ',
  tab: 'tab',
  capslock: 'capslock',
  numlock: 'numlock',
  scrolllock: 'scrolllock',
  backspace: 'backspace',
  delete: 'delete',
  insert: 'insert',
  return: 'enter',
  enter: 'enter',
  up: 'arrowup',
  down: 'arrowdown',
  left: 'arrowleft',
  right: 'arrowright',
  home: 'home',
  end: 'end',
  pageup: 'pageup',
  pagedown: 'pagedown',
  escape: 'escape',
  esc: 'escape',
  volumeup: 'audiovolumeup',
  volumedown: 'audiovolumedown',
  volumemute: 'audiovolumemute',
  medianexttrack: 'mediatracknext',
  mediaprevioustrack: 'mediatrackprevious',
  mediastop: 'mediastop',
  mediaplaypause: 'mediaplaypause',
  printscreen: 'printscreen',
}

/** Keys of the number block are told apart by their place. */
const numpadCodes: Readonly<Record<string, string>> = {
  numdec: 'numpaddecimal',
  numadd: 'numpadadd',
  numsub: 'numpadsubtract',
  nummult: 'numpadmultiply',
  numdiv: 'numpaddivide',
  ...Object.fromEntries(Array.from({ length: 10 }, (_, digit) => [`num${digit}`, `numpad${digit}`])),
}

/** Signs that need Shift on a common keyboard, and the key they are on. */
const shiftedSigns = '~!@#$%^&*()_+{}|:"<>?'
const codeOfSign: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...')!@#$%^&*('].map((sign, digit) => [sign, `digit${digit}`])),
  '`': 'backquote',
  '~': 'backquote',
  '-': 'minus',
  _: 'minus',
  '=': 'equal',
  '+': 'equal',
  '[': 'bracketleft',
  '{': 'bracketleft',
  ']': 'bracketright',
  '}': 'bracketright',
  '\\': 'backslash',
  '|': 'backslash',
  ';': 'semicolon',
  ':': 'semicolon',
  "'": 'quote',
  '"': 'quote',
  ',': 'comma',
  '<': 'comma',
  '.': 'period',
  '>': 'period',
  '/': 'slash',
  '?': 'slash',
}

/** null for text that is no accelerator. */
export function parseAccelerator(text: string): ParsedAccelerator | null {
  // `Ctrl++` is the plus key; any other empty part is a mistake.
  const parts = text.replace(/\+\+$/, '+plus').split('+')
  const pressed = { control: false, shift: false, alt: false, meta: false }
  let key: string | null = null
  for (const part of parts) {
    const name = part.trim().toLowerCase()
    const modifier = modifiers[name]
    if (modifier) pressed[modifier] = true
    else if (key !== null) return null
    else key = keyOf(name)
    if (!modifier && key === null) return null
  }
  return key === null ? null : { ...pressed, key }
}

function keyOf(name: string): string | null {
  const named = namedKeys[name]
  if (named !== undefined) return named
  if (name in numpadCodes || /^f([1-9]|1\d|2[0-4])$/.test(name) || /^[\x21-\x7e]$/.test(name)) return name
  return null
}

/** True when the key stroke is that accelerator. */
export function isAcceleratorPressed(accelerator: ParsedAccelerator, stroke: KeyStroke): boolean {
  if (stroke.type !== 'keyDown' && stroke.type !== 'rawKeyDown') return false
  const { control, shift, alt, meta, key } = accelerator
  if (stroke.control !== control || stroke.alt !== alt || stroke.meta !== meta) return false
  const pressedKey = stroke.key.toLowerCase()
  const pressedCode = stroke.code.toLowerCase()
  const numpadCode = numpadCodes[key]
  if (numpadCode) return stroke.shift === shift && pressedCode === numpadCode
  if (shiftedSigns.includes(key) && !shift)
    // The sign itself was typed, with whatever it takes on this keyboard.
    return pressedKey === key || (stroke.shift && pressedCode === codeOfSign[key])
  if (stroke.shift !== shift) return false
  if (pressedKey === key) return true
  // With Shift, or on a keyboard of another script, the place of the key decides.
  if (/^[a-z]$/.test(key)) return pressedCode === `key${key}` && !/^[a-z]$/.test(pressedKey)
  if (/^\d$/.test(key)) return pressedCode === `digit${key}`
  return pressedCode !== '' && pressedCode === codeOfSign[key]
}
