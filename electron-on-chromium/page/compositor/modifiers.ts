import type { Modifiers } from '../../windowed/wire.ts'

/** The modifier keys of an event, in DevTools' bits. */
export function modifiersOf(event: MouseEvent | KeyboardEvent): Modifiers {
  return (event.altKey ? 1 : 0) | (event.ctrlKey ? 2 : 0) | (event.metaKey ? 4 : 0) | (event.shiftKey ? 8 : 0)
}
