import { CircleX, ListTree, MemoryStick, RotateCw } from 'lucide-react'
import { FailureLayout } from './failure-layout.tsx'
import { type GoneContent, goneWords } from './gone-words.ts'

export interface GonePageProps {
  name: string
  url: string
  pid: number | null
  content: GoneContent
  onRestart(): void
  onClose(): void
  onProcesses(): void
}

/** The sad tab: the page's process is gone, and nothing else is. */
export function GonePage(props: GonePageProps) {
  const { content } = props
  const words = goneWords(props.name, content, props.pid)
  const restart = (
    <button
      type="button"
      key="restart"
      className={content.isRepeated ? 'nx-btn nx-btn--l' : 'nx-btn nx-btn--pri nx-btn--l'}
      onClick={props.onRestart}
    >
      <RotateCw className="i" />
      Restart page
    </button>
  )
  // a page that stops at once every time is better left alone
  const close = (
    <button
      type="button"
      key="close"
      className={content.isRepeated ? 'nx-btn nx-btn--pri nx-btn--l' : 'nx-btn nx-btn--l'}
      onClick={props.onClose}
    >
      Close tab
    </button>
  )
  return (
    <FailureLayout
      icon={content.reason === 'outOfMemory' ? <MemoryStick className="i" /> : <CircleX className="i" />}
      tone={content.reason === 'outOfMemory' ? 'warn' : 'danger'}
      title={words.title}
      lead={words.lead}
      traceLabel="What is still running"
      trace={words.trace}
      why={words.why}
      advice={[
        {
          icon: <RotateCw className="i" />,
          text: content.isRepeated
            ? 'Restart it later; it is likely to stop again now'
            : 'Restart it. The address is kept, what you typed into the page is lost',
        },
        { icon: <ListTree className="i" />, text: 'Look at the other processes' },
      ]}
      answers={
        <>
          {content.isRepeated ? [close, restart] : [restart, close]}
          <button type="button" className="nx-btn nx-btn--quiet nx-btn--l" onClick={props.onProcesses}>
            Show processes
          </button>
        </>
      }
      code={[words.code, props.url].filter(Boolean).join(' · ')}
    />
  )
}
