import { AlertGlyph } from './alert-mark.tsx'

/** What the marks of the graph mean. */
export function GraphLegend({ leftOut }: { leftOut: number }) {
  return (
    <p className="nx-graph__legend">
      {leftOut > 0 && <span className="nx-graph__key">{leftOut} more in the table</span>}
      <span className="nx-graph__key">
        <svg width="24" height="8" aria-hidden="true">
          <path d="M1 4H7" strokeWidth="1" />
          <path d="M9 4H15" strokeWidth="2.5" />
          <path d="M17 4H23" strokeWidth="4.5" />
        </svg>
        msg/s
      </span>
      <span className="nx-graph__key">
        <i data-health="steady" />
        steady
      </span>
      <span className="nx-graph__key" data-health="strained">
        <i data-health="strained" />
        <AlertGlyph level="warning" />
        strained
      </span>
      <span className="nx-graph__key" data-health="failing">
        <i data-health="failing" />
        <AlertGlyph level="critical" />
        failing
      </span>
      <span className="nx-graph__key">on the line: p95</span>
    </p>
  )
}
