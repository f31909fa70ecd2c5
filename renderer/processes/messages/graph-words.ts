import type { MessageAlert } from '../../../contracts/messages.ts'
import { durationText } from '../readings.ts'
import { alertCountWords } from './alert-words.ts'
import type { Lane, Link } from './links.ts'
import { rateText } from './message-readings.ts'
import type { Talker } from './talkers.ts'

/** A process of the graph for a reader: "Reader, 3 links, 12 messages per second, slowest p95 182 ms, 1 alert". */
export function talkerWords(talker: Talker, links: readonly Link[], alerts: readonly MessageAlert[]): string {
  const lanes = links.flatMap(link => link.lanes)
  const rate = lanes.reduce((sum, lane) => sum + lane.messagesPerSecond, 0)
  const slowest = Math.max(...lanes.map(lane => lane.p95Ms ?? -1), -1)
  return [
    talker.name,
    talker.row !== null && talker.row.state !== 'active' ? talker.row.state : '',
    links.length === 1 ? '1 link' : `${links.length} links`,
    links.length === 0 ? '' : `${rateText(rate)} messages per second`,
    slowest < 0 ? '' : `slowest p95 ${durationText(slowest)}`,
    alerts.length === 0 ? '' : alertCountWords(alerts),
  ]
    .filter(Boolean)
    .join(', ')
}

/** A line of the graph: "Nexus core to Reader, 2.4 messages per second, p95 182 ms, strained". */
export function laneWords(lane: Lane, nameOf: (talkerId: string) => string): string {
  return [
    `${nameOf(lane.from)} to ${nameOf(lane.to)}`,
    `${rateText(lane.messagesPerSecond)} messages per second`,
    lane.p95Ms === null ? '' : `p95 ${durationText(lane.p95Ms)}`,
    lane.isRelayed ? 'through Nexus core' : '',
    lane.health,
  ]
    .filter(Boolean)
    .join(', ')
}
