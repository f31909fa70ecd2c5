import { ArrowDown, ArrowUp, Copy, ExternalLink, OctagonX, Pause, Play, RotateCcw, X } from 'lucide-react'
import type { RefObject } from 'react'
import { Menu, Popover, Separator } from 'react-aria-components'
import type { ProcessAction } from '../../contracts/processes.ts'
import { ClearOfPage, MenuEntry } from './menu-parts.tsx'
import type { TreeItem } from './process-tree.ts'
import { actionKeys, actionTitle, processActions } from './row-actions.ts'

export interface ProcessMenuProps {
  item: TreeItem
  /** Where it hangs. */
  rowElement: RefObject<HTMLElement | null>
  onAction(action: ProcessAction): void
  onShow(tabId: string): void
  onCopy(): void
  onClose(): void
}

/** The menu of a row, by the right button, Shift+F10 or the menu key: what can be done with the process now. */
export function ProcessMenu(props: ProcessMenuProps) {
  const { item, onAction } = props
  const { process } = item
  const [tabId] = process?.tabIds ?? []
  const offered = processActions.filter(action => process?.actions.includes(action))
  return (
    <Popover
      className="nx-pop"
      triggerRef={props.rowElement}
      aria-label={`Menu of ${item.name}`}
      isOpen
      placement="bottom start"
      offset={2}
      crossOffset={36}
      containerPadding={8}
      onOpenChange={isOpen => {
        if (!isOpen) props.onClose()
      }}
    >
      <ClearOfPage>
        <Menu className="nx-menu" aria-label={item.name} autoFocus="first" onClose={props.onClose}>
          {tabId !== undefined && (
            <MenuEntry
              icon={<ExternalLink className="i" />}
              keys="Enter"
              onAction={() => props.onShow(tabId)}
            >
              Show tab
            </MenuEntry>
          )}
          <MenuEntry icon={<Copy className="i" />} keys="Ctrl+C" onAction={props.onCopy}>
            Copy row
          </MenuEntry>
          {offered.length > 0 && <Separator className="nx-menu__line" />}
          {process !== null &&
            offered.map(action => (
              <MenuEntry
                key={action}
                icon={<ActionIcon action={action} />}
                keys={actionKeys(action)}
                onAction={() => onAction(action)}
              >
                {actionTitle(action, process)}
              </MenuEntry>
            ))}
        </Menu>
      </ClearOfPage>
    </Popover>
  )
}

export function ActionIcon({ action }: { action: ProcessAction }) {
  switch (action) {
    case 'end':
      return <X className="i" />
    case 'forceEnd':
      return <OctagonX className="i" />
    case 'suspend':
      return <Pause className="i" />
    case 'resume':
      return <Play className="i" />
    case 'restart':
      return <RotateCcw className="i" />
    case 'raisePriority':
      return <ArrowUp className="i" />
    case 'lowerPriority':
      return <ArrowDown className="i" />
  }
}
