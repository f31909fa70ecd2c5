import { type RefObject, useRef, useState } from 'react'
import type { ProcessAction } from '../../contracts/processes.ts'
import type { TreeItem } from './process-tree.ts'
import { useProcesses } from './processes-context.tsx'
import type { VisibleRow } from './visible-rows.ts'

export interface RowCommands {
  /** Whose menu is open; null while none is, and when its row has gone. */
  readonly menuItem: TreeItem | null
  readonly menuElement: RefObject<HTMLElement | null>
  /** Asks for it, also where the row does not offer it: then the answer says why not. */
  act(item: TreeItem | undefined, action: ProcessAction): void
  openMenu(rowId: string, element: HTMLElement | null): void
  closeMenu(): void
}

/** What is done with the rows of the grid. */
export function useRowCommands(rows: readonly VisibleRow[]): RowCommands {
  const { hands } = useProcesses()
  const [menuId, setMenuId] = useState<string | null>(null)
  const menuElement = useRef<HTMLElement | null>(null)
  return {
    menuItem: rows.find(row => row.item.id === menuId)?.item ?? null,
    menuElement,
    act: (item, action) => {
      if (item?.process != null) hands.act(item.process, action)
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
