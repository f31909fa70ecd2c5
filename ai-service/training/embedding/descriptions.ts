import { readFileSync } from 'node:fs'

/**
 * Short and long descriptions of Debian packages, from a decompressed `Translation-en` list. Long texts that several
 * packages share are taken once.
 */
export function readDescriptions(path: string): [string, string][] {
  const pairs: [string, string][] = []
  const seen = new Set<string>()
  for (const record of readFileSync(path, 'utf8').split('\n\n')) {
    const at = record.indexOf('\nDescription-en: ')
    if (at < 0) continue
    const [short = '', ...lines] = record.slice(at + 17).split('\n')
    const end = lines.findIndex(line => line === ' .' || /^ {2}|^ [*-]/.test(line))
    const long = (end < 0 ? lines : lines.slice(0, end)).join(' ').replaceAll(/\s+/g, ' ').trim()
    if (long.length < 60 || seen.has(long)) continue
    seen.add(long)
    pairs.push([short, long])
  }
  return pairs
}
