/** Numbers as people read them: short, with their unit. The em dash stands for "not known". */
export const unknown = '—'

const megabyte = 1024 * 1024
const gigabyte = 1024 * megabyte

/** "148 MB", "1.72 GB". */
export function memoryText(bytes: number | null): string {
  if (bytes === null) return unknown
  if (bytes >= gigabyte) return `${(bytes / gigabyte).toFixed(2)} GB`
  const megabytes = bytes / megabyte
  return megabytes > 0 && megabytes < 1 ? '1 MB' : `${Math.round(megabytes)} MB`
}

/** The same for a reader: "148 of 512 megabytes". */
export function memoryWords(bytes: number | null, limitBytes: number | null): string {
  if (bytes === null) return 'not known'
  const used = Math.round(bytes / megabyte)
  return limitBytes === null
    ? `${used} megabytes`
    : `${used} of ${Math.round(limitBytes / megabyte)} megabytes`
}

/** "1.2"; the unit stands in the head of the column. */
export function cpuText(percent: number | null): string {
  if (percent === null) return unknown
  if (percent === 0) return '0'
  return percent >= 100 ? String(Math.round(percent)) : percent.toFixed(1)
}

/** "12 s", "41 min", "6 h 12 min", "2 d 3 h". */
export function uptimeText(milliseconds: number | null): string {
  if (milliseconds === null) return unknown
  const seconds = Math.floor(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ${minutes % 60} m`
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** "412", "12.4 k", "1.2 M". */
export function countText(count: number): string {
  if (count < 10_000) return String(count)
  if (count < 1_000_000) return `${(count / 1000).toFixed(1)} k`
  return `${(count / 1_000_000).toFixed(1)} M`
}

/** "12 ms", "1.16 s". */
export function durationText(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(2)} s`
  if (milliseconds >= 10 || milliseconds === 0) return `${Math.round(milliseconds)} ms`
  return `${milliseconds.toFixed(1)} ms`
}
