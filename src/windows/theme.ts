import { nativeTheme } from 'electron'
import type { Settings } from '../../contracts/storage.ts'

/** Tells the engine which colours the person chose, so that pages that ask for them get the same. */
export function applyTheme(theme: Settings['theme']): void {
  if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme
}
