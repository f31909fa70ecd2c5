import { ArrowRight } from 'lucide-react'
import type { PendingCall } from '../../../contracts/messages.ts'
import { Gauge } from '../gauge.tsx'
import { durationText } from '../readings.ts'
import { clockText } from './message-readings.ts'
import { deadlineShare, waitingFirst } from './pending-calls.ts'
import type { WhoIs } from './talkers.ts'

/** More calls than a person reads; the rest is counted. */
const mostRows = 200

/** Calls without an answer yet, the nearest to its deadline first. */
export function PendingTable(props: { calls: readonly PendingCall[]; words: string; who: WhoIs }) {
  const calls = waitingFirst(props.calls, props.words, props.who)
  if (calls.length === 0) {
    return (
      <p className="nx-dock__empty" role="status">
        {props.calls.length === 0 ? 'No call is waiting for an answer.' : 'No waiting call matches.'}
      </p>
    )
  }
  return (
    <>
      <table className="nx-calls" aria-label="Calls that wait for their answer">
        <thead>
          <tr>
            <th scope="col">Method</th>
            <th scope="col">From, to</th>
            <th scope="col">Age of deadline</th>
            <th scope="col">Priority</th>
            <th scope="col" className="r">
              Retries
            </th>
            <th scope="col">Sent</th>
            <th scope="col">Trace</th>
          </tr>
        </thead>
        <tbody>
          {calls.slice(0, mostRows).map((call, index) => (
            // a call has no name of its own: its place among equals is as good as any
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <tr key={`${call.traceId} ${call.sentAt} ${call.method} ${index}`}>
              <th scope="row" className="mono">
                {call.method}
              </th>
              <td>
                <span className="nx-calls__pair">
                  <span className="ell">{props.who(call.from).name}</span>
                  <ArrowRight className="i i-s t3" aria-label="to" role="img" />
                  <span className="ell">{props.who(call.to).name}</span>
                </span>
              </td>
              <td>
                <span className="nx-calls__age">
                  <span className="num r">
                    {durationText(call.ageMs)} <span className="t3">/ {durationText(call.deadlineMs)}</span>
                  </span>
                  <Gauge
                    share={deadlineShare(call)}
                    label={`Age of ${call.method}`}
                    valueText={`${durationText(call.ageMs)} of ${durationText(call.deadlineMs)}`}
                  />
                </span>
              </td>
              <td className={call.priority === 'normal' ? 't3' : undefined}>{call.priority}</td>
              <td className={`num r ${call.retryCount === 0 ? 't3' : 'nx-warn'}`}>{call.retryCount}</td>
              <td className="num t2">{clockText(call.sentAt)}</td>
              <td className="mono t3 ell" title={call.traceId}>
                {call.traceId}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {calls.length > mostRows && (
        <p className="nx-dock__empty">And {calls.length - mostRows} more that wait less long.</p>
      )}
    </>
  )
}
