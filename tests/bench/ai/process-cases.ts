import { articleOf, sentences } from './pages.ts'
import { type AiResult, percentile, result } from './results.ts'
import { type RunningAi, startAi } from './start-ai.ts'

const articleWords = 2_000

/** From the start of the process to the answer of its first analysis, everything still to be loaded. */
export async function coldStart(runs: number): Promise<AiResult[]> {
  const wholes: number[] = []
  const languages: number[] = []
  const processor: number[] = []
  for (let run = 0; run < runs; run++) {
    const startedMs = performance.now()
    await using started = startAi()
    await started.ai.analyzeText(
      { page: articleOf(articleWords, run), isVisible: true },
      {
        onProgress: ({ stage }) => {
          if (stage === 'language') languages.push(performance.now() - startedMs)
        },
      },
    )
    wholes.push(performance.now() - startedMs)
    processor.push((await started.loop.read({})).processMs)
  }
  return [
    result('cold start to first answer, median', 'ms', percentile(wholes, 0.5), { atMost: 400 }),
    result('cold start to first answer, fastest', 'ms', Math.min(...wholes)),
    result('cold start to language shown, median', 'ms', percentile(languages, 0.5)),
    result('cold start, processor time of the process', 'ms', percentile(processor, 0.5)),
  ]
}

/** One article after another, models loaded. */
export async function analysis({ ai }: RunningAi, runs: number): Promise<AiResult[]> {
  const firsts: number[] = []
  const wholes: number[] = []
  const stages = new Map<string, number[]>()
  for (let run = -20; run < runs; run++) {
    const startedMs = performance.now()
    let firstMs: number | null = null
    const { analysis } = await ai.analyzeText(
      { page: articleOf(articleWords, run + 20), isVisible: true },
      {
        onProgress: () => {
          firstMs ??= performance.now() - startedMs
        },
      },
    )
    if (run < 0) continue
    wholes.push(performance.now() - startedMs)
    firsts.push(firstMs ?? Number.NaN)
    for (const { stage, milliseconds } of analysis.stages) {
      stages.set(stage, [...(stages.get(stage) ?? []), milliseconds])
    }
  }
  return [
    result('analysis of 2,000 words, p95', 'ms', percentile(wholes, 0.95), { atMost: 50 }),
    result('analysis of 2,000 words, median', 'ms', percentile(wholes, 0.5)),
    result('its first stage shown, p95', 'ms', percentile(firsts, 0.95), { atMost: 15 }),
    ...[...stages].map(([stage, times]) => result(`stage ${stage}, median`, 'ms', percentile(times, 0.5))),
  ]
}

/** A hundred pages at once in the background, with a heartbeat every 20 ms. */
export async function queue({ ai, loop }: RunningAi): Promise<AiResult[]> {
  const pages = Array.from({ length: 100 }, (_, number) => articleOf(articleWords, number))
  await loop.reset({})
  const startedMs = performance.now()
  const heartbeats: Promise<number>[] = []
  const beat = setInterval(() => {
    const askedMs = performance.now()
    heartbeats.push(ai.models({}).then(() => performance.now() - askedMs))
  }, 20)
  await Promise.all(pages.map(page => ai.analyzeText({ page, isVisible: false }, { deadlineMs: 120_000 })))
  const seconds = (performance.now() - startedMs) / 1_000
  clearInterval(beat)
  const { longestDelayMs, longestBusyMs, busyMs } = await loop.read({})
  return [
    result('queue of 100 pages, throughput', 'a second', pages.length / seconds, { atLeast: 40 }),
    result('processor time of one of them', 'ms', busyMs / pages.length),
    result('longest time the event loop was held, by its own work', 'ms', longestBusyMs, { atMost: 20 }),
    result('longest time the event loop was held, on the clock', 'ms', longestDelayMs),
    result('heartbeat answered meanwhile, p95', 'ms', percentile(await Promise.all(heartbeats), 0.95)),
  ]
}

/** After every model has been used. */
export async function memory({ ai, loop }: RunningAi): Promise<AiResult[]> {
  await ai.analyzeText({ page: articleOf(articleWords, 1), isVisible: true })
  await ai.interpret({ text: 'close other tabs' })
  await ai.judge({ url: 'https://example.test/', title: 'x', signals: null, visits: null, looksLike: null })
  const loaded = (await ai.models({})).filter(model => model.state === 'loaded')
  const { residentBytes } = await loop.read({})
  return [
    result(`resident with ${loaded.length} models loaded`, 'MB', residentBytes / 1_048_576, { atMost: 250 }),
  ]
}

/** Passages in full batches. */
export async function embedding({ ai }: RunningAi, runs: number): Promise<AiResult[]> {
  const texts = sentences().slice(0, 64)
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const startedMs = performance.now()
    await ai.embed({ texts, isVisible: true })
    times.push((performance.now() - startedMs) / texts.length)
  }
  return [result('embedding of a passage', 'ms', percentile(times, 0.5), { atMost: 1 })]
}
