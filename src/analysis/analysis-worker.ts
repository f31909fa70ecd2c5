import { fromCallback } from 'xstate'
import type { PageAnalysis, PassageIndex } from '../../contracts/page-analysis.ts'
import { IpcError } from '../../ipc/errors.ts'
import type { AnalysisInput, AnalysisWorkerEvent } from '../controller/page-analysis-machine.ts'
import type { AiClient } from './ai-client.ts'

export interface AnalysisWorkerOptions {
  readonly ai: AiClient
  /** Makes the tab's document reachable for the AI process; false when the tab shows no page. */
  readonly connectTab: (tabId: string) => boolean
  /** Keeps what finds the page again; no part of the window's state. Not called when there is nothing to keep. */
  readonly rememberPassages: (tabId: string, analysis: PageAnalysis, index: PassageIndex) => void
}

/** The hands of the page-analysis machine: one call to the AI process, which fetches the text from the tab itself. */
export function analysisWorker(options: AnalysisWorkerOptions) {
  return fromCallback<AnalysisWorkerEvent, AnalysisInput>(({ sendBack, input }) => {
    const abort = new AbortController()
    function report(event: AnalysisWorkerEvent): void {
      if (!abort.signal.aborted) sendBack(event)
    }
    void analyze(options, input.tabId, abort.signal, report).catch((error: unknown) =>
      report(failureOf(error)),
    )
    return () => abort.abort()
  })
}

async function analyze(
  { ai, connectTab, rememberPassages }: AnalysisWorkerOptions,
  tabId: string,
  signal: AbortSignal,
  report: (event: AnalysisWorkerEvent) => void,
): Promise<void> {
  // Over all attempts: what a process found before it died is found again, and shown once.
  const announced = new Set<string>()
  const { analysis, index } = await ai.run(
    client =>
      client.analyzeTab(
        { tab: `tab:${tabId}`, isVisible: true },
        {
          signal,
          onProgress: result => {
            if (announced.has(result.stage)) return
            announced.add(result.stage)
            report({ type: 'stage', result })
          },
        },
      ),
    {
      signal,
      prepare: () => {
        if (!connectTab(tabId)) throw new NoPageError()
      },
    },
  )
  report({ type: 'done', analysis })
  if (index !== null && !signal.aborted) rememberPassages(tabId, analysis, index)
}

class NoPageError extends IpcError {
  constructor() {
    super('NOTHING_TO_READ', 'This tab shows no page. Open one and try again.')
  }
}

/** What went wrong, in words for the person, with the code kept for support. */
export function failureOf(error: unknown): Extract<AnalysisWorkerEvent, { type: 'failed' }> {
  if (!(error instanceof IpcError)) {
    return { type: 'failed', code: 'HANDLER_ERROR', message: 'The analysis stopped unexpectedly. Try again.' }
  }
  if (error.code === 'TIMEOUT') {
    return {
      type: 'failed',
      code: 'PAGE_UNRESPONSIVE',
      message: 'The page does not answer, so it could not be read. Wait until it reacts again, or reload it.',
    }
  }
  return { type: 'failed', code: error.code, message: error.message.slice(0, 2_000) }
}
