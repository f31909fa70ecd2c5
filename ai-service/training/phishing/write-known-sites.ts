/**
 * Writes `ai-service/phishing/known-site-hashes.ts` from the most asked-for domains of OpenDNS (public domain).
 *
 *   node ai-service/training/phishing/write-known-sites.ts [data folder]
 *
 * The data folder (default ../shared/data/phishing) holds train.jsonl.gz.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { siteHash } from '../../phishing/known-sites.ts'
import { readRows } from '../read-rows.ts'
import { Row } from './rows.ts'

const folder = process.argv[2] ?? '../shared/data/phishing'
const sites = new Set(
  readRows(join(folder, 'train.jsonl.gz'), Row)
    .filter(row => row.src === 'opendns-top')
    .map(row => row.reg),
)
const hashes = Uint32Array.from([...sites], siteHash).sort()
const text = Buffer.from(hashes.buffer).toString('base64')
writeFileSync(
  join(import.meta.dirname, '../../phishing/known-site-hashes.ts'),
  `/** Made by training/phishing/write-known-sites.ts from OpenDNS' public-domain list: ${sites.size} hashes of 32 bits. */
export const knownSiteHashes =
  '${text}'
`,
)
console.log(`${sites.size} sites`)
