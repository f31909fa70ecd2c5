import { LockOpen } from 'lucide-react'
import type { PageProblem } from '../../contracts/browser.ts'
import { problemWords } from '../page-area/problem-words.ts'
import { QuestionLayout } from './question-layout.tsx'

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
    <QuestionLayout
      icon={<LockOpen className="i" />}
      words={words}
      canGoBack={props.canGoBack}
      onLeave={props.onLeave}
      tone="warn"
      why={words.why}
      answers={
        <>
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
      code={[problem.code, problem.url]}
    />
  )
}
