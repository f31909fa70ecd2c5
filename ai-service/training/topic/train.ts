/**
 * Trains the topic model and writes it with its manifest entry.
 *
 *   node ai-service/training/topic/train.ts [data folder] [--wordnet=<folder>] [--debian=<Translation-en>]
 *        [--members=<number>] [--add=<models folder>,<models folder>] [--epochs=<number>] [--width=<number>] [--seed=<number>] [--without=<source>,<source>] [--all] [--out=<models folder>]
 *
 * The data folder (default ../shared/data/topics) holds train.jsonl.gz; `../langid/train.jsonl.gz` beside it, where it
 * is there, gives texts of other languages, for which no topic may be named. `--wordnet` is the folder of WordNet 3.0
 * (Debian package wordnet-base), `--debian` a list of Debian's package descriptions. `--without` leaves sources out, to
 * measure how the model does on text from elsewhere; `--all` takes sources whose licence does not allow shipping, for
 * measuring only. The model is the mean of `--members` networks and of those that earlier runs left in the folders of
 * `--add`. The same arguments give the same file.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bucketCount, type HashedPage, hashPage, topicFeatures } from '../../topic/features.ts'
import { shipBagModel } from '../bag-model.ts'
import { BagNetwork, bestTemperature } from '../bag-network.ts'
import { readRows as readLanguageRows } from '../language/rows.ts'
import { below, seededRandom, weightedDraw } from '../random.ts'
import { readDebian } from './debian.ts'
import { topics } from './lexicon.ts'
import { meanOf, memberOf, readMember } from './members.ts'
import { readTopicRows, shippingSources, type TopicRow } from './rows.ts'
import { variant } from './samples.ts'
import { readWordNet } from './wordnet.ts'
import { emptyPages, writtenPages } from './written-pages.ts'
import { writtenTexts } from './written-texts.ts'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    wordnet: { type: 'string' },
    debian: { type: 'string' },
    members: { type: 'string', default: '3' },
    add: { type: 'string', default: '' },
    epochs: { type: 'string', default: '7' },
    width: { type: 'string', default: '32' },
    rate: { type: 'string', default: '0.15' },
    lost: { type: 'string', default: '0.2' },
    hidden: { type: 'string', default: '0.3' },
    power: { type: 'string', default: '0.7' },
    seed: { type: 'string', default: '20261120' },
    without: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
    out: { type: 'string', default: 'assets/models' },
  },
})
const folder = positionals[0] ?? '../shared/data/topics'
const random = seededRandom(Number(options.seed))
const without = options.without.split(',')
/** How many of all samples are pages without a topic. */
const emptyShare = 0.06

const rows = [
  ...readTopicRows(folder, 'train.jsonl.gz').filter(
    row => options.all || shippingSources[row.src] !== undefined,
  ),
  ...(options.wordnet === undefined ? [] : readWordNet(options.wordnet)),
  ...(options.debian === undefined ? [] : readDebian(options.debian)),
  ...writtenPages(random, 400),
  ...writtenTexts(random, 6_000),
].filter(row => !without.includes(row.src))

// One row in 20 sets the temperature and is not trained on.
const isCalibration = (_: TopicRow, index: number): boolean => index % 20 === 7
const calibration = rows.filter(
  (row, index) => isCalibration(row, index) && shippingSources[row.src] !== undefined,
)
const groups = new Map<string, { readonly target: number; readonly pages: HashedPage[] }>()
for (const [index, row] of rows.entries()) {
  if (isCalibration(row, index)) continue
  const key = `${row.topic} ${row.src}`
  const group = groups.get(key) ?? { target: indexOf(row.topic), pages: [] }
  groups.set(key, group)
  group.pages.push(hashRow(row))
}
const known = [...groups.values()].filter(group => group.target !== -1)
const empty = pagesOfNothing()
console.log(`${rows.length} rows in ${known.length} groups, ${empty.length} pages without a topic`)

const drawGroup = weightedDraw(known.map(group => group.pages.length ** Number(options.power)))
const allowed = Int32Array.from(topics, (_, index) => index)
const members = options.add
  .split(',')
  .filter(path => path !== '')
  .map(readMember)
for (let member = 1; member <= Number(options.members); member++) members.push(memberOf(trainOne(member)))
const network = meanOf(members)

const temperature = bestTemperature(
  calibration.map(row => ({
    place: indexOf(row.topic),
    logits: network.logits(topicFeatures(hashRow(row)), allowed).slice(),
  })),
)
shipBagModel(options.out, {
  name: 'topic',
  documentation: 'What a page is about, from hashed words. See topic.md.',
  network,
  temperature,
  labels: topics,
  parameters: { labels: topics, leastConfidence: 0.15, leastFurtherConfidence: 0.2 },
})

function trainOne(member: number): BagNetwork {
  const network = new BagNetwork(bucketCount, topics.length, Number(options.width), random)
  const steps = Math.round(Number(options.epochs) * rows.length)
  let loss = 0
  for (let step = 0; step < steps; step++) {
    const group = random() < emptyShare ? undefined : known[drawGroup(random)]
    const pages = group?.pages ?? empty
    const page = pages[below(random, pages.length)]
    if (page === undefined) continue
    const features = topicFeatures(variant(page, random, Number(options.lost)))
    if (features.buckets.length === 0) continue
    network.leaveOut(Number(options.hidden), random)
    loss += network.learn(features, allowed, group?.target ?? null, Number(options.rate) * (1 - step / steps))
    if (step % 50_000 === 49_999) {
      console.log(`member ${member}: ${step + 1} of ${steps} examples, loss ${(loss / 50_000).toFixed(4)}`)
      loss = 0
    }
  }
  network.leaveOut(0, random)
  return network
}

function indexOf(topic: string): number {
  return topics.findIndex(known => known === topic)
}

function hashRow(row: { readonly title: string; readonly text: string }): HashedPage {
  return hashPage({ title: row.title, description: '', url: '', text: row.text })
}

/** Furniture of pages, and texts in other languages, where the words of English topics mean nothing. */
function pagesOfNothing(): HashedPage[] {
  const languages = join(folder, '../langid')
  const foreign = existsSync(join(languages, 'train.jsonl.gz'))
    ? readLanguageRows(languages, 'train.jsonl.gz').filter(
        (row, index) => index % 40 === 0 && row.lang !== 'en' && row.src === 'www-l10n',
      )
    : []
  return [...emptyPages(random, 1_000), ...foreign.map(row => row.text)].map(text =>
    hashRow({ title: '', text }),
  )
}
