const hueCount = 10

/** A steady colour for a site without an icon. */
export function siteHue(site: string): number {
  // FNV-1a: short names that differ by one letter must not share a colour
  let hash = 0x811c9dc5
  for (const character of site) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return ((hash ^ (hash >>> 15)) >>> 0) % hueCount
}

/** The letter that stands for a site without an icon. */
export function siteLetter(site: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(site)?.[0] ?? '·'
  return letter.toLocaleUpperCase('en')
}
