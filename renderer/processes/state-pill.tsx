import type { LifecycleState } from '../../contracts/processes.ts'
import { stateWord } from './process-state.ts'

/** A lifecycle state: its own shape, then the word; the colour only repeats them. */
export function StatePill({ state, isBoxed = false }: { state: LifecycleState; isBoxed?: boolean }) {
  return (
    <span className={isBoxed ? 'nx-pill nx-pill--box' : 'nx-pill'} data-state={state}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <StateGlyph state={state} />
      </svg>
      {stateWord(state)}
    </span>
  )
}

/** The shape alone, in a picture of 12 by 12. */
export function StateGlyph({ state }: { state: LifecycleState }) {
  switch (state) {
    case 'created':
      return <circle cx="6" cy="6" r="4" strokeDasharray="2.2 2" />
    case 'ready':
      return <circle cx="6" cy="6" r="4" />
    case 'active':
      return <circle cx="6" cy="6" r="4.2" fill="currentColor" stroke="none" />
    case 'idle':
      return (
        <>
          <circle cx="6" cy="6" r="4" />
          <path d="M4 6h4" />
        </>
      )
    case 'suspended':
      return <path d="M4 2.5v7M8 2.5v7" />
    case 'crashed':
      return <path d="M2.8 2.8l6.4 6.4M9.2 2.8 2.8 9.2" />
    case 'restarting':
      return <path d="M10 6a4 4 0 1 1-1.3-2.95M9 1v2.3H6.7" />
    case 'failed':
      return <path d="M6 1.5 10.8 10.3H1.2z" fill="currentColor" stroke="none" />
    case 'terminated':
      return <path d="M3 6h6" />
  }
}
