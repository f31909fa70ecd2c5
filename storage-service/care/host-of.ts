/** The host of an address, an origin, or itself, without "www." and port; what has no host stands for itself. */
export function hostOf(place: string): string {
  const isAddress = place.includes('://')
  const url = isAddress ? place : `https://${place}`
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  return (host === '' ? place.slice(0, 300) : host).replace(/^www\./, '')
}
