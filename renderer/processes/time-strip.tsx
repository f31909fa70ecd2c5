import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef, useState } from 'react'
import { StateGlyph } from './state-pill.tsx'
import {
  eventWords,
  faultLabels,
  isIn,
  type StripEvent,
  spanBetween,
  stripSpanMs,
  type TimeSpan,
} from './time-strip-model.ts'

export interface TimeStripProps {
  events: readonly StripEvent[]
  /** At the right edge, in milliseconds since the epoch. */
  now: number
  /** What the table is filtered by; null for nothing. */
  span: TimeSpan | null
  onSpan(span: TimeSpan | null): void
  /** An event was chosen: lead to its process. */
  onChoose(event: StripEvent): void
}

const minutes = Array.from({ length: 11 }, (_, index) => 10 - index)
/** A drag shorter than this is a click. */
const leastDragMs = 4_000

/**
 * The last ten minutes in the lives of all processes. Arrows step from event to event, Shift with them spans, as a drag
 * does; a span filters the table to the processes with events in it. Enter leads to the process, Esc ends the span.
 */
export function TimeStrip(props: TimeStripProps) {
  const { events, now, span } = props
  const field = useRef<HTMLDivElement>(null)
  const [currentId, setCurrentId] = useState<string | null>(null)
  const [hoveredId, setHoveredId] = useState<string | null>(null)
  const [isFocused, setIsFocused] = useState(false)
  /** Where a span by keys or by the pointer began. */
  const begun = useRef<number | null>(null)
  const current = events.find(event => event.id === currentId) ?? null
  const told = events.find(event => event.id === hoveredId) ?? (isFocused ? current : null)

  const timeAt = (event: PointerEvent): number => {
    const box = field.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return now
    return now - (1 - (event.clientX - box.left) / box.width) * stripSpanMs
  }
  const step = (by: number, isExtending: boolean) => {
    const index = current === null ? (by > 0 ? -1 : events.length) : events.indexOf(current)
    const next = events[Math.min(events.length - 1, Math.max(0, index + by))]
    if (next === undefined) return
    if (isExtending) {
      begun.current ??= current?.at ?? next.at
      props.onSpan(spanBetween(begun.current, next.at))
    } else begun.current = null
    setCurrentId(next.id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    switch (event.key) {
      case 'ArrowRight':
        step(1, event.shiftKey)
        break
      case 'ArrowLeft':
        step(-1, event.shiftKey)
        break
      case 'Home':
        step(-events.length, event.shiftKey)
        break
      case 'End':
        step(events.length, event.shiftKey)
        break
      case 'Enter':
        if (current === null) return
        props.onChoose(current)
        break
      case 'Escape':
        if (span === null) return
        begun.current = null
        props.onSpan(null)
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="nx-strip">
      <div
        className="nx-strip__field"
        ref={field}
        role="listbox"
        aria-label="Lifecycle events"
        aria-orientation="horizontal"
        aria-multiselectable="true"
        tabIndex={0}
        aria-activedescendant={current === null ? undefined : optionId(current)}
        onKeyDown={onKeyDown}
        onFocus={() => setIsFocused(true)}
        onBlur={() => setIsFocused(false)}
        onPointerDown={event => {
          if (event.button !== 0) return
          begun.current = timeAt(event)
          event.currentTarget.setPointerCapture(event.pointerId)
        }}
        onPointerMove={event => {
          const at = timeAt(event)
          if (event.buttons === 1 && begun.current !== null) {
            if (Math.abs(at - begun.current) >= leastDragMs) props.onSpan(spanBetween(begun.current, at))
            return
          }
          setHoveredId(nearest(events, at)?.id ?? null)
        }}
        onPointerLeave={() => setHoveredId(null)}
        onPointerUp={event => {
          const at = timeAt(event)
          const isClick = begun.current !== null && Math.abs(at - begun.current) < leastDragMs
          begun.current = null
          if (!isClick) return
          const chosen = nearest(events, at)
          if (chosen === null) {
            props.onSpan(null)
            return
          }
          setCurrentId(chosen.id)
          props.onChoose(chosen)
        }}
      >
        {span !== null && (
          <i
            className="nx-strip__span"
            style={{ left: `${percentOf(span.from, now)}%`, right: `${100 - percentOf(span.to, now)}%` }}
          />
        )}
        <Track events={events} now={now} span={span} currentId={isFocused ? currentId : null} />
      </div>
      <div className="nx-strip__ruler" aria-hidden="true">
        {minutes.map(minute => (
          <span key={minute} style={{ left: `${(10 - minute) * 10}%` }}>
            {minute === 10 ? '10 min ago' : minute === 0 ? 'now' : minute}
          </span>
        ))}
      </div>
      {told !== null && (
        <p
          className="nx-strip__tip"
          style={{ left: `${Math.min(88, Math.max(12, percentOf(told.at, now)))}%` }}
          aria-hidden="true"
        >
          {eventWords(told)}
        </p>
      )}
    </div>
  )
}

/** How near to an event the pointer has to be. */
const nearMs = 5_000

function nearest(events: readonly StripEvent[], at: number): StripEvent | null {
  let found: StripEvent | null = null
  for (const event of events) {
    const distance = Math.abs(event.at - at)
    if (distance <= nearMs && distance < Math.abs((found?.at ?? Number.POSITIVE_INFINITY) - at)) found = event
  }
  return found
}

function percentOf(at: number, now: number): number {
  return Math.min(100, Math.max(0, (1 - (now - at) / stripSpanMs) * 100))
}

function optionId(event: StripEvent): string {
  return `strip-event-${event.id.replaceAll(/[^\w-]/g, '_')}`
}

/** Events keep their places on a track, and the track moves: a second costs one change of style, however many they are. */
function Track(props: {
  events: readonly StripEvent[]
  now: number
  span: TimeSpan | null
  currentId: string | null
}) {
  const anchor = useRef(props.now)
  const moved = ((props.now - anchor.current) / stripSpanMs) * 100
  return (
    <div className="nx-strip__track" style={{ transform: `translateX(${-moved}%)` }}>
      <TrackEvents
        events={props.events}
        anchor={anchor.current}
        span={props.span}
        currentId={props.currentId}
      />
    </div>
  )
}

const TrackEvents = memo(function TrackEvents(props: {
  events: readonly StripEvent[]
  anchor: number
  span: TimeSpan | null
  currentId: string | null
}) {
  const { events, anchor, span } = props
  const labels = useMemo(() => faultLabels(events), [events])
  const left = (at: number) => `${(1 - (anchor - at) / stripSpanMs) * 100}%`
  return (
    <>
      {labels.map(label => (
        <span className="nx-strip__label" key={label.processId} style={{ left: left(label.at) }}>
          {label.text}
        </span>
      ))}
      {events.map(event => (
        <span
          key={event.id}
          id={optionId(event)}
          className="nx-strip__event"
          data-state={event.state}
          data-current={event.id === props.currentId || undefined}
          role="option"
          tabIndex={-1}
          aria-selected={span !== null && isIn(event, span)}
          aria-label={eventWords(event)}
          style={{ left: left(event.at) }}
        >
          <svg viewBox="0 0 12 12" aria-hidden="true">
            <StateGlyph state={event.state} />
          </svg>
        </span>
      ))}
    </>
  )
})
