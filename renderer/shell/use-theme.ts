import { useLayoutEffect } from 'react'
import type { Settings } from '../../contracts/storage.ts'

/** Puts the chosen theme on the root; "system" leaves it to the style sheet. */
export function useTheme(theme: Settings['theme']): void {
  useLayoutEffect(() => {
    const root = document.documentElement
    if (theme === 'system') root.removeAttribute('data-theme')
    else root.setAttribute('data-theme', theme)
  }, [theme])
}
