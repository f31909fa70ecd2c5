import { areaContracts } from '../../../contracts/areas.ts'
import { heardChannels, type MediaTab, type SoundFile } from '../../../contracts/media-for-chrome.ts'
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

function soundFiles(): SoundFile[] {
  return [
    {
      id: 'file:1',
      name: 'tide.flac',
      title: 'Tide',
      artist: 'Harbour Quartet',
      durationSeconds: 184,
      state: { kind: 'waiting' },
    },
    {
      id: 'file:2',
      name: 'broken.mp3',
      title: null,
      artist: null,
      durationSeconds: null,
      state: { kind: 'broken', problem: 'The frame at this place is damaged.', byte: 40_112 },
    },
  ]
}

/** The area "media", made up. */
export function serveMediaFixture(endpoint: Endpoint): void {
  let tabs = playingTabs()
  let files: SoundFile[] = []
  const announce = (): void => endpoint.announce(areaContracts.media, 'changed', { tabs, files })
  const change = (tabId: string, changes: Partial<MediaTab>): void => {
    tabs = tabs.map(tab => (tab.tabId === tabId ? { ...tab, ...changes } : tab))
    announce()
  }
  endpoint.serve(areaContracts.media, {
    state: () => ({ tabs, files }),
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
    chooseFiles: () => {
      files = soundFiles()
      announce()
      return { chosen: files.length }
    },
    playFile: ({ id }) => {
      files = files.map(file => ({ ...file, state: { kind: file.id === id ? 'playing' : 'waiting' } }))
      announce()
      return {}
    },
    removeFile: ({ id }) => {
      files = files.filter(file => file.id !== id)
      announce()
      return {}
    },
    async *listen() {
      yield new Uint8Array(heardChannels * 512 * Float32Array.BYTES_PER_ELEMENT)
      return {}
    },
    setSiteAutoplay: ({ tabId, autoplay }) => {
      change(tabId, { autoplay })
      return {}
    },
  })
}
