import { ArrowUp, CircleX, Hourglass, ListTree, MemoryStick, OctagonX, RotateCw } from 'lucide-react'
import { FailureLayout } from './failure-layout.tsx'
import { type GoneContent, goneWords, limitText, raisedLimit } from './gone-words.ts'
import { MemoryTrace } from './memory-trace.tsx'

export interface GonePageProps {
  name: string
  url: string
  content: GoneContent
  /** Whether something may be remembered of its site. */
  mayRaise: boolean
  onRestart(): void
  /** Loads it again, and lets its site hold more from now on. */
  onRestartWithMore(): void
  onClose(): void
  onProcesses(): void
}

/** The sad tab: the page's process is gone, and nothing else is. */
export function GonePage(props: GonePageProps) {
  const { content } = props
  const words = goneWords(props.name, content)
  const raised = props.mayRaise ? raisedLimit(content) : null
  // a page that stops at once every time is better left alone
  const isBetterLeft = content.isRepeated && content.reason !== 'heldBack'
  const restart = (
    <button
      type="button"
      key="restart"
      className={isBetterLeft ? 'nx-btn nx-btn--l' : 'nx-btn nx-btn--pri nx-btn--l'}
      onClick={props.onRestart}
    >
      <RotateCw className="i" />
      {content.reason === 'heldBack' ? 'Load page' : 'Restart page'}
    </button>
  )
  const more = raised !== null && (
    <button type="button" key="more" className="nx-btn nx-btn--l" onClick={props.onRestartWithMore}>
      Restart with {limitText(raised)}
    </button>
  )
  const close = (
    <button
      type="button"
      key="close"
      className={isBetterLeft ? 'nx-btn nx-btn--pri nx-btn--l' : 'nx-btn nx-btn--l'}
      onClick={props.onClose}
    >
      Close tab
    </button>
  )
  const { end } = content
  const isDrawn = end?.memory != null && end.memory.samples.length > 1
  return (
    <FailureLayout
      icon={<GoneIcon reason={content.reason} />}
      tone={content.reason === 'crashed' || content.reason === 'killed' ? 'danger' : 'warn'}
      title={words.title}
      lead={words.lead}
      traceLabel="What is still running"
      trace={words.trace}
      figure={isDrawn && end?.memory != null && <MemoryTrace memory={end.memory} at={end.at} />}
      why={words.why}
      advice={[
        { icon: <RotateCw className="i" />, text: words.restart },
        ...(raised === null
          ? []
          : [
              {
                icon: <ArrowUp className="i" />,
                text: `Restart it with a limit of ${limitText(raised)}, for this site only`,
              },
            ]),
        { icon: <ListTree className="i" />, text: 'Look at the other processes' },
      ]}
      answers={
        <>
          {isBetterLeft ? [close, restart, more] : [restart, more, close]}
          <button type="button" className="nx-btn nx-btn--quiet nx-btn--l" onClick={props.onProcesses}>
            Show processes
          </button>
        </>
      }
      code={[words.code, props.url].filter(Boolean).join(' · ')}
    />
  )
}

function GoneIcon({ reason }: { reason: GoneContent['reason'] }) {
  switch (reason) {
    case 'outOfMemory':
      return <MemoryStick className="i" />
    case 'hung':
      return <Hourglass className="i" />
    case 'killed':
    case 'heldBack':
      return <OctagonX className="i" />
    case 'crashed':
    case 'launchFailed':
      return <CircleX className="i" />
  }
}
