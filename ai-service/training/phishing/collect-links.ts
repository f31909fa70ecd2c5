/**
 * Collects addresses that honest people wrote down, from free Debian packages, for training:
 *
 *   node ai-service/training/phishing/collect-links.ts <folder of unpacked packages>...
 *
 * `Homepage:` of every package that apt knows, and the links in the files of the folders named. Hosts come from the
 * filter lists of webext-ublock-origin-chromium, where that is among the unpacked. Writes `.nexus/training/phishing/`
 * links.txt and hosts.txt, sorted.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const out = '.nexus/training/phishing'
const mostBytes = 16_000_000
const links = new Set<string>()
const hosts = new Set<string>()

for (const name of readdirSync('/var/lib/apt/lists').filter(one => /_Packages(\.\w+)?$/.test(one))) {
  const { stdout } = spawnSync('/usr/lib/apt/apt-helper', ['cat-file', join('/var/lib/apt/lists', name)], {
    maxBuffer: 1_000_000_000,
  })
  for (const [, address = ''] of stdout.toString('utf8').matchAll(/^Homepage: *(\S+)/gm)) links.add(address)
}
for (const folder of process.argv.slice(2)) walk(folder)
mkdirSync(out, { recursive: true })
writeFileSync(join(out, 'links.txt'), [...links].sort().join('\n'))
writeFileSync(join(out, 'hosts.txt'), [...hosts].sort().join('\n'))
console.log(`${links.size} links, ${hosts.size} hosts`)

function walk(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) walk(path)
    else if (entry.isFile() && !/\.(?:[cm]?js|ts|map|pyc|so|png|jpg|mo|elc)$|RECORD$/.test(path))
      readLinks(path)
  }
}

function readLinks(path: string): void {
  if (statSync(path).size > mostBytes) return
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('latin1')
  if (/ublock-origin.*\.txt$/.test(path)) {
    // Lists of what is dangerous are no source of honest names.
    if (!/badware|urlhaus/.test(path)) readFilterHosts(text)
    return
  }
  for (const [found] of text.matchAll(/https?:\/\/[\w.~:/?#[\]@!$&()*+,;=%-]{4,300}/g)) {
    links.add(found.replaceAll('&amp;', '&').replace(/[.,;:)\]!*]+$/, ''))
  }
}

function readFilterHosts(text: string): void {
  for (const line of text.split('\n')) {
    const before = /^([^#/$|!]*)#@?[?$]?#/.exec(line)?.[1] ?? ''
    const option = /(?:domain|from)=([^,$]*)/.exec(line)?.[1] ?? ''
    for (const host of [...before.split(','), ...option.split('|')]) {
      const bare = host
        .trim()
        .toLowerCase()
        .replace(/^~/, '')
        .replace(/^www\./, '')
      if (/^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$/.test(bare) && !/^[\d.]+$/.test(bare)) hosts.add(bare)
    }
  }
}
