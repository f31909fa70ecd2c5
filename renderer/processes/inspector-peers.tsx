import type { PairTraffic } from '../../contracts/messages.ts'
import type { ProcessRow } from '../../contracts/processes.ts'
import { millisecondsText, rateText } from './messages/message-readings.ts'
import type { WhoIs } from './messages/talkers.ts'
import { peersOf } from './peers.ts'
import { ProcessIcon } from './process-icon.tsx'

const mostPeers = 6

/** With whom a process exchanges messages. */
export function InspectorPeers(props: { row: ProcessRow; pairs: readonly PairTraffic[]; who: WhoIs }) {
  const peers = peersOf(props.row.id, props.pairs, props.who)
  return (
    <div className="nx-inspector__part">
      <h3>Talks to</h3>
      {peers.length === 0 ? (
        <p className="t3">Nobody so far</p>
      ) : (
        <ul className="nx-inspector__list">
          {peers.slice(0, mostPeers).map(peer => (
            <li key={peer.talker.id}>
              <ProcessIcon kind={peer.talker.kind} />
              <span className="ell">{peer.talker.name}</span>
              <span className="num">{rateText(peer.messagesPerSecond)}/s</span>
              <span className="num t3" title="95 of 100 calls took at most">
                {peer.p95Ms === null ? '' : `${millisecondsText(peer.p95Ms)} ms`}
              </span>
            </li>
          ))}
          {peers.length > mostPeers && (
            <li>
              <span className="t3">and {peers.length - mostPeers} more</span>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}
