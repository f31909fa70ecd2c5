import { type RefObject, useRef, useState } from 'react'
import type { ProcessAction } from '../../contracts/processes.ts'
import type { TreeItem } from './process-tree.ts'
import { useProcesses } from './processes-context.tsx'
import { actionWords } from './row-actions.ts'
import type { VisibleRow } from './visible-rows.ts'

export interface RowCommands {
  /** What is to be said of the last command, for readers and beside the table; empty while there is nothing. */
  readonly said: string
  /** Whose menu is open; null while none is, and when its row has gone. */
  readonly menuItem: TreeItem | null
  readonly menuElement: RefObject<HTMLElement | null>
  /** Does it where the row offers it, and says so where it does not. */
  act(item: TreeItem | undefined, action: ProcessAction): void
  openMenu(rowId: string, element: HTMLElement | null): void
  closeMenu(): void
}

/** What is done with the rows of the grid. */
export function useRowCommands(rows: readonly VisibleRow[]): RowCommands {
  const { hands } = useProcesses()
  const [said, setSaid] = useState('')
  const [menuId, setMenuId] = useState<string | null>(null)
  const menuElement = useRef<HTMLElement | null>(null)
  return {
    said,
    menuItem: rows.find(row => row.item.id === menuId)?.item ?? null,
    menuElement,
    act: (item, action) => {
      const process = item?.process ?? null
      if (process === null) return
      if (process.actions.includes(action)) {
        setSaid('')
        hands.act(process, action)
      } else setSaid(`Nexus cannot ${actionWords(action, process)} now.`)
    },
    openMenu: (rowId, element) => {
      menuElement.current = element
      setMenuId(rowId)
    },
    closeMenu: () => {
      setMenuId(null)
      menuElement.current?.focus()
    },
  }
}
