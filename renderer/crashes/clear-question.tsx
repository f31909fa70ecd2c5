import { useEffect, useRef, useState } from 'react'

/** Asks before all records go, which cannot be taken back. The answer that deletes nothing has the focus. */
export function ClearQuestion(props: { onClear(): Promise<void>; onKeep(): void }) {
  const keep = useRef<HTMLButtonElement>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  useEffect(() => keep.current?.focus(), [])
  const clear = (): void => {
    setIsBusy(true)
    props.onClear().catch((error: unknown) => {
      setIsBusy(false)
      setFailure(error instanceof Error ? error.message : 'Storage does not answer.')
    })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a form around it
    <div
      className="nx-crashes__question"
      role="group"
      aria-label="Clear all records?"
      onKeyDown={event => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        props.onKeep()
      }}
    >
      <p>
        <span className="med">Clear all records?</span> This cannot be taken back. Export them first if
        somebody is to look at them.
      </p>
      {failure !== null && (
        <p className="nx-crashes__problem" role="alert">
          Nothing was cleared. {failure}
        </p>
      )}
      <div className="nx-crashes__answers">
        <button type="button" className="nx-btn" ref={keep} onClick={props.onKeep}>
          Keep them
        </button>
        <button type="button" className="nx-btn nx-btn--danger" disabled={isBusy} onClick={clear}>
          Clear all
        </button>
      </div>
    </div>
  )
}
