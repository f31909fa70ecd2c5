import {
  Coffee,
  Copy,
  EyeOff,
  Moon,
  Pin,
  PinOff,
  RotateCcw,
  RotateCw,
  Star,
  Volume2,
  VolumeX,
  X,
} from 'lucide-react'
import { type ReactNode, type RefObject, useRef } from 'react'
import { Menu, MenuItem, Popover, Separator } from 'react-aria-components'
import type { TabState } from '../../contracts/browser.ts'
import type { TabSound } from '../media/media-words.ts'
import { usePageCover } from '../page-area/page-covers.tsx'
import { tabTitle } from './tab-words.ts'

/** What can be done with a tab besides showing, moving and closing it. */
export type TabAction =
  | { readonly kind: 'reload' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'pin'; readonly isPinned: boolean }
  | { readonly kind: 'mute'; readonly isMuted: boolean }
  | { readonly kind: 'sleep' }
  | { readonly kind: 'keepAwake'; readonly isKeptAwake: boolean }
  | { readonly kind: 'bookmark' }
  | { readonly kind: 'openPrivately' }
  | { readonly kind: 'close'; readonly tabIds: readonly string[] }
  | { readonly kind: 'reopen' }

export interface TabMenuProps {
  tab: TabState
  isActive: boolean
  tabs: readonly TabState[]
  sound: TabSound
  /** Where it hangs. */
  tabElement: RefObject<HTMLElement | null>
  onAction(action: TabAction): void
  onClose(): void
}

/** The menu of a tab, by the right button, Shift+F10 or the menu key. */
export function TabMenu(props: TabMenuProps) {
  const { tab, tabs, sound, onAction } = props
  const position = tabs.indexOf(tab)
  const isPage = tab.url !== ''
  const closable = tabs.filter(other => other !== tab && !other.isPinned)
  const after = closable.filter(other => tabs.indexOf(other) > position)
  const ids = (chosen: readonly TabState[]): string[] => chosen.map(({ id }) => id)
  return (
    <Popover
      className="nx-pop"
      triggerRef={props.tabElement}
      aria-label={`Menu of ${tabTitle(tab)}`}
      isOpen
      placement="bottom start"
      offset={4}
      containerPadding={8}
      onOpenChange={isOpen => {
        if (!isOpen) props.onClose()
      }}
    >
      <Contents>
        <Menu
          className="nx-menu"
          aria-label={`Tab ${tabTitle(tab)}`}
          autoFocus="first"
          onClose={props.onClose}
        >
          <Item
            icon={<RotateCw className="i" />}
            isDisabled={!isPage}
            onAction={() => onAction({ kind: 'reload' })}
          >
            Reload
          </Item>
          <Item icon={<Copy className="i" />} onAction={() => onAction({ kind: 'duplicate' })}>
            Duplicate
          </Item>
          <Item
            icon={tab.isPinned ? <PinOff className="i" /> : <Pin className="i" />}
            onAction={() => onAction({ kind: 'pin', isPinned: !tab.isPinned })}
          >
            {tab.isPinned ? 'Unpin' : 'Pin'}
          </Item>
          <Item
            icon={sound === 'muted' ? <Volume2 className="i" /> : <VolumeX className="i" />}
            isDisabled={!isPage}
            onAction={() => onAction({ kind: 'mute', isMuted: sound !== 'muted' })}
          >
            {sound === 'muted' ? 'Unmute' : 'Mute'}
          </Item>
          <Item
            icon={<Moon className="i" />}
            isDisabled={!isPage || tab.isAsleep || props.isActive}
            onAction={() => onAction({ kind: 'sleep' })}
          >
            Sleep now
          </Item>
          <Item
            icon={<Coffee className="i" />}
            isDisabled={!isPage}
            onAction={() => onAction({ kind: 'keepAwake', isKeptAwake: !tab.isKeptAwake })}
          >
            {tab.isKeptAwake ? 'Let it sleep' : 'Keep awake'}
          </Item>
          <Item
            icon={<Star className="i" />}
            isDisabled={!isPage}
            onAction={() => onAction({ kind: 'bookmark' })}
          >
            Bookmark this page
          </Item>
          <Item
            icon={<EyeOff className="i" />}
            isDisabled={!isPage || tab.isPrivate}
            onAction={() => onAction({ kind: 'openPrivately' })}
          >
            Open in a private tab
          </Item>
          <Separator className="nx-menu__line" />
          <Item icon={<X className="i" />} onAction={() => onAction({ kind: 'close', tabIds: [tab.id] })}>
            Close
          </Item>
          <Item
            isDisabled={closable.length === 0}
            onAction={() => onAction({ kind: 'close', tabIds: ids(closable) })}
          >
            Close other tabs
          </Item>
          <Item
            isDisabled={after.length === 0}
            onAction={() => onAction({ kind: 'close', tabIds: ids(after) })}
          >
            Close tabs to the right
          </Item>
          <Separator className="nx-menu__line" />
          <Item icon={<RotateCcw className="i" />} onAction={() => onAction({ kind: 'reopen' })}>
            Reopen closed tab
          </Item>
        </Menu>
      </Contents>
    </Popover>
  )
}

/** Keeps the page clear of the menu. */
function Contents({ children }: { children: ReactNode }) {
  const element = useRef<HTMLDivElement>(null)
  usePageCover(element, true)
  return <div ref={element}>{children}</div>
}

function Item(props: { icon?: ReactNode; children: string; isDisabled?: boolean; onAction(): void }) {
  return (
    <MenuItem
      className="nx-menu__item"
      textValue={props.children}
      isDisabled={props.isDisabled ?? false}
      onAction={props.onAction}
    >
      {props.icon ?? <span className="nx-menu__blank" />}
      <span>{props.children}</span>
    </MenuItem>
  )
}
