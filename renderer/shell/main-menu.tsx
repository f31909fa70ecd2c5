import {
  AudioLines,
  Bookmark,
  Download,
  EyeOff,
  Globe,
  History,
  LayoutGrid,
  ListTree,
  Map as MapIcon,
  Menu as MenuIcon,
  Monitor,
  Network,
  Plus,
  RotateCcw,
  ScanText,
  ServerCrash,
  Settings2,
} from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import type { Surface } from '../../contracts/compositor.ts'
import { usePageCover } from '../page-area/page-covers.tsx'
import type { CoverKind } from './covers.tsx'

export interface MainMenuProps {
  canAnalyze: boolean
  onNewTab(): void
  onNewPrivateTab(): void
  onReopenTab(): void
  onAnalyze(): void
  onHistory(): void
  onCover(kind: CoverKind): void
  onSurface(surface: Surface): void
  onProcesses(): void
  onSettings(): void
}

/** The menu hangs from the toolbar; the page makes room below it while it is open. */
export function MainMenu(props: MainMenuProps) {
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    // a click into the page goes to another process; all that is seen of it here is that the focus left
    const close = () => setIsOpen(false)
    window.addEventListener('blur', close)
    return () => window.removeEventListener('blur', close)
  }, [])
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
      <Button className="nx-ib" id="open-menu" aria-label="Menu">
        <MenuIcon className="i" />
      </Button>
      <Popover className="nx-pop" placement="bottom end" offset={6} containerPadding={8}>
        <MenuContents {...props} />
      </Popover>
    </MenuTrigger>
  )
}

function MenuContents(props: MainMenuProps) {
  const element = useRef<HTMLDivElement>(null)
  usePageCover(element, true)
  return (
    <div ref={element}>
      <Menu className="nx-menu" aria-label="Nexus">
        <Item icon={<Plus className="i" />} keys="Ctrl+T" onAction={props.onNewTab}>
          New tab
        </Item>
        <Item icon={<EyeOff className="i" />} keys="Ctrl+Shift+N" onAction={props.onNewPrivateTab}>
          New private tab
        </Item>
        <Item icon={<RotateCcw className="i" />} keys="Ctrl+Shift+T" onAction={props.onReopenTab}>
          Reopen closed tab
        </Item>
        <Separator className="nx-menu__line" />
        <Item
          icon={<LayoutGrid className="i" />}
          keys="Ctrl+Shift+Space"
          onAction={() => props.onSurface('overview')}
        >
          All tabs
        </Item>
        <Item icon={<MapIcon className="i" />} keys="Ctrl+Shift+M" onAction={() => props.onSurface('map')}>
          Map of what you read
        </Item>
        <Separator className="nx-menu__line" />
        <Item
          icon={<ScanText className="i" />}
          keys="Ctrl+Shift+A"
          onAction={props.onAnalyze}
          isDisabled={!props.canAnalyze}
        >
          Analyse this page
        </Item>
        <Item icon={<History className="i" />} keys="Ctrl+H" onAction={props.onHistory}>
          History
        </Item>
        <Item
          icon={<Bookmark className="i" />}
          keys="Ctrl+Shift+O"
          onAction={() => props.onCover('bookmarks')}
        >
          Bookmarks
        </Item>
        <Item icon={<Download className="i" />} keys="Ctrl+J" onAction={() => props.onCover('downloads')}>
          Downloads
        </Item>
        <Item icon={<Globe className="i" />} onAction={() => props.onCover('sites')}>
          Sites
        </Item>
        <Item icon={<AudioLines className="i" />} onAction={() => props.onCover('media')}>
          Media
        </Item>
        <Separator className="nx-menu__line" />
        <Item icon={<ListTree className="i" />} keys="Shift+Esc" onAction={props.onProcesses}>
          Processes
        </Item>
        <Item icon={<Network className="i" />} keys="Ctrl+Shift+E" onAction={() => props.onCover('network')}>
          Network
        </Item>
        <Item icon={<Monitor className="i" />} onAction={() => props.onCover('graphics')}>
          Graphics
        </Item>
        <Item icon={<ServerCrash className="i" />} onAction={() => props.onCover('crashes')}>
          Crashes
        </Item>
        <Separator className="nx-menu__line" />
        <Item icon={<Settings2 className="i" />} keys="Ctrl+," onAction={props.onSettings}>
          Settings
        </Item>
      </Menu>
    </div>
  )
}

function Item(props: {
  icon: ReactNode
  keys?: string
  children: string
  isDisabled?: boolean
  onAction(): void
}) {
  return (
    <MenuItem
      className="nx-menu__item"
      textValue={props.children}
      onAction={props.onAction}
      isDisabled={props.isDisabled ?? false}
    >
      {props.icon}
      <span>{props.children}</span>
      {props.keys !== undefined && <kbd className="nx-kbd">{props.keys}</kbd>}
    </MenuItem>
  )
}
