import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import type { TabState } from '../../contracts/browser.ts'
import { groupHue } from '../../contracts/group-hue.ts'
import type { TabSound } from '../media/media-words.ts'
import { Tab } from './tab.tsx'
import { type TabAction, TabMenu } from './tab-menu.tsx'
import { dropPosition, focusAfterKey } from './tab-movement.ts'
import { tabRuns } from './tab-runs.ts'
import { useOverflow } from './use-overflow.ts'

export interface TabStripProps {
  tabs: readonly TabState[]
  activeTabId: string | null
  /** Share of its memory limit by tab, while something samples. */
  memoryShares: ReadonlyMap<string, number>
  /** How tabs sound that are not silent. */
  sounds: ReadonlyMap<string, TabSound>
  /** True for a window without a native frame: free space moves the window. */
  isFrameless: boolean
  /** Before the first tab. */
  organiser?: ReactNode
  windowControls?: ReactNode
  onNewTab(): void
  onActivate(tabId: string): void
  onClose(tabId: string): void
  onMove(tabId: string, position: number): void
  onMute(tabId: string, isMuted: boolean): void
  hasPreviews: boolean
  onHover(tabId: string, slot: HTMLElement | null): void
  /** Something of a tab's menu, other than muting. */
  onAction(tabId: string, action: TabAction): void
}

/**
 * The tabs of a window. Arrows move the focus and Enter shows the tab, so that walking along the strip does not start
 * every page on the way; Delete closes, Ctrl+Shift+PageUp and PageDown move.
 */
