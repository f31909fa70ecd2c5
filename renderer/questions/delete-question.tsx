import { useEffect, useRef, useState } from 'react'

export interface DeleteQuestionProps {
  /** What is lost, as the name of the group. */
  readonly title: string
  readonly text: string
  /** What deletes nothing. */
  readonly keepLabel: string
  /** What deletes; at least one. */
  readonly answers: readonly DeleteAnswer[]
  /** Before the cause, when an answer came to nothing, for example "Nothing was cleared." */
  readonly failureBegins: string
  onKeep(): void
}

export interface DeleteAnswer {
  readonly label: string
  /** The question stays, with the cause, when it rejects; whoever asks takes it away otherwise. */
  onChoose(): Promise<void>
}

/** Asks before something is deleted that cannot be brought back, where it stands. "Keep" has the focus; so says Escape. */
export function DeleteQuestion(props: DeleteQuestionProps) {
  const keep = useRef<HTMLButtonElement>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  useEffect(() => keep.current?.focus(), [])
  const choose = (answer: DeleteAnswer) => {
    setIsBusy(true)
    answer.onChoose().catch((error: unknown) => {
      setIsBusy(false)
      setFailure(error instanceof Error ? error.message : 'Storage does not answer.')
    })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a form around it
    <div
      className="nx-question"
      role="group"
      aria-label={props.title}
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onKeep()
      }}
    >
      <p>
        <span className="med">{props.title}</span> {props.text}
      </p>
      {failure !== null && (
        <p className="nx-question__failure" role="alert">
          {props.failureBegins} {failure}
        </p>
      )}
      <div className="nx-question__answers">
        <button type="button" className="nx-btn" ref={keep} onClick={props.onKeep}>
          {props.keepLabel}
        </button>
        {props.answers.map(answer => (
          <button
            key={answer.label}
            type="button"
            className="nx-btn nx-btn--danger"
            disabled={isBusy}
            onClick={() => choose(answer)}
          >
            {answer.label}
          </button>
        ))}
      </div>
    </div>
  )
}
