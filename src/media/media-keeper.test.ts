import { beforeEach, describe, expect, it } from 'vitest'
import type { Autoplay, MediaTab } from '../../contracts/media-for-chrome.ts'
import type { PageMedia } from '../../contracts/page-media.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { MediaKeeper, type SiteSound } from './media-keeper.ts'
import type { MediaFact, MediaView } from './media-view.ts'

const song: PageMedia = {
  hasMedia: true,
  isPlaying: true,
  title: 'The night tide',
  artist: 'Harbour Quartet',
  album: '',
  artworkUrls: ['https://a.example/cover.png'],
  durationSeconds: 252,
  positionSeconds: 1,
  canSeek: true,
  hasNext: false,
  hasPrevious: false,
}

class FakeView implements MediaView {
  readonly tabId: string
  readonly isPrivate: boolean
  isPlaying = false
  isSilenced = false
  touched = 0
  address: string
  constructor(tabId: string, address: string, isPrivate = false) {
    this.tabId = tabId
    this.address = address
    this.isPrivate = isPrivate
  }
  url = () => this.address
  isAudible = () => this.isPlaying && !this.isSilenced
  isMuted = () => this.isSilenced
  setMuted(isMuted: boolean): void {
    this.isSilenced = isMuted
  }
  touch(): void {
    this.touched += 1
  }
}

describe('what plays', () => {
  let clock: SimulatedClock
  let keeper: MediaKeeper
  let shown: readonly MediaTab[]
  let answers: Map<string, PageMedia | null>
  let kept: Map<string, SiteSound>
  let log: string[]
  let autoplay: Autoplay

  beforeEach(() => {
    clock = new SimulatedClock()
    shown = []
    answers = new Map()
    kept = new Map()
    log = []
    autoplay = 'silent'
    keeper = new MediaKeeper({
      ask: tabId => {
        log.push(`ask ${tabId}`)
        return Promise.resolve(answers.get(tabId) ?? null)
      },
      act: (tabId, action) => {
        log.push(`${action.kind} ${tabId}`)
        return Promise.resolve(true)
      },
      blockAutoplay: (tabId, isBlocked) => {
        log.push(`block ${tabId} ${isBlocked}`)
        return Promise.resolve()
      },
      soundOf: site => Promise.resolve(kept.get(site) ?? { isMuted: false, autoplay: null }),
      keepSound: (site, sound) => {
        kept.set(site, sound)
        return Promise.resolve()
      },
      autoplay: () => autoplay,
      picture: (_tabId, [url]) => Promise.resolve(`data:${url}`),
      announce: () => {
        shown = keeper.tabs()
      },
      clock,
    })
  })

  function follow(view: FakeView): (fact: MediaFact) => Promise<void> {
    const hear = keeper.follow(view)
    return async fact => {
      if (fact === 'started') view.isPlaying = true
      if (fact === 'paused') view.isPlaying = false
      hear(fact)
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  it('is shown with what the page says of it, latest first', async () => {
    answers.set('tab:1', song)
    const one = follow(new FakeView('tab:1', 'https://music.example/'))
    const two = follow(new FakeView('tab:2', 'https://film.example/'))
    await one('started')
    clock.advance(10)
    await two('started')
    expect(shown.map(tab => [tab.tabId, tab.title, tab.isAudible, tab.artworkDataUrl])).toEqual([
      ['tab:2', '', true, null],
      ['tab:1', 'The night tide', true, 'data:https://a.example/cover.png'],
    ])
    await keeper.act(null, { kind: 'pause' })
    expect(log).toContain('pause tab:2')
  })

  it('is forgotten with the page, and an answer about the page before counts no more', async () => {
    answers.set('tab:1', song)
    const view = new FakeView('tab:1', 'https://music.example/')
    const tell = follow(view)
    const started = tell('started')
    view.address = 'https://other.example/'
    await started
    expect(shown[0]?.title).toBe('')
    await tell('navigated')
    expect(shown).toEqual([])
  })

  it('is muted by tab and by site; what was chosen for a site holds for all its tabs, later ones too', async () => {
    const [first, second, other] = [
      new FakeView('tab:1', 'https://www.music.example/a'),
      new FakeView('tab:2', 'https://music.example/b'),
      new FakeView('tab:3', 'https://film.example/'),
    ]
    const tell = follow(first)
    follow(second)
    follow(other)
    await tell('started')
    keeper.setTabMuted('tab:1', true)
    expect([first.isSilenced, second.isSilenced]).toEqual([true, false])
    await keeper.setSiteSound('tab:1', { isMuted: true })
    keeper.setTabMuted('tab:1', false)
    expect([first.isSilenced, second.isSilenced, other.isSilenced]).toEqual([true, true, false])
    expect(shown[0]).toMatchObject({ isTabMuted: false, isSiteMuted: true })
    expect(kept.get('music.example')).toEqual({ isMuted: true, autoplay: null })
    const later = new FakeView('tab:4', 'https://music.example/c')
    await follow(later)('navigated')
    expect(later.isSilenced).toBe(true)
    later.address = 'https://film.example/'
    keeper.leave('tab:4')
  })

  it('of a private tab is never kept, and does not reach tabs that are not private', async () => {
    const [open, secret] = [
      new FakeView('tab:1', 'https://music.example/'),
      new FakeView('tab:2', 'https://music.example/', true),
    ]
    follow(open)
    follow(secret)
    await keeper.setSiteSound('tab:2', { isMuted: true })
    expect([open.isSilenced, secret.isSilenced, kept.size]).toEqual([false, true, 0])
  })

  it('may begin by itself as the site, or else the setting, says', async () => {
    const view = new FakeView('tab:1', 'https://music.example/')
    const tell = follow(view)
    await tell('navigated')
    expect([view.touched, log]).toEqual([0, []])
    autoplay = 'never'
    await tell('navigated')
    expect(log).toEqual(['block tab:1 true'])
    await keeper.setSiteSound('tab:1', { autoplay: 'always' })
    await tell('navigated')
    expect(view.touched).toBe(1)
  })

  it('is asked for its position once a second while somebody looks, and not otherwise', async () => {
    answers.set('tab:1', song)
    await follow(new FakeView('tab:1', 'https://music.example/'))('started')
    log.length = 0
    clock.advance(5_000)
    expect(log).toEqual([])
    keeper.watch('chrome:1')
    clock.advance(1_000)
    clock.advance(1_000)
    expect(log).toEqual(['ask tab:1', 'ask tab:1'])
    keeper.unwatch('chrome:1')
    clock.advance(5_000)
    expect(log).toHaveLength(2)
  })
})
