import { Folder, FolderOpen } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, useRef, useState } from 'react'
import type { FolderRow } from './bookmark-tree.ts'

export interface FolderListProps {
  folders: readonly FolderRow[]
  shownId: string | null
  /** Something that could be put into a folder is being dragged. */
  isDragging: boolean
  onShow(folderId: string): void
  onDropInto(folderId: string): void
}

/** The folders as a tree. Arrows move among them and show them, as in any tree whose branches are all open. */
export function FolderList(props: FolderListProps) {
  const { folders, shownId } = props
  const list = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState<string | null>(null)
  const inOrder = folders.some(({ id }) => id === shownId) ? shownId : (folders[0]?.id ?? null)
  const onKeyDown = (event: KeyboardEvent, position: number) => {
    const depth = folders[position]?.depth ?? 0
    const parent = folders.slice(0, position).findLastIndex(folder => folder.depth < depth)
    const child = (folders[position + 1]?.depth ?? 0) > depth ? position + 1 : position
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: position + 1,
      ArrowUp: position - 1,
      ArrowLeft: parent,
      ArrowRight: child,
      Home: 0,
      End: folders.length - 1,
    }
    const target = targets[event.key]
    const folder = target === undefined ? undefined : folders[target]
    if (folder === undefined) return
    event.preventDefault()
    props.onShow(folder.id)
    list.current?.querySelector<HTMLElement>(`[data-folder="${CSS.escape(folder.id)}"]`)?.focus()
  }
  return (
    <div className="nx-folders" role="tree" aria-label="Folders" ref={list}>
      {folders.map((folder, position) => (
        <div
          role="treeitem"
          className="nx-folders__item"
          key={folder.id}
          data-folder={folder.id}
          data-depth={Math.min(folder.depth, 6)}
          data-over={(props.isDragging && over === folder.id) || undefined}
          aria-level={folder.depth + 1}
          aria-selected={folder.id === shownId}
          tabIndex={folder.id === inOrder ? 0 : -1}
          onClick={() => props.onShow(folder.id)}
          onKeyDown={event => onKeyDown(event, position)}
          onDragOver={(event: DragEvent) => {
            if (!props.isDragging) return
            event.preventDefault()
            setOver(folder.id)
          }}
          onDragLeave={() => setOver(null)}
          onDrop={(event: DragEvent) => {
            event.preventDefault()
            setOver(null)
            if (props.isDragging) props.onDropInto(folder.id)
          }}
        >
          {folder.id === shownId ? <FolderOpen className="i" /> : <Folder className="i" />}
          <span className="ell">{folder.title}</span>
        </div>
      ))}
    </div>
  )
}
