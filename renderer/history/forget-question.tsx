import { useEffect, useRef, useState } from 'react'

export interface ForgetQuestionProps {
  /** What is lost, as the name of the group. */
  title: string
  text: string
  onForget(withHistory: boolean): Promise<void>
  onKeep(): void
}

/** Asks before something is deleted, where it stands. The answer that deletes nothing has the focus. */
export function ForgetQuestion(props: ForgetQuestionProps) {
  const keep = useRef<HTMLButtonElement>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  useEffect(() => keep.current?.focus(), [])
  const forget = (withHistory: boolean) => {
    setIsBusy(true)
    props.onForget(withHistory).catch((error: unknown) => {
      setIsBusy(false)
      setFailure(error instanceof Error ? error.message : 'Storage does not answer.')
    })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a form around it
    <div
      className="nx-forget"
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
        <p className="nx-forget__failure" role="alert">
          Nothing was forgotten. {failure}
        </p>
      )}
      <div className="nx-forget__answers">
        <button type="button" className="nx-btn" ref={keep} onClick={props.onKeep}>
          Keep it
        </button>
        <button
          type="button"
          className="nx-btn nx-btn--danger"
          disabled={isBusy}
          onClick={() => forget(false)}
        >
          Forget what was read
        </button>
        <button
          type="button"
          className="nx-btn nx-btn--danger"
          disabled={isBusy}
          onClick={() => forget(true)}
        >
          Forget the visits too
        </button>
      </div>
    </div>
  )
}
