import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes, defineContract, method } from '../ipc/contract.ts'
import { mostBlockBytes } from './audio-pcm.ts'
import { roles } from './roles.ts'

const Line = Type.String({ maxLength: 500, sensitive: true })
const Seconds = Type.Union([Type.Number({ minimum: 0 }), Type.Null()])

/** What plays in a page, in the words of the page. A claim, shortened, never checked. */
export const PageMedia = Type.Object({
  /** Whether there is anything that could be played. */
  hasMedia: Type.Boolean(),
  isPlaying: Type.Boolean(),
  /** Empty where the page says nothing: its title stands in. */
  title: Line,
  artist: Line,
  album: Line,
  /** Absolute, http or https, the size nearest to 96 pixels first. */
  artworkUrls: Type.Array(Type.String({ maxLength: 4_000, sensitive: true }), { maxItems: 3 }),
  /** Null for what has no end, such as a live stream. */
  durationSeconds: Seconds,
  positionSeconds: Seconds,
  canSeek: Type.Boolean(),
  hasNext: Type.Boolean(),
  hasPrevious: Type.Boolean(),
})
export type PageMedia = Static<typeof PageMedia>

/** What a person asks of what plays. `seekTo` counts from the beginning. */
export const MediaAction = Type.Union([
  Type.Object({
    kind: Type.Union([
      Type.Literal('play'),
      Type.Literal('pause'),
      Type.Literal('stop'),
      Type.Literal('next'),
      Type.Literal('previous'),
    ]),
  }),
  Type.Object({ kind: Type.Literal('seekTo'), seconds: Type.Number({ minimum: 0 }) }),
  Type.Object({ kind: Type.Literal('seekBy'), seconds: Type.Number() }),
])
export type MediaAction = Static<typeof MediaAction>

/** The latest moment of what a page plays. */
export const HeardSound = Type.Union([
  Type.Object({
    kind: Type.Literal('sound'),
    sampleRate: Type.Integer({ minimum: 1_000, maximum: 768_000 }),
    channels: Type.Integer({ minimum: 1, maximum: 2 }),
    /** Laid out as `audio-pcm.ts` says. */
    samples: bytes({ maxBytes: mostBlockBytes }),
  }),
  /** Nothing plays, or it comes from another site, which the engine lets nobody hear. */
  Type.Object({ kind: Type.Literal('nothing') }),
])
export type HeardSound = Static<typeof HeardSound>

const callers = roles('controller')

/** Served by a tab's preload, in the isolated world, for the document that is shown. */
export const pageMediaContract = defineContract('pageMedia', {
  methods: {
    state: method({ args: Type.Object({}), result: PageMedia, callers, deadlineMs: 2_000, idempotent: true }),
    /** Does what the page's own buttons would do; `isDone` is false where there is nothing to do it to. */
    act: method({
      args: Type.Object({ action: MediaAction }),
      result: Type.Object({ isDone: Type.Boolean() }),
      callers,
      deadlineMs: 5_000,
      idempotent: false,
    }),
    /** Whether media may begin without the person's doing; holds for this document. */
    setAutoplay: method({
      args: Type.Object({ isBlocked: Type.Boolean() }),
      result: Type.Object({}),
      callers,
      deadlineMs: 2_000,
      idempotent: true,
    }),
    hear: method({
      args: Type.Object({}),
      result: HeardSound,
      callers,
      deadlineMs: 2_000,
      idempotent: true,
      sensitive: true,
    }),
    /** Makes everything that plays quieter by this factor, 0 to 1, of what the page itself had chosen. */
    setGain: method({
      args: Type.Object({ factor: Type.Number({ minimum: 0, maximum: 1 }) }),
      result: Type.Object({}),
      callers,
      deadlineMs: 2_000,
      idempotent: true,
    }),
  },
})
