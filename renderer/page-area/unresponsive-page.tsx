import { Hourglass, X } from 'lucide-react'
import { FailureLayout } from './failure-layout.tsx'

export interface UnresponsivePageProps {
  name: string
  url: string
  pid: number | null
  onWait(): void
  onEnd(): void
}

/** The page's process is alive but does not answer. Waiting is the first answer, since it loses nothing. */
export function UnresponsivePage(props: UnresponsivePageProps) {
  return (
    <FailureLayout
      icon={<Hourglass className="i" />}
      tone="warn"
      title={`${props.name} is not answering`}
      lead="The page is busy and does not react to clicks. It may still finish."
      traceLabel="Path of your click"
      trace={[
        { name: 'Your click', detail: 'received', state: 'ok' },
        { name: 'Nexus core', detail: 'passed it on', state: 'ok' },
        {
          name: 'Site process',
          detail: props.pid === null ? 'busy' : `pid ${props.pid}, busy`,
          state: 'bad',
        },
        { name: 'Answer', detail: 'none yet', state: 'off' },
      ]}
      why="A script in the page has been running without a pause, or the page waits for the computer."
      advice={[
        { icon: <Hourglass className="i" />, text: 'Wait. The page comes back by itself when it answers' },
        { icon: <X className="i" />, text: 'End its process. What you typed into the page is lost' },
      ]}
      answers={
        <>
          <button type="button" className="nx-btn nx-btn--pri nx-btn--l" onClick={props.onWait}>
            Wait
          </button>
          <button type="button" className="nx-btn nx-btn--danger nx-btn--l" onClick={props.onEnd}>
            End process
          </button>
        </>
      }
      code={['PROCESS_NOT_RESPONDING', props.url].filter(Boolean).join(' · ')}
    />
  )
}
