/**
 * Trains the phishing model and writes it with its manifest entry.
 *
 *   node ai-service/training/phishing/train.ts [data folder] [--count=<number>] [--seed=<number>] [--out=<models folder>]
 *
 * The data folder (default ../shared/data/phishing) holds train.jsonl.gz. Of it only the public-domain lists of OpenDNS
 * are trained on; its phishing and its other honest addresses are measured on. Needs what collect-links.ts wrote. The
 * phishing that is trained on is made up (phishing-grammar.ts). Features are kept in `.nexus/training/phishing/` and
 * used again while they are there.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import * as Type from 'typebox'
import Value from 'typebox/value'
import { readAddress } from '../../phishing/address.ts'
import { bucketCount, numberNames } from '../../phishing/features.ts'
import { seededRandom } from '../../random.ts'
import { shipModel } from '../manifest-entry.ts'
import { readRows } from '../read-rows.ts'
import { runPython } from '../run-python.ts'
import { type LabelledAddress, writeFeatures } from './feature-file.ts'
import { honestAddress, shuffled, spreadLinks } from './honest-samples.ts'
import { phishingAddress } from './phishing-grammar.ts'
import { Row } from './rows.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '90000' },
    seed: { type: 'string', default: '20261120' },
    out: { type: 'string', default: 'assets/models' },
    work: { type: 'string', default: '.nexus/training/phishing' },
  },
})
const folder = positionals[0] ?? '../shared/data/phishing'
const work = options.work
const count = Number(options.count)
const random = seededRandom(Number(options.seed))
mkdirSync(work, { recursive: true })

// Which number says that a site is known: it is left out of most examples, so that others are learnt from too.
writeFileSync(join(work, 'known-column.json'), String(numberNames.indexOf('isKnown')))

const rows = readRows(join(folder, 'train.jsonl.gz'), Row)
if (!existsSync(join(work, 'train.labels'))) {
  const opendns = rows.filter(row => row.src.startsWith('opendns'))
  const names = [...new Set([...opendns.map(row => row.reg), ...linesOf('hosts.txt')])]
  const links = spreadLinks(random, linesOf('links.txt'))
  const paths = links.map(pathOf).filter(path => path.length > 1)
  const popular = new Set(rows.filter(row => row.src === 'opendns-top').map(row => row.reg))
  // Sites are dealt to training or to calibration as a whole.
  const isTraining = (site: string): boolean => hashOf(site) % 12 !== 0
  const parts = { train: isTraining, valid: (site: string) => !isTraining(site) }
  for (const [part, belongs] of Object.entries(parts)) {
    const share = part === 'train' ? 1 : 0.09
    const sites = names.filter(name => belongs(readAddress(name).site))
    const broken = sites.filter(site => !popular.has(site))
    const samples: LabelledAddress[] = [
      ...sites.map(address => ({ address, label: 0, source: 'home' }) as const),
      ...links
        .filter(link => belongs(readAddress(link).site))
        .map(address => ({ address, label: 0, source: 'links' }) as const),
    ]
    for (let index = 0; index < (count / 2) * share; index++) {
      samples.push({ address: honestAddress(random, sites, paths), label: 0, source: 'honest' })
    }
    for (let index = 0; index < count * share; index++) {
      samples.push({ address: phishingAddress(random, { sites: broken }), label: 1, source: 'grammar' })
    }
    console.log(`${part}: ${samples.length} addresses, ${sites.length} sites`)
    writeFeatures(join(work, part), shuffled(random, samples))
  }
}
if (!existsSync(join(work, 'elsewhere.labels'))) {
  writeFeatures(
    join(work, 'elsewhere'),
    rows
      .filter(row => !row.src.startsWith('opendns'))
      .map(row => ({ address: row.norm, label: row.label, source: row.src })),
  )
}
runPython(join(import.meta.dirname, 'fit.py'), [
  work,
  String(numberNames.length),
  String(bucketCount),
  options.seed,
])

const Thresholds = Type.Object({ notable: Type.Number(), alarming: Type.Number() })
const thresholds = Value.Parse(Thresholds, JSON.parse(readFileSync(join(work, 'thresholds.json'), 'utf8')))
shipModel(
  options.out,
  {
    name: 'phishing',
    file: 'phishing.onnx',
    inputs: [
      { name: 'numbers', type: 'float32', shape: [1, numberNames.length] },
      { name: 'host', type: 'int32', shape: [1, 'hostBuckets'] },
      { name: 'path', type: 'int32', shape: [1, 'pathBuckets'] },
    ],
    outputs: [{ name: 'probability', type: 'float32', shape: [1, 1] }],
    card: 'phishing.md',
    parameters: { numbers: [...numberNames], ...thresholds },
  },
  readFileSync(join(work, 'phishing.onnx')),
)

function linesOf(name: string): string[] {
  const path = join('.nexus/training/phishing', name)
  if (!existsSync(path)) throw new Error(`${path} is missing: run collect-links.ts first`)
  return readFileSync(path, 'utf8').split('\n')
}

function pathOf(link: string): string {
  const { path, query } = readAddress(link)
  return `${path}${query}`
}

function hashOf(text: string): number {
  let hash = 7
  for (let index = 0; index < text.length; index++)
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) >>> 0
  return hash
}
