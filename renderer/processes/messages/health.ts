import type { MessageAlert, PairTraffic } from '../../../contracts/messages.ts'
import { pairKey } from './talkers.ts'

/** From well to worst. `strained`: a warning, or held back by flow control. `failing`: a critical alert. */
export type Health = 'quiet' | 'steady' | 'strained' | 'failing'

const order: readonly Health[] = ['quiet', 'steady', 'strained', 'failing']

export function worst(one: Health, other: Health): Health {
  return order.indexOf(one) >= order.indexOf(other) ? one : other
}

export type AlertsByPair = ReadonlyMap<string, readonly MessageAlert[]>

export function alertsByPair(alerts: readonly MessageAlert[]): AlertsByPair {
  return Map.groupBy(alerts, pairKey)
}

export function healthOf(pair: PairTraffic, alerts: AlertsByPair): Health {
  const level = gravestLevel(alerts.get(pairKey(pair)) ?? [])
  if (level === 'critical') return 'failing'
  if (level === 'warning' || pair.isPaused) return 'strained'
  return pair.messagesPerSecond === 0 ? 'quiet' : 'steady'
}

export function isTroubled(health: Health): boolean {
  switch (health) {
    case 'quiet':
    case 'steady':
      return false
    case 'strained':
    case 'failing':
      return true
  }
}

/** The graver level of several; null for none. */
export function gravestLevel(alerts: readonly MessageAlert[]): MessageAlert['level'] | null {
  if (alerts.length === 0) return null
  return alerts.some(alert => alert.level === 'critical') ? 'critical' : 'warning'
}
