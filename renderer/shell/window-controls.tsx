import { Minus, Square, X } from 'lucide-react'

export type WindowAction = 'minimize' | 'toggleMaximize' | 'close'

/** For a window without a native frame. */
export function WindowControls(props: { onAction(action: WindowAction): void }) {
  return (
    <div className="nx-winctl">
      <button type="button" aria-label="Minimise" onClick={() => props.onAction('minimize')}>
        <Minus className="i i-s" />
      </button>
      <button type="button" aria-label="Maximise" onClick={() => props.onAction('toggleMaximize')}>
        <Square className="i i-s" />
      </button>
      <button type="button" aria-label="Close window" onClick={() => props.onAction('close')}>
        <X className="i i-s" />
      </button>
    </div>
  )
}
