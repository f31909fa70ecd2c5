import type { CrashRecord } from '../../contracts/storage-crashes.ts'
import { memoryText, uptimeText } from '../processes/readings.ts'

/** What ended, in the words of the process table. */
export function crashTitle({ kind, name, site }: CrashRecord): string {
  switch (kind) {
    case 'page':
      return (site ?? 'Private or blank page') + (name === 'frame' ? ' in a frame' : '')
    case 'main':
      return 'Nexus core'
    case 'chrome':
      return 'Window'
    case 'gpu':
      return 'Graphics'
    case 'service':
      return services.get(name) ?? name
  }
}

const services: ReadonlyMap<string, string> = new Map([
  ['storage', 'Storage'],
  ['network', 'Network'],
  ['ai', 'Reader model'],
  ['audio', 'Audio'],
  ['compositor', 'Compositor'],
])

/** Why it ended, in a few words. What the engine says is translated; what Nexus says stays. */
export function reasonWords({ reason }: CrashRecord): string {
  return reasons.get(reason) ?? reason
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['crashed', 'ended by a fault'],
  ['abnormal-exit', 'ended by a fault'],
  ['clean-exit', 'ended by itself'],
  ['gone', 'was gone, nobody knows why'],
  ['killed', 'was ended from outside'],
  ['oom', 'the computer had no memory left'],
  ['memory-eviction', 'the computer had no memory left'],
  ['memory limit', 'held more memory than it may'],
  ['did not answer', 'did not answer and was ended'],
  ['launch-failed', 'could not be started'],
  ['integrity-failure', 'could not be started'],
])

/** The rest of a record, one fact a line. */
export function crashFacts(crash: CrashRecord): readonly { readonly name: string; readonly value: string }[] {
  const { machine } = crash
  return [
    { name: 'Reason', value: crash.reason },
    { name: 'Exit code', value: crash.exitCode === null ? 'not known' : String(crash.exitCode) },
    { name: 'Ran', value: uptimeText(crash.uptimeMs) },
    {
      name: 'Memory of the computer',
      value: `${memoryText(machine.freeMemoryBytes)} of ${memoryText(machine.totalMemoryBytes)} free`,
    },
    { name: 'System', value: `${machine.platform} ${machine.release}, ${machine.architecture}` },
    { name: 'Nexus', value: machine.nexusVersion },
  ]
}

/** "today 14:09", "yesterday 08:00", "12 March 2027, 08:00". */
export function whenText(at: number, now: Date): string {
  const then = new Date(at)
  const time = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const day = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
  const days = Math.round((day(now) - day(then)) / 86_400_000)
  if (days === 0) return `today ${time}`
  if (days === 1) return `yesterday ${time}`
  return `${then.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })}, ${time}`
}
