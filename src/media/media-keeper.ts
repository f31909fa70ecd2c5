import type { Autoplay, MediaTab } from '../../contracts/media-for-chrome.ts'
import type { MediaAction, PageMedia } from '../../contracts/page-media.ts'
import type { Clock } from '../../ipc/clock.ts'
import { siteOf } from '../tabs/site.ts'
import type { MediaFact, MediaView } from './media-view.ts'

/** What was chosen for the sound of a site; null where the setting for all holds. */
export interface SiteSound {
  readonly isMuted: boolean
  readonly autoplay: Autoplay | null
}

export interface MediaKeeperOptions {
  /** What the page in a tab says that it plays; null when it does not answer. */
  readonly ask: (tabId: string) => Promise<PageMedia | null>
  readonly act: (tabId: string, action: MediaAction) => Promise<boolean>
  readonly blockAutoplay: (tabId: string, isBlocked: boolean) => Promise<void>
  /** Never rejects: an unknown site has no choices. */
  readonly soundOf: (site: string) => Promise<SiteSound>
  readonly keepSound: (site: string, sound: SiteSound) => Promise<void>
  /** The setting for all sites. */
  readonly autoplay: () => Autoplay
  /** A picture of a page as a `data:` URL, or null; fetched as the page itself would. */
  readonly picture: (tabId: string, urls: readonly string[]) => Promise<string | null>
  readonly announce: () => void
  readonly clock: Clock
}

interface Followed {
  readonly view: MediaView
  media: PageMedia | null
  artworkUrl: string | null
  artworkDataUrl: string | null
  isPlaying: boolean
  startedAt: number
  isTabMuted: boolean
  sound: SiteSound
  gainDecibels: number | null
}

const unheard: SiteSound = { isMuted: false, autoplay: null }
/** How often positions are asked for while somebody looks. */
const positionsMs = 1_000

/** What plays in which tab. The engine tells that something does; what it is, the page is asked. */
export class MediaKeeper implements Disposable {
  readonly #options: MediaKeeperOptions
  readonly #followed = new Map<string, Followed>()
  readonly #watchers = new Set<string>()
  #timer: Disposable | null = null

  constructor(options: MediaKeeperOptions) {
    this.#options = options
  }

  /** Begins to follow a view; the returned function takes what the engine says of it. */
  follow(view: MediaView): (fact: MediaFact) => void {
    const followed: Followed = {
      view,
      media: null,
      artworkUrl: null,
      artworkDataUrl: null,
      isPlaying: false,
      startedAt: 0,
      isTabMuted: false,
      sound: unheard,
      gainDecibels: null,
    }
    this.#followed.set(view.tabId, followed)
    return fact => this.#hear(followed, fact)
  }

  /** The tab is gone. */
  leave(tabId: string): void {
    if (this.#followed.delete(tabId)) this.#announce()
  }

  /** Those that have anything to play, the one that began last first. */
  tabs(): MediaTab[] {
    const shown = [...this.#followed.values()].filter(one => one.media?.hasMedia === true || one.isPlaying)
    return shown.toSorted((one, other) => other.startedAt - one.startedAt).map(one => describe(one))
  }

  /** Those that make a sound now. */
  audible(): readonly string[] {
    return [...this.#followed.values()].filter(one => one.view.isAudible()).map(one => one.view.tabId)
  }

  watch(watcher: string): void {
    this.#watchers.add(watcher)
    this.#timer ??= this.#tick()
  }

  unwatch(watcher: string): void {
    this.#watchers.delete(watcher)
    if (this.#watchers.size > 0) return
    this.#timer?.[Symbol.dispose]()
    this.#timer = null
  }

  /** Steers the media of a tab; without a tab, of the one that began last. */
  async act(tabId: string | null, action: MediaAction): Promise<boolean> {
    const wanted = tabId ?? this.tabs()[0]?.tabId
    const followed = wanted === undefined ? undefined : this.#followed.get(wanted)
    if (followed === undefined) return false
    const isDone = await this.#options.act(followed.view.tabId, action)
    await this.#ask(followed)
    return isDone
  }

  setTabMuted(tabId: string, isMuted: boolean): void {
    const followed = this.#followed.get(tabId)
    if (followed === undefined) return
    followed.isTabMuted = isMuted
    this.#applyMute(followed)
    this.#announce()
  }

  async setSiteSound(tabId: string, change: Partial<SiteSound>): Promise<void> {
    const followed = this.#followed.get(tabId)
    const site = followed === undefined ? null : siteOf(followed.view.url())
    if (followed === undefined || site === null) return
    const sound = { ...followed.sound, ...change }
    for (const one of this.#followed.values()) {
      if (siteOf(one.view.url()) !== site || one.view.isPrivate !== followed.view.isPrivate) continue
      one.sound = sound
      this.#applyMute(one)
    }
    this.#announce()
    if (!followed.view.isPrivate) await this.#options.keepSound(site, sound)
  }

  setGain(tabId: string, gainDecibels: number | null): void {
    const followed = this.#followed.get(tabId)
    if (followed === undefined || followed.gainDecibels === gainDecibels) return
    followed.gainDecibels = gainDecibels
    this.#announce()
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]()
  }

  #tick(): Disposable {
    return this.#options.clock.after(positionsMs, () => {
      this.#timer = this.#tick()
      void this.#askPlaying()
    })
  }

