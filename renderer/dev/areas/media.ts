import { areaContracts } from '../../../contracts/areas.ts'
import type { MediaTab } from '../../../contracts/media-for-chrome.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'

/** Tabs of the fixture that play something: the one of the essay is silent. */
function playingTabs(): MediaTab[] {
  const none = {
    artworkDataUrl: null,
    isTabMuted: false,
    isSiteMuted: false,
    autoplay: null,
    gainDecibels: null,
  }
  return [
    {
      ...none,
      tabId: 'tab:2',
      title: 'The night tide',
      artist: 'Harbour Quartet',
      album: 'Low water',
      site: 'tidewatch.example',
      isPlaying: true,
      isAudible: true,
      durationSeconds: 252,
      positionSeconds: 61,
      canSeek: true,
      hasNext: true,
      hasPrevious: false,
      gainDecibels: -4.2,
    },
    {
      ...none,
      tabId: 'tab:3',
      title: '',
      artist: '',
      album: '',
      site: 'videolab.example',
      isPlaying: false,
      isAudible: false,
      isTabMuted: true,
      durationSeconds: null,
      positionSeconds: 5,
      canSeek: false,
      hasNext: false,
      hasPrevious: false,
    },
  ]
}

/** The area "media", made up. */
export function serveMediaFixture(endpoint: Endpoint): void {
  let tabs = playingTabs()
  const change = (tabId: string, changes: Partial<MediaTab>): void => {
    tabs = tabs.map(tab => (tab.tabId === tabId ? { ...tab, ...changes } : tab))
    endpoint.announce(areaContracts.media, 'changed', { tabs })
  }
  endpoint.serve(areaContracts.media, {
    state: () => ({ tabs }),
    watch: () => ({}),
    unwatch: () => ({}),
    act: ({ tabId, action }) => {
      if (action.kind === 'play' || action.kind === 'pause') {
        const isPlaying = action.kind === 'play'
        change(tabId, { isPlaying, isAudible: isPlaying })
      }
      if (action.kind === 'seekTo') change(tabId, { positionSeconds: action.seconds })
      return { isDone: true }
    },
    setTabMuted: ({ tabId, isMuted }) => {
      change(tabId, { isTabMuted: isMuted })
      return {}
    },
    setSiteMuted: ({ tabId, isMuted }) => {
      change(tabId, { isSiteMuted: isMuted })
      return {}
    },
    setSiteAutoplay: ({ tabId, autoplay }) => {
      change(tabId, { autoplay })
      return {}
    },
  })
}
