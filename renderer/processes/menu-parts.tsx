import { type ReactNode, useRef } from 'react'
import { MenuItem } from 'react-aria-components'
import { usePageCover } from '../page-area/page-covers.tsx'

/** Keeps the page clear of what it holds: a page is drawn by another process, over everything drawn here. */
export function ClearOfPage({ children }: { children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null)
  usePageCover(element, true)
  return <div ref={element}>{children}</div>
}

export function MenuEntry(props: {
  icon: ReactNode
  /** The keys that do the same without the menu. */
  keys?: string | null
  children: string
  onAction(): void
}) {
  return (
    <MenuItem className="nx-menu__item" textValue={props.children} onAction={props.onAction}>
      {props.icon}
      <span>{props.children}</span>
      {props.keys != null && <kbd className="nx-kbd">{props.keys}</kbd>}
    </MenuItem>
  )
}
