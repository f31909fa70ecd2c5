import { knownSiteHashes } from './known-site-hashes.ts'

/** Sorted, so that a look-up halves its way to the answer. */
const hashes = new Uint32Array(Uint8Array.from(Buffer.from(knownSiteHashes, 'base64')).buffer)

/** True for the registrable domains that most people's browsers ask for. One in a million others is taken for one. */
export function isKnownSite(site: string): boolean {
  const wanted = siteHash(site)
  let low = 0
  let high = hashes.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = hashes[middle] ?? 0
    if (found === wanted) return true
    if (found < wanted) low = middle + 1
    else high = middle - 1
  }
  return false
}

/** FNV-1a, 32 bits. */
export function siteHash(site: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < site.length; index++)
    hash = Math.imul(hash ^ site.charCodeAt(index), 0x01000193)
  return hash >>> 0
}
