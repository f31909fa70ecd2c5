import type { Static } from 'typebox'
import * as Type from 'typebox'
import { bytes, defineContract, event, method } from '../ipc/contract.ts'
import { FrameTimes, GpuFacts } from './gpu-facts.ts'
import { MeaningMap, OverviewTabs } from './overview-scene.ts'
import { roles } from './roles.ts'

/** Pixels of a side of a frame at most. Thumbnails of 480 wide are what the cards need on a dense screen. */
export const largestFrameSide = 2_048
/** Bytes of one frame at most, encoded or not. */
export const mostFrameBytes = 8 * 2 ** 20

const TabId = Type.String({ maxLength: 100 })
const ContextId = Type.String({ minLength: 1, maxLength: 100 })
const nothing = Type.Object({})
const side = Type.Integer({ minimum: 1, maximum: largestFrameSide })
const text = Type.String({ maxLength: 2_000 })
const callers = roles('controller')
const listeners = roles('controller')
const told = { result: nothing, callers, deadlineMs: 5_000, idempotent: true } as const

/** What is laid over the page area: all tabs as a grid, or pages placed by what they mean. */
export const Surface = Type.Union([Type.Literal('overview'), Type.Literal('map')])
export type Surface = Static<typeof Surface>

/** A picture of what a tab shows. `rgba` and `bgra` are four bytes a pixel, row by row, not premultiplied. */
export const Frame = Type.Object({
  tabId: TabId,
  format: Type.Union([Type.Literal('jpeg'), Type.Literal('png'), Type.Literal('rgba'), Type.Literal('bgra')]),
  width: side,
  height: side,
  bytes: bytes({ maxBytes: mostFrameBytes }),
})
export type Frame = Static<typeof Frame>

/** How it is to look and to draw. */
export const Appearance = Type.Object({
  theme: Type.Union([Type.Literal('system'), Type.Literal('light'), Type.Literal('dark')]),
  /**
   * `software` draws without the graphics processor, as the person set it; `automatic` where that is quicker or must be;
   * `webgl2` only where it must be, for whoever measures.
   */
  graphics: Type.Union([
    Type.Literal('automatic'),
    Type.Literal('webgl2'),
    Type.Literal('software'),
    Type.Literal('softwareAfterFaults'),
  ]),
})
export type Appearance = Static<typeof Appearance>

/** An encoded part of a video, as WebCodecs takes it. */
export const VideoChunk = Type.Object({
  isKey: Type.Boolean(),
  timestampMicros: Type.Integer(),
  bytes: bytes({ maxBytes: mostFrameBytes }),
})
export type VideoChunk = Static<typeof VideoChunk>

/** What came of compiling a shader. Lines count from 1. */
export const ShaderResult = Type.Union([
  Type.Object({
    kind: Type.Literal('compiled'),
    compileMs: Type.Number({ minimum: 0 }),
    isCached: Type.Boolean(),
  }),
  Type.Object({
    kind: Type.Literal('broken'),
    errors: Type.Array(
      Type.Object({ line: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]), message: text }),
      { maxItems: 100 },
    ),
  }),
  /** There is no graphics context to compile it in. */
  Type.Object({ kind: Type.Literal('unavailable') }),
])
export type ShaderResult = Static<typeof ShaderResult>

/**
 * The compositor: one hidden page with a sandbox, which keeps pictures of the tabs as textures and draws the tab overview
 * and the map of meaning over the page area. It holds nothing that main could not send it again. What a person does on
 * it is announced as a wish; main decides.
 */
