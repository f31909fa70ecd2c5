import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Topic } from './lexicon.ts'
import type { TopicRow } from './rows.ts'

/** Sections of Debian whose programs are about one topic, and how many of their descriptions are taken. */
const sections: Readonly<Record<string, { readonly topic: Topic; readonly share: number }>> = {
  games: { topic: 'games', share: 1 },
  education: { topic: 'education', share: 1 },
  science: { topic: 'science', share: 0.6 },
  math: { topic: 'science', share: 0.5 },
  web: { topic: 'technology', share: 0.5 },
  net: { topic: 'technology', share: 0.2 },
  devel: { topic: 'technology', share: 0.1 },
  admin: { topic: 'technology', share: 0.3 },
  database: { topic: 'technology', share: 0.5 },
  electronics: { topic: 'technology', share: 0.7 },
  editors: { topic: 'technology', share: 0.2 },
}

/**
 * Descriptions of Debian packages by section (free texts: Debian's own licences of each package). `translations` is a
 * list of descriptions (`Translation-en` as `apt-get update` fetches it), the sections come from `apt-cache
 * dumpavail`.
 */
export function readDebian(translations: string): TopicRow[] {
  const sectionOf = new Map<string, string>()
  const { stdout } = spawnSync('apt-cache', ['dumpavail'], { encoding: 'utf8', maxBuffer: 1 << 30 })
  for (const stanza of stdout.split('\n\n')) {
    const name = /^Package: (.+)$/m.exec(stanza)?.[1]
    const section = /^Section: (.+)$/m.exec(stanza)?.[1]
    if (name !== undefined && section !== undefined) sectionOf.set(name, section)
  }
  const seen = new Set<string>()
  const rows: TopicRow[] = []
  let taken = 0
  for (const stanza of readFileSync(translations, 'utf8').split('\n\n')) {
    const name = /^Package: (.+)$/m.exec(stanza)?.[1]
    const [, title = '', body = ''] = /^Description-en: (.*)\n([\s\S]*)$/m.exec(stanza) ?? []
    const rule = sections[sectionOf.get(name ?? '') ?? '']
    const text = body.replace(/^ \.?/gm, '').replace(/\s+/g, ' ').trim()
    const key = text.slice(0, 60)
    if (rule === undefined || text.length < 80 || seen.has(key)) continue
    seen.add(key)
    // Spread evenly, and the same for the same list.
    taken += rule.share
    if (taken < 1) continue
    taken -= 1
    rows.push({ title, text: text.slice(0, 3_000), topic: rule.topic, src: 'debian' })
  }
  return rows
}
