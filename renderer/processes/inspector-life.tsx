import type { LaunchStep, LifecycleEntry, ProcessRow } from '../../contracts/processes.ts'
import { lifeSteps } from './life-steps.ts'
import { clockText } from './messages/message-readings.ts'
import { durationText, uptimeText } from './readings.ts'
import { StateGlyph } from './state-pill.tsx'

const mostSteps = 10

/** How a process was launched and what became of it, with times. */
export function InspectorLife(props: {
  row: ProcessRow
  timeline: readonly LifecycleEntry[]
  launch: readonly LaunchStep[]
}) {
  const steps = lifeSteps(props.row.id, props.timeline, props.launch, mostSteps)
  if (steps.length === 0) return null
  return (
    <div className="nx-inspector__part">
      <h3>Lifecycle</h3>
      <ol className="nx-inspector__list">
        {steps.map(step => (
          <li key={`${step.at} ${step.words}`} data-state={step.state ?? undefined}>
            {step.state === null ? (
              <span className="nx-inspector__step" aria-hidden="true" />
            ) : (
              <span className="nx-pill" data-state={step.state}>
                <svg viewBox="0 0 12 12" aria-hidden="true">
                  <StateGlyph state={step.state} />
                </svg>
              </span>
            )}
            <span className="ell" title={step.cause ?? undefined}>
              {step.words}
              {step.cause !== null && <small className="t3"> {step.cause}</small>}
            </span>
            <span className="num t3">{step.afterMs === null ? '' : `+${gapText(step.afterMs)}`}</span>
            <span className="num t2">{preciseClock(step.at)}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}

function gapText(milliseconds: number): string {
  return milliseconds >= 60_000 ? uptimeText(milliseconds) : durationText(Math.round(milliseconds))
}

/** "14:02:11.204". */
function preciseClock(epochMs: number): string {
  return `${clockText(epochMs)}.${String(Math.floor(epochMs % 1000)).padStart(3, '0')}`
}
