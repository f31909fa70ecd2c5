import { ShieldAlert } from 'lucide-react'
import { useState } from 'react'
import type { PageProblem } from '../../contracts/browser.ts'
import { problemWords } from '../page-area/problem-words.ts'
import { CertificateFacts } from './certificate-facts.tsx'
import { QuestionLayout } from './question-layout.tsx'

export interface CertificatePageProps {
  problem: PageProblem
  canGoBack: boolean
  onRetry(): void
  /** Back, or the tab closes where there is nothing to go back to. */
  onLeave(): void
  /** Loads the page all the same, with the certificate of this fingerprint. */
  onContinue(fingerprint: string): void
}

/**
 * A site that could not prove its name: why, what its certificate says, and, where the site did not forbid it, a way on that
 * nobody takes by accident.
 */
export function CertificatePage(props: CertificatePageProps) {
  const { problem } = props
  const [isAsking, setIsAsking] = useState(false)
  const [isWhole, setIsWhole] = useState(false)
  const words = problemWords(problem)
  const report = problem.certificate ?? null
  const certificate = report?.certificate ?? null
  return (
    <QuestionLayout
      icon={<ShieldAlert className="i" />}
      words={words}
      canGoBack={props.canGoBack}
      onLeave={props.onLeave}
      tone="danger"
      why={
        <>
          <p>{words.why}</p>
          {certificate !== null && (
            <>
              <CertificateFacts certificate={certificate} isWhole={isWhole} />
              <button
                type="button"
                className="nx-link"
                aria-expanded={isWhole}
                onClick={() => setIsWhole(!isWhole)}
              >
                {isWhole ? 'Less of the certificate' : 'All of the certificate'}
              </button>
            </>
          )}
        </>
      }
      answers={
        <>
          <button type="button" className="nx-btn nx-btn--l" onClick={props.onRetry}>
            Try again
          </button>
          <span className="grow" />
          {certificate !== null && report?.mayContinue === true && (
            <button
              type="button"
              className="nx-btn nx-btn--quiet nx-btn--dangertext"
              aria-expanded={isAsking}
              onClick={() => setIsAsking(!isAsking)}
            >
              Go on without proof…
            </button>
          )}
          {isAsking && certificate !== null && (
            <fieldset ref={showWhole} className="nx-unproven" aria-label="Go on without proof">
              <p>
                Whoever runs {problem.host} now will see what you do there, and may not be who you mean. Enter
                no password. It holds for this very certificate, until Nexus is closed.
              </p>
              <button
                type="button"
                className="nx-btn nx-btn--danger"
                onClick={() => props.onContinue(certificate.fingerprint)}
              >
                Go on for this visit
              </button>
            </fieldset>
          )}
        </>
      }
      code={[
        problem.code,
        certificate === null ? '' : `SHA-256 ${shortFingerprint(certificate.fingerprint)}`,
        problem.url,
      ]}
    />
  )
}

/** What comes up below may be out of view. */
function showWhole(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

function shortFingerprint(fingerprint: string): string {
  return `${fingerprint.slice(0, 8)}…${fingerprint.slice(-5)}`
}
