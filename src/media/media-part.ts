import { dialog } from 'electron'
import { areaContracts } from '../../contracts/areas.ts'
import { audioContract } from '../../contracts/audio.ts'
import type { Autoplay, MediaState } from '../../contracts/media-for-chrome.ts'
import { pageMediaContract } from '../../contracts/page-media.ts'
import { type SiteChoices, storageSitesContract } from '../../contracts/storage-sites.ts'
import type { Client } from '../../ipc/client.ts'
import { systemClock } from '../../ipc/clock.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { Application } from '../application.ts'
import type { TabId } from '../controller/tab-model.ts'
import { fetchFavicon } from '../tabs/favicon.ts'
import type { TabView } from '../tabs/tab-view.ts'
import { LoudnessLeveller } from './loudness-leveller.ts'
import { MediaKeeper, type SiteSound } from './media-keeper.ts'
import { mediaViewOf } from './media-view.ts'
import { SoundDesk } from './sound-desk.ts'

/** Of all tabs, by EBU R 128: where streaming services put it, rather than where broadcasting does. */
const targetLufs = -18

/** What main has around sound: which tab plays what, what was chosen for a site, and one loudness for all. */
export class MediaPart implements Disposable {
  readonly keeper: MediaKeeper
  readonly desk: SoundDesk
  readonly #application: Application
  readonly #leveller: LoudnessLeveller

  constructor(application: Application) {
    this.#application = application
    const { endpoint } = application.switchboard
    const sites = endpoint.client(storageSitesContract, endpointId('storage'))
    const audio = endpoint.client(audioContract, endpointId('audio'))
    const settings = () => application.browser.getSnapshot().context.settings
    const pageOf = (tabId: string): Client<typeof pageMediaContract> | null =>
      application.connectTab(tabId) ? endpoint.client(pageMediaContract, endpointId(`tab:${tabId}`)) : null
    const debug = (message: string): void => application.log({ level: 'debug', message })

    this.keeper = new MediaKeeper({
      ask: tabId =>
        pageOf(tabId)
          ?.state({})
          .catch(() => null) ?? Promise.resolve(null),
      act: async (tabId, action) => (await pageOf(tabId)?.act({ action }))?.isDone ?? false,
      blockAutoplay: async (tabId, isBlocked) => {
        await pageOf(tabId)
          ?.setAutoplay({ isBlocked })
          .catch(() => {})
      },
      soundOf: site =>
        sites.site({ site }).then(
          ({ choices }) => soundOf(choices),
          () => ({ isMuted: false, autoplay: null }),
        ),
      keepSound: async (site, sound) => {
        await sites.choose({ site, changes: choicesOf(sound), at: systemClock.wallClock() })
      },
      autoplay: () => settings().autoplay,
      picture: (tabId, urls) => {
        const contents = application.tabs.find(tabId as TabId)?.contents
        if (contents === undefined || contents.isDestroyed()) return Promise.resolve(null)
        const isPrivate = application.pageSessions.find(contents.session)?.isPrivate !== false
        const page = { url: contents.getURL(), isPrivate }
        return fetchFavicon(urls, url => application.parts.fetches.picture(url, 'icon', page))
      },
      announce: () => this.#announce(),
      clock: systemClock,
    })
    this.desk = new SoundDesk({
      audio,
      withAudio: work => application.withService('audio', work),
      onChange: () => this.#announce(),
    })
    this.#leveller = new LoudnessLeveller({
      audible: () => this.keeper.audible(),
      isOn: () => settings().levelsLoudness,
      hear: tabId => pageOf(tabId)?.hear({}) ?? Promise.resolve({ kind: 'nothing' }),
      analyse: async (tabId, { sampleRate, channels, samples }) => {
        const { gain } = await application.withService('audio', () =>
          audio.analyse({ source: tabId, sampleRate, channels, targetLufs, samples }),
        )
        return gain
      },
      setFactor: async (tabId, factor) => {
        await pageOf(tabId)?.setGain({ factor })
      },
      onGain: (tabId, gain) => this.keeper.setGain(tabId, gain),
      clock: systemClock,
      debug,
    })
  }

  /** Begins to follow what plays in a tab. */
  follow(view: TabView): void {
    const { pageSessions } = this.#application
    const isPrivate = pageSessions.find(view.contents.session)?.isPrivate ?? true
    const media = mediaViewOf(view, isPrivate, fact => hear(fact))
    const hear = this.keeper.follow(media)
    view.contents.once('destroyed', () => this.keeper.leave(view.tabId))
  }

  /** The settings may be others now. */
  followSettings(): void {
    this.#leveller.look()
  }

  /** Serves the chrome UI. */
  serve(): void {
    const { keeper, desk } = this
    this.#application.switchboard.endpoint.serve(areaContracts.media, {
      state: () => this.#state(),
      watch: (_args, call) => {
        keeper.watch(call.peer.id)
        return {}
      },
      unwatch: (_args, call) => {
        keeper.unwatch(call.peer.id)
        return {}
      },
      act: async ({ tabId, action }) => ({ isDone: await keeper.act(tabId, action) }),
      setTabMuted: ({ tabId, isMuted }) => {
        keeper.setTabMuted(tabId, isMuted)
        return {}
      },
      setSiteMuted: async ({ tabId, isMuted }) => {
        await keeper.setSiteSound(tabId, { isMuted })
        return {}
      },
      chooseFiles: async () => {
        const { canceled, filePaths } = await dialog.showOpenDialog(this.#application.window.window, {
          title: 'Play sound files',
          properties: ['openFile', 'multiSelections'],
          filters: [{ name: 'Sound', extensions: ['wav', 'mp3', 'ogg', 'oga', 'opus', 'flac'] }],
        })
        if (!canceled) desk.add(filePaths)
        return { chosen: canceled ? 0 : filePaths.length }
      },
      playFile: async ({ id, fromSeconds }) => {
        await desk.play(id, fromSeconds)
        return {}
      },
      removeFile: ({ id }) => {
        desk.remove(id)
        return {}
      },
      listen: () => desk.listen(),
      setSiteAutoplay: async ({ tabId, autoplay }) => {
        await keeper.setSiteSound(tabId, { autoplay })
        return {}
      },
    })
  }

  #state(): MediaState {
    return { tabs: this.keeper.tabs(), files: [...this.desk.files()] }
  }

  #announce(): void {
    const { endpoint } = this.#application.switchboard
    endpoint.announce(areaContracts.media, 'changed', this.#state(), { isLatestOnly: true })
    this.#leveller.look()
  }

  [Symbol.dispose](): void {
    this.desk[Symbol.dispose]()
    this.keeper[Symbol.dispose]()
    this.#leveller[Symbol.dispose]()
  }
}

function soundOf({ isMuted, autoplay }: SiteChoices): SiteSound {
  return { isMuted: isMuted ?? false, autoplay: autoplay === null ? null : autoplayWords[autoplay] }
}

const autoplayWords = { allow: 'always', silentOnly: 'silent', block: 'never' } as const

function choicesOf({ isMuted, autoplay }: SiteSound): Partial<SiteChoices> {
  return { isMuted: isMuted ? true : null, autoplay: autoplay === null ? null : autoplayName(autoplay) }
}

function autoplayName(autoplay: Autoplay): NonNullable<SiteChoices['autoplay']> {
  switch (autoplay) {
    case 'always':
      return 'allow'
    case 'silent':
      return 'silentOnly'
    case 'never':
      return 'block'
  }
}
