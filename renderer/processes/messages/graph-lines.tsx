import { durationText, unknown } from '../readings.ts'
import { AlertGlyph } from './alert-mark.tsx'
import { labelSizePx, laneCurve, placeLabels } from './graph-curves.ts'
import type { GraphLayout, GraphSize } from './graph-layout.ts'
import { laneWords } from './graph-words.ts'
import type { Lane, Link } from './links.ts'

export interface GraphLinesProps {
  links: readonly Link[]
  layout: GraphLayout
  size: GraphSize
  /** Lines that are looked at; the others step back. Null when none is. */
  isLit: ((lane: Lane) => boolean) | null
  /** Links whose p95 stands on their line, the most important first. */
  labelled: readonly Link[]
  nameOf(talkerId: string): string
  onPoint(pairKey: string | null): void
  onChoose(pairKey: string): void
}

/** The lines of the graph. For the pointer; keys and readers have the circles and the table. */
export function GraphLines(props: GraphLinesProps) {
  const { layout, size } = props
  const lanes = props.links.flatMap(link =>
    link.lanes.map(lane => ({
      lane,
      isLit: props.isLit?.(lane) ?? true,
      curve: laneCurve(lane, layout, link.lanes.length > 1),
    })),
  )
  return (
    <>
      <svg className="nx-graph__lines" width={size.width} height={size.height} aria-hidden="true">
        {lanes.map(({ lane, isLit, curve }) => {
          const [key] = lane.pairKeys
          if (curve === null || key === undefined) return null
          return (
            // biome-ignore lint/a11y/noStaticElementInteractions: the table's rows do the same for keys and readers
            <g
              key={`${lane.from} ${lane.to}`}
              className="nx-lane"
              data-health={lane.health}
              data-lit={isLit}
              data-relayed={lane.isRelayed}
              onPointerEnter={() => props.onPoint(key)}
              onPointerLeave={() => props.onPoint(null)}
              onClick={() => props.onChoose(key)}
            >
              <title>{laneWords(lane, props.nameOf)}</title>
              <path className="nx-lane__hit" d={curve.path} />
              <path className="nx-lane__line" d={curve.path} strokeWidth={curve.widthPx} />
              <polygon className="nx-lane__head" points={curve.arrow} />
            </g>
          )
        })}
      </svg>
      {placeLabels(props.labelled, layout).map(label => {
        const link = props.labelled.find(candidate => candidate.id === label.linkId)
        return link === undefined ? null : (
          <span
            key={label.linkId}
            className="nx-lanelabel num"
            data-health={link.health}
            aria-hidden="true"
            style={{ left: label.x, top: label.y, width: labelSizePx.width, height: labelSizePx.height }}
          >
            {link.health === 'failing' && <AlertGlyph level="critical" />}
            {link.health === 'strained' && <AlertGlyph level="warning" />}
            {link.p95Ms === null ? unknown : durationText(link.p95Ms)}
          </span>
        )
      })}
    </>
  )
}
