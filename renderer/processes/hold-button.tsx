import { Pause, Play } from 'lucide-react'
import { memo } from 'react'
import { clockText } from './messages/message-readings.ts'

/** Stops the table where it is, to read it. Measuring goes on. */
export const HoldButton = memo(function HoldButton(props: { heldAt: number | null; onToggle(): void }) {
  const isHeld = props.heldAt !== null
  return (
    <button
      type="button"
      className="nx-chip"
      aria-pressed={isHeld}
      title={isHeld ? 'Go on with live readings' : 'Hold these readings'}
      onClick={props.onToggle}
    >
      {isHeld ? <Play className="i i-s" /> : <Pause className="i i-s" />}
      {props.heldAt === null ? 'Hold' : `Held at ${clockText(props.heldAt)}`}
    </button>
  )
})
