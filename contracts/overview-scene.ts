import type { Static } from 'typebox'
import * as Type from 'typebox'

const TabId = Type.String({ maxLength: 100 })
const privateText = Type.String({ maxLength: 2_000, sensitive: true })

/** The colours that tell groups apart, `--hue-…` in the tokens. */
export const GroupHue = Type.Union([
  Type.Literal('moss'),
  Type.Literal('teal'),
  Type.Literal('sky'),
  Type.Literal('indigo'),
  Type.Literal('plum'),
  Type.Literal('rose'),
  Type.Literal('ochre'),
  Type.Literal('slate'),
])
export type GroupHue = Static<typeof GroupHue>

/** A tab as a card of the overview tells of it. Null is what is not known. */
export const OverviewTab = Type.Object({
  id: TabId,
  title: privateText,
  site: Type.Union([privateText, Type.Null()]),
  url: Type.String({ maxLength: 65_536, sensitive: true }),
  /** Name of its group. */
  group: Type.Union([Type.String({ maxLength: 100, sensitive: true }), Type.Null()]),
  iconDataUrl: Type.Union([Type.String({ maxLength: 400_000, sensitive: true }), Type.Null()]),
  /** `unloaded`: restored and never shown, or the new-tab page. */
  state: Type.Union([
    Type.Literal('open'),
    Type.Literal('loading'),
    Type.Literal('sleeping'),
    Type.Literal('stopped'),
    Type.Literal('unloaded'),
  ]),
  sound: Type.Union([Type.Literal('none'), Type.Literal('playing'), Type.Literal('muted')]),
  isPrivate: Type.Boolean(),
  cpuPercent: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  memoryBytes: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  memoryLimitBytes: Type.Union([Type.Number({ minimum: 0 }), Type.Null()]),
  /** Milliseconds since the epoch; 0 for never. */
  lastUsedAt: Type.Integer({ minimum: 0 }),
})
export type OverviewTab = Static<typeof OverviewTab>

/** The tabs of the window in the order of the strip. */
export const OverviewTabs = Type.Object({
  tabs: Type.Array(OverviewTab, { maxItems: 10_000 }),
  groups: Type.Array(Type.Object({ name: Type.String({ maxLength: 100, sensitive: true }), hue: GroupHue }), {
    maxItems: 1_000,
  }),
  activeTabId: Type.Union([TabId, Type.Null()]),
})
export type OverviewTabs = Static<typeof OverviewTabs>

/** A page on the map of meaning. Where near pages lie near each other is worked out by main. */
export const MapPoint = Type.Object({
  id: Type.String({ maxLength: 200 }),
  /** Any unit: the map is fitted to what there is. */
  x: Type.Number(),
  y: Type.Number(),
  label: privateText,
  /** Said below the label: the site, mostly. */
  detail: privateText,
  kind: Type.Union([Type.Literal('tab'), Type.Literal('history')]),
  hue: GroupHue,
  /** 0 to 1: how large it is drawn, and whose label is kept when labels would overlap. */
  weight: Type.Number({ minimum: 0, maximum: 1 }),
})
export type MapPoint = Static<typeof MapPoint>

/** The name of a region, drawn behind its points. */
export const MapRegion = Type.Object({
  x: Type.Number(),
  y: Type.Number(),
  label: Type.String({ maxLength: 100, sensitive: true }),
  hue: GroupHue,
})
export type MapRegion = Static<typeof MapRegion>

export const MeaningMap = Type.Object({
  points: Type.Array(MapPoint, { maxItems: 20_000 }),
  regions: Type.Array(MapRegion, { maxItems: 200 }),
})
export type MeaningMap = Static<typeof MeaningMap>
