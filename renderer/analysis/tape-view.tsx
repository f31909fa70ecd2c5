import { Check, X } from 'lucide-react'
import { durationText } from '../processes/readings.ts'
import { stageWords } from './stage-words.ts'
import type { Segment } from './tape.ts'

/** The tape: one segment a stage. */
export function Tape({ segments }: { segments: readonly Segment[] }) {
  const finished = segments.filter(segment => segment.state === 'ok').length
  return (
    <div
      className="nx-tape"
      role="progressbar"
      aria-label="Analysis"
      aria-valuemin={0}
      aria-valuemax={segments.length}
      aria-valuenow={finished}
      aria-valuetext={`${finished} of ${segments.length} stages`}
    >
      {segments.map(segment => (
        <i
          key={segment.stage}
          data-s={segment.state}
          title={stageWords(segment.stage).name}
          style={{ flexGrow: Math.round(segment.weight * 1000), flexBasis: 0 }}
        />
      ))}
    </div>
  )
}

/** The stages by name with their times; announced as they finish. */
export function StageList({ segments, isLive }: { segments: readonly Segment[]; isLive: boolean }) {
  return (
    <ol className="nx-stages" aria-live={isLive ? 'polite' : 'off'} aria-label="Stages">
      {segments.map(segment => (
        <li data-s={segment.state} key={segment.stage}>
          <StageGlyph state={segment.state} />
          <span>{stageWords(segment.stage).name}</span>
          <span className="num">{stageReading(segment)}</span>
        </li>
      ))}
    </ol>
  )
}

function StageGlyph({ state }: { state: Segment['state'] }) {
  switch (state) {
    case 'ok':
      return <Check className="i" />
    case 'now':
      return <span className="nx-spin" />
    case 'wait':
      return <i className="nx-stages__dot" />
    case 'bad':
      return <X className="i" />
  }
}

function stageReading(segment: Segment): string {
  switch (segment.state) {
    case 'ok':
      return segment.milliseconds === null ? '' : durationText(segment.milliseconds)
    case 'now':
      return 'running'
    case 'wait':
      return ''
    case 'bad':
      return 'failed'
  }
}
