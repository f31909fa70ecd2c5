import { X } from 'lucide-react'
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { GraphCircle } from './graph-circle.tsx'
import { type ArrowKey, layoutOf, nearest } from './graph-layout.ts'
import { GraphLegend } from './graph-legend.tsx'
import { GraphLines } from './graph-lines.tsx'
import type { MessageGraphModel } from './graph-model.ts'
import { laneWords } from './graph-words.ts'
import { isTroubled } from './health.ts'
import type { Lane, Link } from './links.ts'
import type { Talker } from './talkers.ts'
import { useElementSize } from './use-element-size.ts'
import { useSeats } from './use-seats.ts'

export interface MessageGraphProps {
  model: MessageGraphModel
  /** The process whose pairs alone the table shows. */
  selectedId: string | null
  /** The pair that is looked at, here or in the table. */
  pointedPair: string | null
  onSelect(talkerId: string | null): void
  onPoint(pairKey: string | null): void
  /** A line was chosen: lead to its row. */
  onChoosePair(pairKey: string): void
}

/** With more links than this, only those that are looked at or in trouble carry their p95. */
const mostLabels = 14

/**
 * Who talks to whom. Places depend on who is there, never on what is said. Arrows go to the nearest process, Enter shows
 * its pairs alone, E goes along its lines, Esc shows all again.
 */
