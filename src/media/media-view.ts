import type { TabView } from '../tabs/tab-view.ts'

/** What the keeper of media has to do with the view of a tab. */
export interface MediaView {
  readonly tabId: string
  readonly isPrivate: boolean
  /** The address that is shown. */
  url(): string
  isAudible(): boolean
  isMuted(): boolean
  setMuted(isMuted: boolean): void
  /** As if the person had touched the page, after which the engine lets media begin. */
  touch(): void
}

/** What the engine says of the media of a view. */
export type MediaFact = 'started' | 'paused' | 'audible' | 'navigated' | 'gone'

/** Reports what plays in a view of Electron's. */
export function mediaViewOf(view: TabView, isPrivate: boolean, onFact: (fact: MediaFact) => void): MediaView {
  const { contents } = view
  contents.on('media-started-playing', () => onFact('started'))
  contents.on('media-paused', () => onFact('paused'))
  contents.on('audio-state-changed', () => onFact('audible'))
  contents.on('did-navigate', () => onFact('navigated'))
  contents.on('render-process-gone', () => onFact('gone'))
  contents.once('destroyed', () => onFact('gone'))
  const ifThere = <T>(absent: T, read: () => T): T => (contents.isDestroyed() ? absent : read())
  return {
    tabId: view.tabId,
    isPrivate,
    url: () => ifThere('', () => contents.getURL()),
    isAudible: () => ifThere(false, () => contents.isCurrentlyAudible()),
    isMuted: () => ifThere(false, () => contents.isAudioMuted()),
    setMuted: isMuted => ifThere(undefined, () => contents.setAudioMuted(isMuted)),
    touch: () => ifThere(undefined, () => void contents.executeJavaScript('0', true).catch(() => {})),
  }
}
