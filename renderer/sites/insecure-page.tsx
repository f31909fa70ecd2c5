import { Lightbulb, LockOpen } from 'lucide-react'
import type { PageProblem } from '../../contracts/browser.ts'
import { FailureLayout } from '../page-area/failure-layout.tsx'
import { problemWords } from '../page-area/problem-words.ts'

export interface InsecurePageProps {
  problem: PageProblem
  canGoBack: boolean
  /** What is allowed for good is not offered where nothing is kept. */
  isPrivate: boolean
  onLeave(): void
  onRetry(): void
  onAllow(isAlways: boolean): void
}

/** Asks before a page is loaded that everyone on the way can read and change. */
export function InsecurePage(props: InsecurePageProps) {
  const { problem } = props
  const words = problemWords(problem)
  return (
    <FailureLayout
      icon={<LockOpen className="i" />}
      tone="warn"
      title={words.title}
      lead={words.lead}
      traceLabel="Path of the request"
      trace={words.trace}
      why={words.why}
      advice={words.advice.map(text => ({ icon: <Lightbulb className="i" />, text }))}
      answers={
        <>
          <button type="button" className="nx-btn nx-btn--pri nx-btn--l" onClick={props.onLeave}>
            {props.canGoBack ? 'Go back' : 'Close tab'}
          </button>
          <button type="button" className="nx-btn nx-btn--l" onClick={props.onRetry}>
            Try with encryption again
          </button>
          <span className="grow" />
          <button type="button" className="nx-btn" onClick={() => props.onAllow(false)}>
            Go on for this visit
          </button>
          {!props.isPrivate && (
            <button type="button" className="nx-btn" onClick={() => props.onAllow(true)}>
              Always for this site
            </button>
          )}
        </>
      }
      code={[problem.code, problem.url].filter(Boolean).join(' · ')}
    />
  )
}
