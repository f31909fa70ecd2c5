import type { FaceKeyInput } from '../main/face.ts'
import type { KeyMessage } from './wire.ts'

const alt = 1
const control = 2
const meta = 4
const shift = 8

/** A key as Electron's before-input-event tells of it. Pure. */
export function inputOf(message: KeyMessage): FaceKeyInput {
  const has = (bit: number): boolean => (message.modifiers & bit) !== 0
  const modifiers = [
    ...(has(shift) ? ['shift'] : []),
    ...(has(control) ? ['control'] : []),
    ...(has(alt) ? ['alt'] : []),
    ...(has(meta) ? ['meta'] : []),
    ...(message.location === 3 ? ['iskeypad'] : []),
    ...(message.isAutoRepeat ? ['isautorepeat'] : []),
    ...(message.location === 1 ? ['left'] : []),
    ...(message.location === 2 ? ['right'] : []),
  ]
  return {
    type: message.type === 'down' ? 'keyDown' : 'keyUp',
    key: message.key,
    code: message.code,
    isAutoRepeat: message.isAutoRepeat,
    isComposing: message.isComposing,
    shift: has(shift),
    control: has(control),
    alt: has(alt),
    meta: has(meta),
    location: message.location,
    modifiers,
  }
}
