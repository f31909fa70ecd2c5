import { inspect } from 'node:util'
import type { HostileCase } from './hostile-packets.ts'
import type { Failure } from './run.ts'

/** Says what failed, and how to have it again. */
export function printFailure(seed: number, { index, problems, hostile }: Failure, least: HostileCase): void {
  console.log(`FAILED in case ${index} (${hostile.temper}):`)
  for (const problem of problems.slice(0, 10)) console.log(`  ${problem}`)
  console.log(`${least.packets.length} of ${hostile.packets.length} packets show it:`)
  for (const packet of least.packets.slice(0, 20)) console.log(`  ${describePacket(packet)}`)
  console.log(`Again: node tests/fuzz/messages.ts --seed ${seed} --case ${index}`)
}

/** A packet in a line. */
export function describePacket(packet: unknown): string {
  const text =
    typeof packet === 'string'
      ? packet
      : inspect(packet, { depth: 4, breakLength: Number.POSITIVE_INFINITY, maxArrayLength: 8 })
  const kind = typeof packet === 'string' ? `text of ${packet.length} characters` : 'list'
  // Copied, because a part of a string keeps the whole of it in memory.
  const start = structuredClone(text.slice(0, 300))
  return `${kind}: ${start}${text.length > 300 ? ' …' : ''}`
}
