import type { TraceStop } from './failure-layout.tsx'

/** The words of an error page. */
export interface ProblemWords {
  readonly title: string
  readonly lead: string
  readonly trace: readonly TraceStop[]
  readonly why: string
  readonly advice: readonly string[]
  /** What the first button does. */
  readonly answer: 'retry' | 'back'
}

/** The request's way from here to the page, with the place where it stopped. */
export function way(stops: readonly [name: string, detail: string][], broken: number): TraceStop[] {
  return stops.map(([name, detail], position) => ({
    name,
    detail: position > broken ? 'not reached' : detail,
    state: position < broken ? 'ok' : position === broken ? 'bad' : 'off',
  }))
}
