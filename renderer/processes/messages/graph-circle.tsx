import type { KeyboardEvent } from 'react'
import type { MessageAlert } from '../../../contracts/messages.ts'
import { ProcessIcon } from '../process-icon.tsx'
import { AlertGlyph } from './alert-mark.tsx'
import { circleRadius } from './circle-size.ts'
import type { Place } from './graph-layout.ts'
import { talkerWords } from './graph-words.ts'
import { gravestLevel } from './health.ts'
import type { Link } from './links.ts'
import type { Talker } from './talkers.ts'

export interface GraphCircleProps {
  talker: Talker
  place: Place
  links: readonly Link[]
  alerts: readonly MessageAlert[]
  isNamed: boolean
  isSelected: boolean
  isDimmed: boolean
  isTabStop: boolean
  onChoose(): void
  onFocus(): void
  onPoint(isPointed: boolean): void
  onKeyDown(event: KeyboardEvent): void
}

/** A pointer needs this much to hit. */
const leastTargetPx = 24

/** A process in the graph: its ring says its state, its size its memory. */
export function GraphCircle(props: GraphCircleProps) {
  const { talker, place } = props
  const radius = circleRadius(place.radius, talker.row?.memoryBytes ?? null)
  const target = Math.max(leastTargetPx, radius * 2)
  const level = gravestLevel(props.alerts)
  const words = talkerWords(talker, props.links, props.alerts)
  return (
    <li className="nx-circle" style={{ left: place.x, top: place.y }} data-dimmed={props.isDimmed}>
      <button
        type="button"
        data-talker={talker.id}
        data-state={talker.row?.state ?? 'active'}
        data-kind={talker.kind}
        data-quiet={props.links.length === 0}
        aria-label={words}
        aria-pressed={props.isSelected}
        title={words}
        tabIndex={props.isTabStop ? 0 : -1}
        style={{ width: target, height: target }}
        onClick={props.onChoose}
        onFocus={props.onFocus}
        onKeyDown={props.onKeyDown}
        onPointerEnter={() => props.onPoint(true)}
        onPointerLeave={() => props.onPoint(false)}
      >
        <span className="nx-circle__ring" style={{ width: radius * 2, height: radius * 2 }}>
          {place.radius >= 11 && <ProcessIcon kind={talker.kind} />}
        </span>
        {level !== null && (
          <span className="nx-circle__alert" data-level={level}>
            <AlertGlyph level={level} />
          </span>
        )}
      </button>
      {props.isNamed && (
        <span
          className="nx-circle__name"
          aria-hidden="true"
          style={{ top: Math.max(radius, leastTargetPx / 2) + 1 }}
        >
          {talker.name}
        </span>
      )}
    </li>
  )
}
