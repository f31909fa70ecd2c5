import type { HistoryEntry } from '../../contracts/storage.ts'

/**
 * The address that completes what was typed, or null. Hosts complete from their first letters and paths only once a
 * slash was typed, so that a short word goes to a site and never deep into one. The completion starts with exactly what
 * was typed, so that the rest can be shown selected behind the caret. An address that is known as it stands is left alone.
 */
export function completionFor(typed: string, entries: readonly HistoryEntry[]): string | null {
  const wanted = typed.toLowerCase()
  if (wanted === '' || /\s/.test(wanted)) return null
  if (entries.some(entry => addressForms(entry.url).some(form => form.toLowerCase() === wanted))) return null
  for (const entry of entries) {
    for (const form of addressForms(entry.url)) {
      if (!form.toLowerCase().startsWith(wanted)) continue
      const slash = form.indexOf('/', form.indexOf('//') === -1 ? 0 : form.indexOf('//') + 2)
      const hasTypedPath = slash !== -1 && wanted.length > slash
      const end = hasTypedPath || slash === -1 ? form : form.slice(0, slash)
      const completion = typed + end.slice(typed.length)
      if (completion.length > typed.length) return completion
    }
  }
  return null
}

/** The ways a person may begin to type an address: without "https://", without "www.", or whole. */
function addressForms(address: string): string[] {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    return []
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return [address]
  const bare = address.slice(address.indexOf('//') + 2).replace(/\/$/, '')
  return [bare, bare.replace(/^www\./, ''), address]
}
