import type { DownloadEntry } from '../../contracts/downloads-for-chrome.ts'

const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** "4.1 MB": decimal units, as file managers count. */
export function sizeText(bytes: number): string {
  const { value, unit } = scaled(bytes, bytes)
  return `${value} ${unit}`
}

/** "214 of 345 MB"; where the whole is not known, only what has come. */
export function progressText(received: number, size: number | null): string {
  if (size === null) return sizeText(received)
  const whole = scaled(size, size)
  return `${scaled(received, size).value} of ${whole.value} ${whole.unit}`
}

function scaled(bytes: number, reference: number): { value: string; unit: string } {
  const power = reference < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(reference) / 3))
  const value = bytes / 1_000 ** power
  const digits = power === 0 || value >= 100 || value === 0 ? 0 : 1
  return { value: value.toFixed(digits).replace(/\.0$/, ''), unit: units[power] ?? 'bytes' }
}

/** "12 s left", "3 min left", "2 h left". */
export function timeLeftText(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, seconds)} s left`
  if (seconds < 3_600) return `${Math.round(seconds / 60)} min left`
  return `${Math.round(seconds / 3_600)} h left`
}

/** What goes on with a download, in one line; `now` for words like "today". */
export function stateText(entry: DownloadEntry, now: Date): string {
  const { state } = entry
  switch (state.kind) {
    case 'waiting':
      return 'Waits for its turn'
    case 'running': {
      if (state.bytesPerSecond === 0) return entry.received === 0 ? 'Connecting' : 'Waiting for more'
      const speed = `${sizeText(state.bytesPerSecond)}/s`
      return state.secondsLeft === null ? speed : `${speed} · ${timeLeftText(state.secondsLeft)}`
    }
    case 'paused':
      return state.by === 'person' ? 'Paused by you' : 'Paused when Nexus ended'
    case 'completed':
      return entry.isThere ? momentText(entry.endedAt ?? entry.startedAt, now) : 'Moved or deleted'
    case 'held':
      return `Held: ${state.danger}`
    case 'cancelled':
      return 'Cancelled'
    case 'failed':
      return state.reason
  }
}

/** "Today, 13:52", "Yesterday, 17:20", "3 May, 9:07". */
function momentText(at: number, now: Date): string {
  const moment = new Date(at)
  const time = moment.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' })
  const days = Math.round((midnight(now) - midnight(moment)) / 86_400_000)
  if (days === 0) return `Today, ${time}`
  if (days === 1) return `Yesterday, ${time}`
  return `${moment.toLocaleDateString(undefined, { day: 'numeric', month: 'long' })}, ${time}`
}

function midnight(moment: Date): number {
  return new Date(moment).setHours(0, 0, 0, 0)
}

/** How much of it is there, 0 to 1; null where that says nothing. */
export function shareOf({ state, size, received }: DownloadEntry): number | null {
  if (state.kind === 'completed' || state.kind === 'held' || state.kind === 'cancelled') return null
  if (size === null || size === 0) return null
  return Math.min(1, received / size)
}

/** "1 running, 2 paused"; empty when nothing is under way. */
export function countText(entries: readonly DownloadEntry[]): string {
  const running = entries.filter(({ state }) => state.kind === 'running' || state.kind === 'waiting').length
  const paused = entries.filter(({ state }) => state.kind === 'paused').length
  return [running > 0 ? `${running} running` : '', paused > 0 ? `${paused} paused` : '']
    .filter(Boolean)
    .join(', ')
}

/** What is announced when a download comes to its end; null where nothing has. */
export function endWords({ name, state }: DownloadEntry): string | null {
  switch (state.kind) {
    case 'completed':
      return `${name} is downloaded`
    case 'held':
      return `${name} is held: ${state.danger}`
    case 'failed':
      return `${name} failed. ${state.reason}`
    case 'waiting':
    case 'running':
    case 'paused':
    case 'cancelled':
      return null
  }
}

/** Whether a pasted checksum is the one of the file; null while what was pasted is none. */
export function isSameChecksum(pasted: string, sha256: string): boolean | null {
  const clean =
    pasted
      .trim()
      .toLowerCase()
      .replace(/^sha-?256[:=]?\s*/, '')
      .split(/\s/, 1)[0] ?? ''
  return /^[0-9a-f]{64}$/.test(clean) ? clean === sha256 : null
}