export function MessageGraph(props: MessageGraphProps) {
  const { model, selectedId, pointedPair } = props
  const field = useRef<HTMLDivElement>(null)
  const size = useElementSize(field)
  const [pointedTalker, setPointedTalker] = useState<string | null>(null)
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const mustFocus = useRef(false)
  const lineIndex = useRef(-1)

  const { middle, left, right } = useMemo(() => sidesOf(model.talkers), [model.talkers])
  const leftSeats = useSeats(left)
  const rightSeats = useSeats(right)
  const layout = useMemo(
    () => (size === null ? null : layoutOf(size, middle, leftSeats, rightSeats)),
    [size, middle, leftSeats, rightSeats],
  )
  const names = useMemo(() => new Map(model.talkers.map(talker => [talker.id, talker.name])), [model.talkers])
  const nameOf = (id: string) => names.get(id) ?? id

  useLayoutEffect(() => {
    if (!mustFocus.current || focusedId === null) return
    mustFocus.current = false
    field.current?.querySelector<HTMLElement>(`[data-talker="${CSS.escape(focusedId)}"]`)?.focus()
  })

  const isLitLane = (lane: Lane): boolean => {
    if (pointedPair !== null) return lane.pairKeys.includes(pointedPair)
    const id = pointedTalker ?? selectedId
    return lane.from === id || lane.to === id
  }
  const isFocusing = pointedPair !== null || pointedTalker !== null || selectedId !== null
  const litLinks = model.links.filter(link => link.lanes.some(isLitLane))
  const litIds = new Set(litLinks.flatMap(link => link.ends))
  const onKeyDown = (event: KeyboardEvent, talker: Talker) => {
    if (event.altKey || event.metaKey || event.ctrlKey) return
    switch (event.key) {
      case 'ArrowLeft':
      case 'ArrowRight':
      case 'ArrowUp':
      case 'ArrowDown':
        goTowards(event.key, talker.id)
        break
      case 'e':
        goAlongLines(talker.id)
        break
      case 'Escape':
        if (selectedId === null && pointedPair === null) return
        props.onPoint(null)
        props.onSelect(null)
        break
      default:
        return
    }
    event.preventDefault()
    event.stopPropagation()
  }
  const goTowards = (key: ArrowKey, fromId: string) => {
    const id = layout === null ? null : nearest(layout.places, fromId, key)
    if (id === null) return
    mustFocus.current = true
    setFocusedId(id)
  }
  const goAlongLines = (talkerId: string) => {
    const lanes = (model.linksOf.get(talkerId) ?? []).flatMap(link => link.lanes)
    if (lanes.length === 0) return
    lineIndex.current = (lineIndex.current + 1) % lanes.length
    const lane = lanes[lineIndex.current]
    if (lane === undefined) return
    props.onPoint(lane.pairKeys[0] ?? null)
    setSaid(laneWords(lane, nameOf))
  }

  const tabStop = names.has(focusedId ?? '') ? focusedId : (middle ?? model.talkers[0]?.id ?? null)
  return (
    <section className="nx-graph" aria-label="Who talks to whom">
      <div
        className="nx-graph__field"
        ref={field}
        data-roomy={layout?.isRoomy ?? true}
        data-focusing={isFocusing}
      >
        {size !== null && layout !== null && (
          <>
            <GraphLines
              links={model.links}
              layout={layout}
              size={size}
              isLit={isFocusing ? isLitLane : null}
              labelled={labelledLinks(model.links, isFocusing ? litLinks : null)}
              nameOf={nameOf}
              onPoint={props.onPoint}
              onChoose={props.onChoosePair}
            />
            <ul aria-label="Processes that talk">
              {model.talkers.map(talker => {
                const place = layout.places.get(talker.id)
                if (place === undefined) return null
                const alerts = model.alertsOf.get(talker.id) ?? []
                const isLit = isFocusing && (litIds.has(talker.id) || talker.id === selectedId)
                return (
                  <GraphCircle
                    key={talker.id}
                    talker={talker}
                    place={place}
                    links={model.linksOf.get(talker.id) ?? []}
                    alerts={alerts}
                    isNamed={
                      layout.isRoomy ||
                      talker.kind !== 'tab' ||
                      talker.id === pointedTalker ||
                      talker.id === selectedId ||
                      talker.id === focusedId ||
                      (pointedPair !== null && isLit)
                    }
                    isSelected={talker.id === selectedId}
                    isDimmed={isFocusing && !isLit && talker.id !== pointedTalker}
                    isTabStop={talker.id === tabStop}
                    onChoose={() => props.onSelect(talker.id === selectedId ? null : talker.id)}
                    onFocus={() => {
                      lineIndex.current = -1
                      setFocusedId(talker.id)
                    }}
                    onPoint={isPointed => setPointedTalker(isPointed ? talker.id : null)}
                    onKeyDown={event => onKeyDown(event, talker)}
                  />
                )
              })}
            </ul>
          </>
        )}
      </div>
      <div className="nx-graph__foot">
        {selectedId !== null && (
          <button
            type="button"
            className="nx-chip nx-graph__only"
            aria-label={`Show all, not only ${nameOf(selectedId)}`}
            onClick={() => props.onSelect(null)}
          >
            <span className="ell">Only {nameOf(selectedId)}</span>
            <X className="i i-s" />
          </button>
        )}
        <GraphLegend leftOut={model.leftOut} />
      </div>
      <p className="sr" role="status">
        {said}
      </p>
    </section>
  )
}

/** Main in the middle, tabs to the right, everything else to the left. */
function sidesOf(talkers: readonly Talker[]): {
  readonly middle: string | null
  readonly left: readonly string[]
  readonly right: readonly string[]
} {
  const middle = talkers.find(talker => talker.kind === 'controller')?.id ?? null
  const rest = talkers.filter(talker => talker.id !== middle)
  return {
    middle,
    left: rest.filter(talker => talker.kind !== 'tab').map(talker => talker.id),
    right: rest.filter(talker => talker.kind === 'tab').map(talker => talker.id),
  }
}

/** What is in trouble first, then what is looked at, in the fixed order of the links. */
function labelledLinks(links: readonly Link[], lit: readonly Link[] | null): readonly Link[] {
  const answered = (lit ?? links).filter(link => link.p95Ms !== null)
  const shown =
    lit === null && answered.length > mostLabels ? answered.filter(link => isTroubled(link.health)) : answered
  return shown
    .toSorted((one, other) => Number(isTroubled(other.health)) - Number(isTroubled(one.health)))
    .slice(0, mostLabels)
}
