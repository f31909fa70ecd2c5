import type { ReactNode } from 'react'
import { durationText } from '../../processes/readings.ts'

export interface SectionProps {
  readonly title: string
  /** How long its stage took. */
  readonly milliseconds: number | null
  /** Beside the title. */
  readonly tool?: ReactNode
  readonly children: ReactNode
}

/** One part of what was understood, under its name. */
export function Section({ title, milliseconds, tool, children }: SectionProps) {
  return (
    <section className="nx-sec" aria-label={title}>
      <div className="nx-sec__h">
        <h3>{title}</h3>
        {tool}
        {milliseconds !== null && <span className="num">{durationText(milliseconds)}</span>}
      </div>
      {children}
    </section>
  )
}
