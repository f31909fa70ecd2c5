import type { MessageAlert, MethodTraffic, PairTraffic } from '../../../contracts/messages.ts'
import { GridCell } from '../grid-cell.tsx'
import { countText } from '../readings.ts'
import { dataText, latencyText, rateText, shareText } from './message-readings.ts'

/** The readings that a pair and a method have in common. */
export interface CommonReadings {
  readonly traffic: PairTraffic | MethodTraffic
  readonly alerts: readonly MessageAlert[]
  readonly focused: number | null | undefined
}

type Rule = MessageAlert['rule']

/** One number. What is nothing is pale, what an alert is about is coloured; the glyph of the row says it too. */
export function NumberCell(props: {
  index: number
  focused: number | null | undefined
  text: string
  isNothing?: boolean
  alerts?: readonly MessageAlert[]
  rule?: Rule
}) {
  const alert = props.alerts?.find(candidate => candidate.rule === props.rule)
  const tone = alert === undefined ? '' : alert.level === 'critical' ? 'nx-bad' : 'nx-warn'
  return (
    <GridCell
      index={props.index}
      focused={props.focused}
      className={`r num ${props.isNothing ? 't3' : ''} ${tone}`}
    >
      {props.text}
    </GridCell>
  )
}

/** Rate, data and latencies: the columns from 1 to 6. */
export function SpeedCells({ traffic, alerts, focused }: CommonReadings) {
  const latency = (index: number, milliseconds: number, rule?: Rule) => (
    <NumberCell
      index={index}
      focused={focused}
      text={latencyText(traffic.callCount, milliseconds)}
      isNothing={traffic.callCount === 0}
      alerts={alerts}
      {...(rule === undefined ? {} : { rule })}
    />
  )
  return (
    <>
      <NumberCell
        index={1}
        focused={focused}
        text={rateText(traffic.messagesPerSecond)}
        isNothing={traffic.messagesPerSecond === 0}
      />
      <NumberCell
        index={2}
        focused={focused}
        text={dataText(traffic.bytesPerSecond)}
        isNothing={traffic.bytesPerSecond === 0}
      />
      {latency(3, traffic.p50Ms)}
      {latency(4, traffic.p95Ms, 'p95Latency')}
      {latency(5, traffic.p99Ms, 'p99Latency')}
      <GridCell index={6} focused={focused} className={`r num ${traffic.callCount === 0 ? 't3' : 't2'}`}>
        {latencyText(traffic.callCount, traffic.maxMs)}
      </GridCell>
    </>
  )
}

/** Failures: the columns from 10 to 13. */
export function FailureCells({ traffic, alerts, focused }: CommonReadings) {
  return (
    <>
      <NumberCell
        index={10}
        focused={focused}
        text={shareText(traffic.errorRate)}
        isNothing={traffic.errorRate === 0}
        alerts={alerts}
        rule="errorRate"
      />
      <NumberCell
        index={11}
        focused={focused}
        text={shareText(traffic.timeoutRate)}
        isNothing={traffic.timeoutRate === 0}
      />
      <NumberCell
        index={12}
        focused={focused}
        text={shareText(traffic.retryRate)}
        isNothing={traffic.retryRate === 0}
      />
      <NumberCell
        index={13}
        focused={focused}
        text={countText(traffic.dropCount)}
        isNothing={traffic.dropCount === 0}
        alerts={alerts}
        rule="dropRate"
      />
    </>
  )
}
