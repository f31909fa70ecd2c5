import { useLayoutEffect, useRef } from 'react'
import { type Command, commandOf } from './shortcuts.ts'

/**
 * Shortcuts while the UI has the focus. Those pressed in a page come from the controller. A part that has used a key
 * itself stops it from coming here.
 */
export function useShortcuts(run: (command: Command) => boolean): void {
  const current = useRef(run)
  // layout effects: a key that is pressed right after the first paint must find its listener
  useLayoutEffect(() => {
    current.current = run
  })
  useLayoutEffect(() => {
    const isMac = navigator.platform.startsWith('Mac')
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const command = commandOf(event, isMac)
      if (command !== null && current.current(command)) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
