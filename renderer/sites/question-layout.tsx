import { Lightbulb } from 'lucide-react'
import { FailureLayout, type FailureLayoutProps } from '../page-area/failure-layout.tsx'
import type { ProblemWords } from '../page-area/trace.ts'

/** A page that was not loaded, and how to go on: its words, and answers of its own. */
export function QuestionLayout(
  props: Pick<FailureLayoutProps, 'icon' | 'tone' | 'answers' | 'why'> & {
    words: ProblemWords
    canGoBack: boolean
    /** What is for support; what is empty is left out. */
    code: readonly string[]
    onLeave(): void
  },
) {
  const { words } = props
  return (
    <FailureLayout
      icon={props.icon}
      tone={props.tone}
      title={words.title}
      lead={words.lead}
      traceLabel="Path of the request"
      trace={words.trace}
      why={props.why}
      advice={words.advice.map(text => ({ icon: <Lightbulb className="i" />, text }))}
      answers={
        <>
          <button type="button" className="nx-btn nx-btn--pri nx-btn--l" onClick={props.onLeave}>
            {props.canGoBack ? 'Go back' : 'Close tab'}
          </button>
          {props.answers}
        </>
      }
      code={props.code.filter(Boolean).join(' · ')}
    />
  )
}