export const compositorContract = defineContract('compositor', {
  methods: {
    /** The heartbeat. */
    ping: method({ ...told, args: nothing }),
    setAppearance: method({ ...told, args: Appearance }),
    /** All tabs there are. Pictures of tabs that are not among them are forgotten. */
    setTabs: method({ ...told, args: OverviewTabs }),
    /** Takes the place of the tab's earlier picture. Error: BAD_FRAME for bytes that are no picture. */
    putFrame: method({ ...told, args: Frame, priority: 'low' }),
    forgetFrame: method({ ...told, args: Type.Object({ tabId: TabId }) }),
    /** Shows a surface; the view must be visible. Answers when it stands, its opening movement done. */
    open: method({
      ...told,
      args: Type.Object({ surface: Surface, query: Type.String({ maxLength: 1_000, sensitive: true }) }),
      priority: 'high',
    }),
    /** Answers when the closing movement is done and the view may be hidden. */
    close: method({ ...told, args: nothing, priority: 'high' }),
    /** Tabs or points that answer the query by their text or meaning, best first, besides those whose titles do. */
    setMatches: method({
      ...told,
      args: Type.Object({
        surface: Surface,
        query: Type.String({ maxLength: 1_000, sensitive: true }),
        ids: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 10_000 }),
      }),
    }),
    setMap: method({ ...told, args: MeaningMap }),
    /** A tab in small instead of a surface, with its picture where there is one; null takes it away. */
    setPreview: method({
      ...told,
      args: Type.Object({
        tab: Type.Union([
          Type.Object({
            id: TabId,
            title: Type.String({ maxLength: 2_000, sensitive: true }),
            detail: Type.String({ maxLength: 2_000, sensitive: true }),
          }),
          Type.Null(),
        ]),
      }),
    }),
    /** The picture of a tab, made as wide as asked, or less. Error: NO_PICTURE. */
    thumbnail: method({
      args: Type.Object({ tabId: TabId, width: side }),
      result: Type.Object({
        width: side,
        height: side,
        mediaType: Type.Union([Type.Literal('image/jpeg'), Type.Literal('image/png')]),
        bytes: bytes({ maxBytes: mostFrameBytes }),
      }),
      callers,
      deadlineMs: 2_000,
      idempotent: true,
    }),
    facts: method({ args: nothing, result: GpuFacts, callers, deadlineMs: 5_000, idempotent: true }),
    /**
     * A share of the texture memory of its own; what was not used longest makes room when it is full. The tabs' is
     * `tabs`. Errors: CONTEXT_EXISTS, NO_MEMORY_LEFT.
     */
    createContext: method({
      ...told,
      args: Type.Object({ contextId: ContextId, budgetBytes: Type.Integer({ minimum: 1 }) }),
      idempotent: false,
    }),
    /** Forgets its textures. Error: UNKNOWN_CONTEXT. */
    destroyContext: method({ ...told, args: Type.Object({ contextId: ContextId }), idempotent: false }),
    /** Compiles a WebGL2 shader, once: the same source again is answered from the cache. */
    compileShader: method({
      args: Type.Object({
        kind: Type.Union([Type.Literal('vertex'), Type.Literal('fragment')]),
        source: Type.String({ maxLength: 100_000 }),
      }),
      result: ShaderResult,
      callers,
      deadlineMs: 10_000,
      idempotent: true,
    }),
    /**
     * Decodes a video into a texture of a context: the newest frame takes the place of the one before. Errors:
     * UNKNOWN_CONTEXT, NO_DECODER for a codec that the engine has not, BAD_VIDEO.
     */
    playVideo: method({
      args: Type.Object({
        contextId: ContextId,
        textureId: TabId,
        /** As WebCodecs names it: `vp8`, `vp09.00.10.08`, … */
        codec: Type.String({ maxLength: 100 }),
        width: side,
        height: side,
      }),
      input: VideoChunk,
      result: Type.Object({ frames: Type.Integer({ minimum: 0 }), width: side, height: side }),
      callers,
      deadlineMs: 30_000,
      idempotent: false,
    }),
  },
  events: {
    /** The person chose a tab. */
    tabChosen: event({ payload: Type.Object({ tabId: TabId }), listeners }),
    closeAsked: event({ payload: Type.Object({ tabId: TabId }), listeners }),
    /** For a tab whose page was stopped by a fault. */
    restartAsked: event({ payload: Type.Object({ tabId: TabId }), listeners }),
    /** Null is the tabs without a group. */
    sleepGroupAsked: event({
      payload: Type.Object({
        group: Type.Union([Type.String({ maxLength: 100, sensitive: true }), Type.Null()]),
      }),
      listeners,
    }),
    groupByTopicAsked: event({ payload: nothing, listeners }),
    /** The person chose a point of the map. */
    pointChosen: event({ payload: Type.Object({ id: Type.String({ maxLength: 200 }) }), listeners }),
    /** Escape, or a press beside everything: the person wants the page back. */
    dismissed: event({ payload: nothing, listeners }),
    /** For `setMatches`. */
    queryChanged: event({
      payload: Type.Object({ surface: Surface, query: Type.String({ maxLength: 1_000, sensitive: true }) }),
      listeners,
    }),
    /** Pictures that are to be drawn and are not there: after a restart, a lost context, or when they made room. */
    framesWanted: event({
      payload: Type.Object({ tabIds: Type.Array(TabId, { maxItems: 10_000 }) }),
      listeners,
    }),
    /** The graphics context went; from the third loss on, or without a new one, `isSoftware`. */
    contextLost: event({
      payload: Type.Object({ losses: Type.Integer({ minimum: 1 }), isSoftware: Type.Boolean() }),
      listeners,
    }),
    frameTimes: event({ payload: FrameTimes, listeners }),
  },
})
