import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Type, { type Static } from 'typebox'
import { ModelManager } from '../models/manager.ts'
import { normalizeAddress } from '../phishing/address.ts'
import { AddressJudge } from '../phishing/address-judge.ts'
import { readLines, readRows } from '../training/read-rows.ts'
import type { Evaluation, Figure } from './figure.ts'
import { type LabelledNorm, trainNgramBaseline } from './phishing-baseline.ts'
import { areaUnderCurve, recallAtFalseShare, type Scored } from './ranking.ts'
import { readTestRows } from './test-rows.ts'

const Row = Type.Object({
  url: Type.Optional(Type.String()),
  norm: Type.Optional(Type.String()),
  label: Type.Union([Type.Literal(0), Type.Literal(1)]),
  src: Type.Optional(Type.String()),
})

interface Address extends LabelledNorm {
  readonly source: string | null
}

const homePages = 10_000
const baseline = 'n-gram baseline'

/**
 * Addresses of phishing against others, by the address alone. With `train.jsonl.gz` beside the test, the baseline is
 * trained on it, once for each feed of phishing, without that feed: so it stands for feeds that were not trained on. Of
 * phishing lists the shipped model was trained on none. With `top_domains.txt.gz`, also how many of the first home pages
 * are not warned about (accuracy).
 */
export const phishingEvaluation: Evaluation = {
  task: 'phishing',
  folder: 'phishing',
  async run({ folder, modelsFolder, withPeers }) {
    const rows = readTestRows(folder, Row, 'phishing').map(addressOf)
    await using models = new ModelManager(modelsFolder)
    const judge = new AddressJudge(models)
    const scores = new Map<string, number>()
    for (const { norm } of rows) scores.set(norm, await probabilityOf(judge, norm))
    const nexus = (norm: string): number => scores.get(norm) ?? 0
    const feeds = [...new Set(rows.filter(row => row.label === 1).map(row => row.source))]
    const figures = figuresOf('all feeds', 'nexus', rows, nexus)
    for (const feed of feeds.length > 1 ? feeds : []) {
      figures.push(...figuresOf(`feed ${feed}`, 'nexus', rowsOfFeed(rows, feed), nexus))
    }
    if (withPeers) figures.push(...baselineFigures(folder, rows, feeds))
    figures.push(...(await homePageFigures(folder, judge)))
    return figures
  },
}

function addressOf({ url, norm, label, src }: Static<typeof Row>): Address {
  return { norm: normalizeAddress(norm ?? url ?? ''), label, source: src ?? null }
}

function rowsOfFeed(rows: readonly Address[], feed: string | null): readonly Address[] {
  return rows.filter(row => row.label === 0 || row.source === feed)
}

async function probabilityOf(judge: AddressJudge, norm: string): Promise<number> {
  const { probability, modelMissing } = await judge.judge(factsOf(`http://${norm}`))
  if (probability === null) throw new Error(modelMissing ?? 'The phishing model is missing')
  return probability
}

function factsOf(url: string) {
  return { url, title: '', signals: null, visits: null, looksLike: null }
}

function figuresOf(
  of: string,
  who: string,
  rows: readonly Address[],
  score: (norm: string) => number,
): Figure[] {
  const scored: Scored[] = rows.map(({ norm, label }) => ({ score: score(norm), isPositive: label === 1 }))
  const found = scored.filter(({ score }) => score >= 0.5)
  const right = found.filter(({ isPositive }) => isPositive).length
  const positives = scored.filter(({ isPositive }) => isPositive).length
  const falselyFound = found.length - right
  const count = rows.length
  return [
    { name: 'auc', of, who, value: areaUnderCurve(scored), count },
    { name: 'tprAt1PercentFpr', of, who, value: recallAtFalseShare(scored, 0.01), count },
    { name: 'f1', of, who, value: (2 * right) / (found.length + positives), count },
    { name: 'accuracy', of, who, value: (count - falselyFound - (positives - right)) / count, count },
  ]
}

function baselineFigures(
  folder: string,
  rows: readonly Address[],
  feeds: readonly (string | null)[],
): Figure[] {
  const path = join(folder, 'train.jsonl.gz')
  if (!existsSync(path)) return []
  const training = readRows(path, Row).map(addressOf)
  const together = figuresOf('all feeds', `${baseline}, trained on them`, rows, trainNgramBaseline(training))
  return [
    ...together,
    ...feeds.flatMap(feed => {
      const elsewhere = training.filter(row => row.label === 0 || row.source !== feed)
      const who = `${baseline}, trained on the other feeds`
      return figuresOf(`feed ${feed}`, who, rowsOfFeed(rows, feed), trainNgramBaseline(elsewhere))
    }),
  ]
}

async function homePageFigures(folder: string, judge: AddressJudge): Promise<Figure[]> {
  const path = join(folder, 'top_domains.txt.gz')
  if (!existsSync(path)) return []
  const hosts = readLines(path).slice(0, homePages)
  let warned = 0
  for (const host of hosts) {
    const { level } = await judge.judge(factsOf(`https://${host}/`))
    if (level !== 'none') warned++
  }
  const of = `first ${hosts.length} home pages, not warned about`
  return [{ name: 'accuracy', of, who: 'nexus', value: 1 - warned / hosts.length, count: hosts.length }]
}
