import { LayoutGrid } from 'lucide-react'
import { useMemo } from 'react'
import type { WindowState } from '../../contracts/browser.ts'
import type { MediaState } from '../../contracts/media-for-chrome.ts'
import { soundOf, type TabSound } from '../media/media-words.ts'
import { usePreviews } from '../overview/use-previews.ts'
import { type ProcessWatch, useMemoryShares } from '../processes/process-watch.ts'
import type { BrowserLink } from '../system/browser-link.ts'
import type { Browser } from '../system/use-browser.ts'
import { Organiser } from '../tabs/organiser.tsx'
import { TabStrip } from '../tabs/tab-strip.tsx'
import type { OpenParts } from './use-open-parts.ts'
import type { WindowActions } from './use-window-actions.ts'
import { WindowControls } from './window-controls.tsx'

/** The tab strip with what stands at its ends. */
export function WindowTabs(props: {
  link: BrowserLink
  browser: Browser
  state: WindowState
  watch: ProcessWatch
  playing: MediaState['tabs']
  parts: OpenParts
  actions: WindowActions
  isFrameless: boolean
}) {
  const { link, state, parts, actions } = props
  const { act, ask } = props.browser
  const memoryShares = useMemoryShares(props.watch)
  const sounds = useMemo(
    () => new Map<string, TabSound>(props.playing.map(media => [media.tabId, soundOf(media)])),
    [props.playing],
  )
  const preview = usePreviews(link, state.activeTabId)
  return (
    <TabStrip
      tabs={state.tabs}
      activeTabId={state.activeTabId}
      memoryShares={memoryShares}
      sounds={sounds}
      isFrameless={props.isFrameless}
      organiser={
        <>
          <button
            type="button"
            className="nx-ib nx-ib--s"
            id="open-overview"
            aria-label="All tabs"
            title="All tabs (Ctrl+Shift+Space)"
            aria-pressed={parts.surface === 'overview'}
            onClick={() => parts.toggleSurface('overview')}
          >
            <LayoutGrid className="i" />
          </button>
          <Organiser tabs={state.tabs} act={act} ask={ask} />
        </>
      }
      windowControls={
        props.isFrameless && !state.isFullScreen ? (
          <WindowControls onAction={action => act('windowControl', { action })} />
        ) : null
      }
      onNewTab={actions.newTab}
      onActivate={actions.showTab}
      onClose={id => act('closeTab', { tabId: id })}
      hasPreviews={state.settings.showsPreviews}
      onHover={preview}
      onMute={(id, isMuted) =>
        void link
          .area('media')
          .setTabMuted({ tabId: id, isMuted })
          .catch(() => {})
      }
      onMove={(id, position) => act('moveTab', { tabId: id, position })}
      onAction={(id, action) => {
        if (action.kind === 'mute') return
        actions.library.onTab(id, state.tabs.find(one => one.id === id)?.url ?? '', action)
      }}
    />
  )
}
