import type { PairTraffic } from '../../../contracts/messages.ts'
import { timeSplit } from './message-readings.ts'

/** Where the time of a call goes: queued, on the wire, in the handler, as shares of the whole. */
export function TimeSplitBar({ pair }: { pair: PairTraffic }) {
  const split = timeSplit(pair)
  if (split === null) return null
  return (
    <span className="nx-split" role="img" aria-label={split.words} title={split.words}>
      <i data-part="wait" style={{ flexGrow: split.queued }} />
      <i data-part="wire" style={{ flexGrow: split.wire }} />
      <i data-part="work" style={{ flexGrow: split.handler }} />
    </span>
  )
}
