import { fromCallback } from 'xstate'
import { aiContract } from '../../contracts/ai.ts'
import type { PageAnalysis, PassageIndex } from '../../contracts/page-analysis.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { endpointId } from '../../ipc/identity.ts'
import type { AnalysisInput, AnalysisWorkerEvent } from '../controller/page-analysis-machine.ts'

export interface AnalysisWorkerOptions {
  readonly endpoint: Endpoint
  /** Makes the tab's document reachable for the AI process; false when the tab shows no page. */
  readonly connectTab: (tabId: string) => boolean
  /** Runs work on the AI process, starting it when it does not run. */
  readonly withAi: <T>(work: () => Promise<T>) => Promise<T>
  /** Keeps what finds the page again; no part of the window's state. Not called when there is nothing to keep. */
  readonly rememberPassages: (tabId: string, analysis: PageAnalysis, index: PassageIndex) => void
}

/** An AI process that dies in the middle is tried again this often: the work does no harm twice. */
const attempts = 3

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
  options: AnalysisWorkerOptions,
  tabId: string,
  signal: AbortSignal,
  report: (event: AnalysisWorkerEvent) => void,
): Promise<void> {
  const ai = options.endpoint.client(aiContract, endpointId('ai'))
  for (let attempt = 1; ; attempt += 1) {
    if (!options.connectTab(tabId)) {
      report({
        type: 'failed',
        code: 'NOTHING_TO_READ',
        message: 'This tab shows no page. Open one and try again.',
      })
      return
    }
    const announced = new Set<string>()
    try {
      const { analysis, index } = await options.withAi(() =>
        ai.analyzeTab(
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
      )
      report({ type: 'done', analysis })
      if (index !== null && !signal.aborted) options.rememberPassages(tabId, analysis, index)
      return
    } catch (error) {
      // A page that has just changed is connected anew, and read then.
      const isWorthRepeating =
        error instanceof IpcError && (error.code === 'PROCESS_TERMINATED' || error.code === 'PAGE_GONE')
      if (signal.aborted || !isWorthRepeating || attempt === attempts) throw error
    }
  }
}

/** What went wrong, in words for the person, with the code kept for support. */
export function failureOf(error: unknown): Extract<AnalysisWorkerEvent, { type: 'failed' }> {
  if (!(error instanceof IpcError)) {
    return { type: 'failed', code: 'HANDLER_ERROR', message: 'The analysis stopped unexpectedly. Try again.' }
  }
  switch (error.code) {
    case 'TIMEOUT':
      return {
        type: 'failed',
        code: 'PAGE_UNRESPONSIVE',
        message:
          'The page does not answer, so it could not be read. Wait until it reacts again, or reload it.',
      }
    case 'PROCESS_TERMINATED':
    case 'TARGET_UNAVAILABLE':
      return {
        type: 'failed',
        code: 'AI_UNAVAILABLE',
        message: 'The process that reads pages stopped. Browsing goes on; try the analysis again.',
      }
    default:
      return { type: 'failed', code: error.code, message: error.message.slice(0, 2_000) }
  }
}
