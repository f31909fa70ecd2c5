import { CircleAlert, CircleX, EyeOff, Hourglass, Moon, PanelTop, Volume2, VolumeX, X } from 'lucide-react'
import type { DragEvent, KeyboardEvent, Ref } from 'react'
import type { TabState } from '../../contracts/browser.ts'
import type { TabSound } from '../media/media-words.ts'
import { shortHost } from '../omnibox/address.ts'
import { type GaugeLevel, gaugeLevel } from '../processes/gauge.tsx'
import { SiteIcon } from './site-icon.tsx'
import { type TabMark, tabMark, tabName, tabTitle } from './tab-words.ts'

export interface TabProps {
  tab: TabState
  isActive: boolean
  /** The one tab that Tab reaches; arrows move between the others. */
  isInTabOrder: boolean
  /** Share of the memory limit of its process, 0 to 1, or null while nothing samples. */
  memoryShare: number | null
  sound: TabSound
  dropSide: 'before' | 'after' | null
  tabRef: Ref<HTMLDivElement>
  onActivate(): void
  onClose(): void
  onMute(isMuted: boolean): void
  /** Whether it is shown in small under the pointer, which says more than its title. */
  hasPreview: boolean
  /** The pointer came or left; the element is the tab's place in the strip. */
  onHover(slot: HTMLElement | null): void
  onMenu(): void
  onKeyDown(event: KeyboardEvent): void
  onDragStart(event: DragEvent): void
  onDragOver(event: DragEvent): void
  onDrop(event: DragEvent): void
  onDragEnd(): void
}

/** Below this share a resting tab shows no gauge. */
const quietShare = 0.6

export function Tab(props: TabProps) {
  const { tab } = props
  const mark = tabMark(tab)
  const level: GaugeLevel = props.memoryShare === null ? 'off' : gaugeLevel(props.memoryShare)
  const hasGauge = props.memoryShare !== null && (props.isActive || props.memoryShare > quietShare)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging and the middle button are extras of the pointer; keys do the same on the tab
    <div
      className="nx-tabslot"
      data-drop={props.dropSide ?? undefined}
      data-pinned={tab.isPinned || undefined}
      data-private={tab.isPrivate || undefined}
      title={props.hasPreview ? undefined : tab.url === '' ? tabTitle(tab) : `${tabTitle(tab)}\n${tab.url}`}
      draggable
      onPointerEnter={event => props.onHover(event.currentTarget)}
      onPointerLeave={() => props.onHover(null)}
      onPointerDownCapture={() => props.onHover(null)}
      onDragStart={props.onDragStart}
      onDragOver={props.onDragOver}
      onDrop={props.onDrop}
      onDragEnd={props.onDragEnd}
      onContextMenu={event => {
        event.preventDefault()
        props.onMenu()
      }}
      onAuxClick={event => {
        if (event.button === 1) props.onClose()
      }}
    >
      <div
        className="nx-tab"
        role="tab"
        id={`tab-${tab.id}`}
        ref={props.tabRef}
        aria-selected={props.isActive}
        aria-label={tabName(tab, props.sound)}
        aria-keyshortcuts="Delete Shift+F10"
        aria-controls={props.isActive ? 'page-area' : undefined}
        aria-busy={mark === 'loading' || undefined}
        tabIndex={props.isInTabOrder ? 0 : -1}
        data-sound={props.sound === 'silent' ? undefined : props.sound}
        data-state={mark === 'crashed' || mark === 'waiting' || mark === 'sleeping' ? mark : undefined}
        onPointerDown={event => {
          if (event.button === 0) props.onActivate()
        }}
        onClick={props.onActivate}
        onKeyDown={props.onKeyDown}
      >
        <span className="nx-tab__icon" data-kind={mark}>
          <TabIcon tab={tab} mark={mark} />
        </span>
        {tab.isPrivate && <EyeOff className="i i-s nx-tab__private" />}
        <span className="nx-tab__title">{tabTitle(tab)}</span>
        {mark === 'sleeping' && (
          <span className="nx-tab__mark" title="Sleeping: its memory is free for others">
            <Moon className="i i-s" />
          </span>
        )}
      </div>
      <button
        type="button"
        className="nx-tab__close"
        tabIndex={-1}
        aria-label={`Close ${tabTitle(tab)}`}
        onClick={props.onClose}
      >
        <X className="i i-s" />
      </button>
      {props.sound !== 'silent' && (
        <button
          type="button"
          className="nx-tab__sound"
          tabIndex={-1}
          aria-label={`${props.sound === 'muted' ? 'Unmute' : 'Mute'} ${tabTitle(tab)}`}
          onClick={() => props.onMute(props.sound !== 'muted')}
        >
          {props.sound === 'muted' ? <VolumeX className="i i-s" /> : <Volume2 className="i i-s" />}
        </button>
      )}
      {hasGauge && (
        <span className="nx-tab__gauge" data-level={level} aria-hidden="true">
          <i style={{ width: `${Math.min(100, Math.round((props.memoryShare ?? 0) * 100))}%` }} />
        </span>
      )}
    </div>
  )
}

function TabIcon({ tab, mark }: { tab: TabState; mark: TabMark }) {
  switch (mark) {
    case 'loading':
      return <span className="nx-spin" />
    case 'crashed':
      return <CircleX className="i" />
    case 'waiting':
      return <Hourglass className="i" />
    case 'problem':
      return <CircleAlert className="i t3" />
    case 'none':
    case 'sleeping':
      if (tab.content.kind === 'newTab') return <PanelTop className="i t3" />
      return <SiteIcon site={tab.site ?? shortHost(tab.url)} iconDataUrl={tab.iconDataUrl} />
  }
}
