import { languagePeers } from '../../../ai-service/evaluation/language-peers.ts'
import { textRank } from '../../../ai-service/evaluation/text-rank.ts'
import { LanguageIdentifier } from '../../../ai-service/language/identifier.ts'
import { samplePage } from '../../../ai-service/language/page-sample.ts'
import { ModelManager } from '../../../ai-service/models/manager.ts'
import { articleOf } from './pages.ts'
import { type AiResult, percentile, result } from './results.ts'
import { modelsFolder } from './start-ai.ts'

/** What others take for parts of the same work, on the same article, in this run. */
export async function peers(runs: number): Promise<AiResult[]> {
  await using models = new ModelManager(modelsFolder)
  const identifier = new LanguageIdentifier(models)
  const { paragraphs } = articleOf(2_000, 1)
  const sample = samplePage(paragraphs)
  const sentences = paragraphs.join(' ').split(/(?<=[.?!]) /)
  const own = await timed(runs, () => identifier.identify([sample]))
  const results = [result('language of a page: nexus, median', 'ms', own)]
  for (const { name, identify } of await languagePeers()) {
    const peer = await timed(runs, () => identify(sample))
    results.push(result(`language of a page: ${name}, median`, 'ms', peer))
  }
  const rank = await timed(Math.ceil(runs / 5), () => textRank(sentences, 5))
  results.push(result('summary of 2,000 words: TextRank, median', 'ms', rank))
  return results
}

async function timed(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const startedMs = performance.now()
    await work()
    times.push(performance.now() - startedMs)
  }
  return percentile(times, 0.5)
}