  #hear(followed: Followed, fact: MediaFact): void {
    switch (fact) {
      case 'started':
        followed.isPlaying = true
        followed.startedAt = this.#options.clock.now()
        void this.#ask(followed)
        break
      case 'paused':
        followed.isPlaying = false
        void this.#ask(followed)
        break
      case 'audible':
        break
      case 'navigated':
        this.#forget(followed)
        void this.#enter(followed)
        break
      case 'gone':
        this.#forget(followed)
        break
    }
    this.#announce()
  }

  #forget(followed: Followed): void {
    followed.media = null
    followed.isPlaying = false
    followed.artworkUrl = null
    followed.artworkDataUrl = null
    followed.gainDecibels = null
  }

  /** Another page stands in the tab: what was chosen for its site holds from now on. */
  async #enter(followed: Followed): Promise<void> {
    const { view } = followed
    const url = view.url()
    const site = siteOf(url)
    const sound = site === null ? unheard : await this.#options.soundOf(site)
    if (view.url() !== url) return
    followed.sound = sound
    this.#applyMute(followed)
    const autoplay = sound.autoplay ?? this.#options.autoplay()
    if (autoplay === 'always') view.touch()
    if (autoplay === 'never') await this.#options.blockAutoplay(view.tabId, true)
  }

  #applyMute(followed: Followed): void {
    const isMuted = followed.isTabMuted || followed.sound.isMuted
    if (followed.view.isMuted() !== isMuted) followed.view.setMuted(isMuted)
  }

  async #askPlaying(): Promise<void> {
    const shown = [...this.#followed.values()].filter(one => one.isPlaying)
    await Promise.all(shown.map(one => this.#ask(one)))
  }

  async #ask(followed: Followed): Promise<void> {
    const { view } = followed
    const url = view.url()
    const media = await this.#options.ask(view.tabId)
    if (media === null || view.url() !== url) return
    followed.media = media
    this.#announce()
    const [artworkUrl = null] = media.artworkUrls
    if (artworkUrl === followed.artworkUrl) return
    followed.artworkUrl = artworkUrl
    followed.artworkDataUrl =
      artworkUrl === null ? null : await this.#options.picture(view.tabId, media.artworkUrls)
    if (view.url() === url) this.#announce()
  }

  #announce(): void {
    this.#options.announce()
  }
}

function describe(followed: Followed): MediaTab {
  const { view, media, isPlaying, sound, isTabMuted, artworkDataUrl, gainDecibels } = followed
  return {
    tabId: view.tabId,
    title: media?.title ?? '',
    artist: media?.artist ?? '',
    album: media?.album ?? '',
    artworkDataUrl,
    site: siteOf(view.url()),
    isPlaying: media?.isPlaying ?? isPlaying,
    isAudible: isPlaying && view.isAudible(),
    isTabMuted,
    isSiteMuted: sound.isMuted,
    autoplay: sound.autoplay,
    durationSeconds: media?.durationSeconds ?? null,
    positionSeconds: media?.positionSeconds ?? null,
    canSeek: media?.canSeek ?? false,
    hasNext: media?.hasNext ?? false,
    hasPrevious: media?.hasPrevious ?? false,
    gainDecibels,
  }
}