export function TabStrip(props: TabStripProps) {
  const { tabs, activeTabId } = props
  const list = useRef<HTMLDivElement>(null)
  const elements = useRef(new Map<string, HTMLDivElement>())
  const [focusedId, setFocusedId] = useState<string | null>(null)
  /** The tab whose menu is open. */
  const [menuId, setMenuId] = useState<string | null>(null)
  const menuElement = useRef<HTMLElement | null>(null)
  const menuTab = tabs.find(tab => tab.id === menuId)
  const [dragged, setDragged] = useState<string | null>(null)
  const [drop, setDrop] = useState<{ tabId: string; side: 'before' | 'after' } | null>(null)
  const overflow = useOverflow(list, tabs.length)
  const ids = tabs.map(tab => tab.id)
  const inOrder = focusedId !== null && ids.includes(focusedId) ? focusedId : (activeTabId ?? ids[0] ?? null)

  useEffect(() => {
    if (activeTabId === null) return
    elements.current.get(activeTabId)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [activeTabId])

  const focus = (tabId: string) => {
    setFocusedId(tabId)
    elements.current.get(tabId)?.focus()
  }

  const onKeyDown = (event: KeyboardEvent, tabId: string) => {
    const position = ids.indexOf(tabId)
    if (event.ctrlKey && event.shiftKey && (event.key === 'PageUp' || event.key === 'PageDown')) {
      const target = position + (event.key === 'PageUp' ? -1 : 1)
      if (target >= 0 && target < ids.length) props.onMove(tabId, target)
    } else if (event.key === 'Enter' || event.key === ' ') {
      props.onActivate(tabId)
    } else if (event.key.toLowerCase() === 'm' && !event.ctrlKey && !event.altKey && !event.metaKey) {
      props.onMute(tabId, props.sounds.get(tabId) !== 'muted')
    } else if (event.key === 'Delete') {
      const neighbour = ids[position + 1] ?? ids[position - 1]
      props.onClose(tabId)
      if (neighbour !== undefined) focus(neighbour)
    } else {
      const next = focusAfterKey(event.key, position, ids.length)
      const nextId = next === null ? undefined : ids[next]
      if (nextId === undefined) return
      focus(nextId)
    }
    event.preventDefault()
    event.stopPropagation()
  }

  const sideOf = (event: DragEvent): 'before' | 'after' => {
    const box = event.currentTarget.getBoundingClientRect()
    return event.clientX < box.left + box.width / 2 ? 'before' : 'after'
  }

  const tabElement = (tab: TabState) => {
    const position = ids.indexOf(tab.id)
    return (
      <Tab
        key={tab.id}
        tab={tab}
        isActive={tab.id === activeTabId}
        isInTabOrder={tab.id === inOrder}
        sound={props.sounds.get(tab.id) ?? 'silent'}
        memoryShare={props.memoryShares.get(tab.id) ?? null}
        dropSide={drop?.tabId === tab.id && dragged !== tab.id ? drop.side : null}
        tabRef={element => {
          if (element === null) elements.current.delete(tab.id)
          else elements.current.set(tab.id, element)
        }}
        onActivate={() => {
          setFocusedId(null)
          if (tab.id !== activeTabId) props.onActivate(tab.id)
        }}
        onClose={() => props.onClose(tab.id)}
        onMenu={() => {
          menuElement.current = elements.current.get(tab.id) ?? null
          setMenuId(tab.id)
        }}
        hasPreview={props.hasPreviews && tab.id !== activeTabId && tab.content.kind === 'page'}
        onHover={slot => props.onHover(tab.id, slot)}
        onMute={isMuted => props.onMute(tab.id, isMuted)}
        onKeyDown={event => onKeyDown(event, tab.id)}
        onDragStart={event => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', tab.url)
          setDragged(tab.id)
        }}
        onDragOver={event => {
          if (dragged === null) return
          event.preventDefault()
          const side = sideOf(event)
          if (drop?.tabId !== tab.id || drop.side !== side) setDrop({ tabId: tab.id, side })
        }}
        onDrop={event => {
          event.preventDefault()
          if (dragged === null) return
          const target = dropPosition(ids.indexOf(dragged), position, sideOf(event))
          if (target !== null) props.onMove(dragged, target)
        }}
        onDragEnd={() => {
          setDragged(null)
          setDrop(null)
        }}
      />
    )
  }

  return (
    <div className="nx-tabs" data-frameless={props.isFrameless || undefined}>
      {/* the tabs stand in slots beside their close buttons; aria-owns makes them children of the list for readers */}
      <div role="tablist" aria-label="Tabs" aria-owns={ids.map(id => `tab-${id}`).join(' ') || undefined} />
      {props.organiser}
      {overflow.isOverflowing && (
        <button
          type="button"
          className="nx-ib nx-ib--s"
          aria-label="Earlier tabs"
          disabled={overflow.isAtStart}
          onClick={() => overflow.scrollBy(-1)}
        >
          <ChevronLeft className="i" />
        </button>
      )}
      <div className="nx-tabs__list" ref={list}>
        {tabRuns(tabs).map(run =>
          run.group === null ? (
            run.tabs.map(tabElement)
          ) : (
            <fieldset
              className="nx-tabgroup"
              data-hue={groupHue(run.group)}
              key={run.group}
              aria-label={`${run.group}, ${run.tabs.length} tabs`}
            >
              <span className="nx-tabgroup__label" aria-hidden="true">
                {run.group}
              </span>
              {run.tabs.map(tabElement)}
            </fieldset>
          ),
        )}
      </div>
      {overflow.isOverflowing && (
        <button
          type="button"
          className="nx-ib nx-ib--s"
          aria-label="Later tabs"
          disabled={overflow.isAtEnd}
          onClick={() => overflow.scrollBy(1)}
        >
          <ChevronRight className="i" />
        </button>
      )}
      <button
        type="button"
        className="nx-ib"
        aria-label="New tab"
        title="New tab (Ctrl+T)"
        onClick={props.onNewTab}
      >
        <Plus className="i" />
      </button>
      {props.windowControls}
      {menuTab !== undefined && (
        <TabMenu
          tab={menuTab}
          isActive={menuTab.id === activeTabId}
          tabs={tabs}
          sound={props.sounds.get(menuTab.id) ?? 'silent'}
          tabElement={menuElement}
          onAction={action => {
            if (action.kind === 'mute') props.onMute(menuTab.id, action.isMuted)
            else props.onAction(menuTab.id, action)
          }}
          onClose={() => setMenuId(null)}
        />
      )}
    </div>
  )
}
