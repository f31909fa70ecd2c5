import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes, defineContract, event, method } from '../ipc/contract.ts'
import { mostBlockBytes } from './audio-pcm.ts'
import { MediaAction, PageMedia } from './page-media.ts'
import { roles } from './roles.ts'

const TabId = Type.String({ maxLength: 100 })
const nothing = Type.Object({})
const { artworkUrls: _, hasMedia: _hasMedia, ...shown } = PageMedia.properties

/** Whether media may begin by itself: with sound, silently, or not at all. */
export const Autoplay = Type.Union([Type.Literal('always'), Type.Literal('silent'), Type.Literal('never')])
export type Autoplay = Static<typeof Autoplay>

/** What one tab plays, or played last. */
export const MediaTab = Type.Object({
  tabId: TabId,
  ...shown,
  /** A `data:` URL made by the controller. */
  artworkDataUrl: Type.Union([Type.String({ maxLength: 400_000, sensitive: true }), Type.Null()]),
  /** Registrable domain or host; null where there is none. */
  site: Type.Union([Type.String({ maxLength: 300, sensitive: true }), Type.Null()]),
  /** Whether it makes a sound now, or would if it were not muted. */
  isAudible: Type.Boolean(),
  isTabMuted: Type.Boolean(),
  isSiteMuted: Type.Boolean(),
  /** What was chosen for its site; null where the setting for all holds. */
  autoplay: Type.Union([Autoplay, Type.Null()]),
  /** How much quieter it is made so that all tabs are alike, in decibels; null while that is not measured. */
  gainDecibels: Type.Union([Type.Number(), Type.Null()]),
})
export type MediaTab = Static<typeof MediaTab>

const Line = Type.Union([Type.String({ maxLength: 1_000, sensitive: true }), Type.Null()])

/** A sound file of the person's, played by Nexus itself: decoded and mixed in the audio process, heard in the window. */
export const SoundFile = Type.Object({
  id: TabId,
  /** Without its folder, which the chrome UI has no need to know. */
  name: Type.String({ maxLength: 500, sensitive: true }),
  title: Line,
  artist: Line,
  durationSeconds: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  state: Type.Union([
    Type.Object({ kind: Type.Literal('waiting') }),
    Type.Object({ kind: Type.Literal('playing') }),
    Type.Object({ kind: Type.Literal('played') }),
    /** `byte` is where in the file; null where the file could not be read at all. */
    Type.Object({
      kind: Type.Literal('broken'),
      problem: Type.String({ maxLength: 1_000 }),
      byte: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    }),
  ]),
})
export type SoundFile = Static<typeof SoundFile>

/** Of the mix that the window plays. */
export const heardSampleRate = 48_000
export const heardChannels = 2

export const MediaState = Type.Object({
  files: Type.Array(SoundFile, { maxItems: 500 }),
  /** Those that have anything to play, the one that began last first. */
  tabs: Type.Array(MediaTab, { maxItems: 1_000 }),
})
export type MediaState = Static<typeof MediaState>

const callers = roles('chrome')
const intent = { result: nothing, callers, deadlineMs: 5_000, idempotent: true } as const

/** What plays in which tab, as the chrome UI sees it and steers it. Served by the controller. */
export const mediaViewContract = defineContract('mediaView', {
  methods: {
    state: method({ args: nothing, result: MediaState, callers, deadlineMs: 5_000, idempotent: true }),
    /** Positions come once a second until `unwatch`; other changes come always. */
    watch: method({ ...intent, args: nothing }),
    unwatch: method({ ...intent, args: nothing }),
    /** `isDone` is false where the page has nothing to do it to. */
    act: method({
      args: Type.Object({ tabId: TabId, action: MediaAction }),
      result: Type.Object({ isDone: Type.Boolean() }),
      callers,
      deadlineMs: 6_000,
      idempotent: false,
    }),
    setTabMuted: method({ ...intent, args: Type.Object({ tabId: TabId, isMuted: Type.Boolean() }) }),
    /** Of the site that the tab shows; kept, except for a private tab. */
    setSiteMuted: method({ ...intent, args: Type.Object({ tabId: TabId, isMuted: Type.Boolean() }) }),
    /** Lets the person choose sound files; those already there stay. Nothing is played yet. */
    chooseFiles: method({
      args: nothing,
      result: Type.Object({ chosen: Type.Integer({ minimum: 0 }) }),
      callers,
      /** As long as a person looks for a file. */
      deadlineMs: 10 * 60_000,
      idempotent: false,
    }),
    /** Fades from what plays to this file, from a place in it. It is heard by `listen`. */
    playFile: method({
      ...intent,
      args: Type.Object({ id: TabId, fromSeconds: Type.Number({ minimum: 0 }) }),
    }),
    removeFile: method({ ...intent, args: Type.Object({ id: TabId }) }),
    /**
     * The mix of what plays, as 32-bit floats (`audio-pcm.ts`), as fast as it is read. Ends with the last file, or when the
     * audio process ends: then it is asked for again. One listener at a time.
     */
    listen: method({
      args: nothing,
      item: bytes({ maxBytes: mostBlockBytes }),
      result: nothing,
      callers,
      deadlineMs: 24 * 3_600_000,
      idempotent: false,
      sensitive: true,
    }),
    setSiteAutoplay: method({
      ...intent,
      args: Type.Object({ tabId: TabId, autoplay: MediaTab.properties.autoplay }),
    }),
  },
  events: { changed: event({ payload: MediaState, listeners: callers }) },
})
