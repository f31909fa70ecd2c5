/** What the settings take (contracts/storage.ts). */
const leastMegabytes = 64
const mostMegabytes = 65_536

/** What is wrong with a limit as it was typed; null when it can be saved. */
export function limitProblem(text: string): string | null {
  if (!/^\s*\d+\s*$/.test(text)) return 'A whole number of megabytes, such as 512.'
  const megabytes = Number(text)
  if (megabytes < leastMegabytes) return `At least ${leastMegabytes} MB: no process runs with less.`
  if (megabytes > mostMegabytes) return `At most ${mostMegabytes.toLocaleString('en')} MB.`
  return null
}
