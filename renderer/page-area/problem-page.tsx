import {
  Ban,
  CircleAlert,
  Clock,
  Globe,
  House,
  Lightbulb,
  Link,
  LockOpen,
  Plug,
  RotateCw,
  ShieldAlert,
  Unplug,
  Waypoints,
  WifiOff,
} from 'lucide-react'
import type { PageProblem } from '../../contracts/browser.ts'
import { FailureLayout } from './failure-layout.tsx'
import { problemWords } from './problem-words.ts'

export interface ProblemPageProps {
  problem: PageProblem
  canGoBack: boolean
  onRetry(): void
  /** Back, or the tab closes where there is nothing to go back to. */
  onLeave(): void
}

export function ProblemPage(props: ProblemPageProps) {
  const { problem } = props
  const words = problemWords(problem)
  const retry = (
    <button
      type="button"
      key="retry"
      className={words.answer === 'retry' ? 'nx-btn nx-btn--pri nx-btn--l' : 'nx-btn nx-btn--l'}
      onClick={props.onRetry}
    >
      <RotateCw className="i" />
      Try again
    </button>
  )
  const leave = (
    <button
      type="button"
      key="leave"
      className={words.answer === 'back' ? 'nx-btn nx-btn--pri nx-btn--l' : 'nx-btn nx-btn--l'}
      onClick={props.onLeave}
    >
      {props.canGoBack ? 'Go back' : 'Close tab'}
    </button>
  )
  return (
    <FailureLayout
      icon={<ProblemIcon kind={problem.kind} />}
      tone="quiet"
      title={words.title}
      lead={words.lead}
      traceLabel="Path of the request"
      trace={words.trace}
      why={words.why}
      advice={words.advice.map(text => ({ icon: <Lightbulb className="i" />, text }))}
      answers={words.answer === 'retry' ? [retry, leave] : [leave, retry]}
      code={[problem.code, problem.url].filter(Boolean).join(' · ')}
    />
  )
}

function ProblemIcon({ kind }: { kind: PageProblem['kind'] }) {
  switch (kind) {
    case 'hostNotFound':
      return <Globe className="i" />
    case 'refused':
      return <Plug className="i" />
    case 'timedOut':
      return <Clock className="i" />
    case 'offline':
      return <WifiOff className="i" />
    case 'certificate':
      return <ShieldAlert className="i" />
    case 'blocked':
      return <Ban className="i" />
    case 'badAddress':
      return <Link className="i" />
    case 'insecureOnly':
      return <LockOpen className="i" />
    case 'privateAddress':
      return <House className="i" />
    case 'resolverFailed':
      return <Globe className="i" />
    case 'unreachable':
    case 'dropped':
      return <Unplug className="i" />
    case 'busy':
    case 'networkStopped':
      return <Waypoints className="i" />
    case 'badResponse':
    case 'other':
      return <CircleAlert className="i" />
  }
}
