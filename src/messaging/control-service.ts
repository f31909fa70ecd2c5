import { randomUUID } from 'node:crypto'
import { controlContract } from '../../contracts/control.ts'
import type { Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import type { Application } from '../application.ts'
import type { OpenTab } from '../controller/browser-model.ts'
import type { TabSnapshot } from '../controller/tab-machine.ts'
import type { TabId } from '../controller/tab-model.ts'
import { readWebAddress } from '../tabs/omnibox-input.ts'
import { whenSettled } from '../tabs/when-settled.ts'

/** How long a page may load before the command line reads what there is. */
const loadPatienceMs = 20_000
const openPatienceMs = 45_000
/** Long enough for a reading of processor time that means something. */
const firstReadingMs = 250

/** Serves the command line. Every error has a code that the command line turns into an exit code. */
export function serveControl(endpoint: Endpoint, application: Application): Disposable {
  const { browser } = application

  function addressOf(text: string): string {
    const url = readWebAddress(text)
    if (url !== null) return url
    throw new IpcError(
      'BAD_ADDRESS',
      `"${text}" is not an address that Nexus opens. Give one that begins with http:// or https://.`,
    )
  }

  /** Does something with a page in a tab outside the session, which is closed afterwards. */
  async function inTabOfItsOwn<Result>(
    url: string,
    signal: AbortSignal,
    work: (tab: OpenTab) => Promise<Result>,
  ): Promise<Result> {
    const address = addressOf(url)
    await running(application)
    const id = randomUUID() as TabId
    browser.send({ type: 'tab.openEphemeral', id, url: address })
    const tab = browser.getSnapshot().context.tabs.find(one => one.id === id)
    if (tab === undefined) throw notRunning()
    try {
      await loaded(tab, loadPatienceMs)
      signal.throwIfAborted()
      return await work(tab)
    } finally {
      browser.send({ type: 'tab.close', tabId: id })
    }
  }

  return endpoint.serve(controlContract, {
    open: async ({ url }) => {
      const address = addressOf(url)
      await running(application)
      const before = new Set(browser.getSnapshot().context.tabs.map(tab => tab.id))
      browser.send({ type: 'tab.open', url: address, isInBackground: false, afterTabId: null })
      const tab = browser.getSnapshot().context.tabs.find(one => !before.has(one.id))
      if (tab === undefined) throw notRunning()
      await loaded(tab, openPatienceMs)
      const { context } = tab.ref.getSnapshot()
      return { tabId: tab.id, url: context.url, title: context.title }
    },
    analyze: ({ url }, call) =>
      inTabOfItsOwn(url, call.signal, tab => analysed(tab, call.signal, report => call.progress(report))),
    ask: ({ url, question }, call) =>
      inTabOfItsOwn(url, call.signal, tab =>
        application.understanding.conversation.ask(tab.id, question, call),
      ),
    search: async ({ query, limit }, call) => {
      await running(application)
      return application.understanding.memory.search(query, limit, call)
    },
    processes: async () => {
      // Processor time is a difference: without a watcher there is no earlier sample to compare with.
      if (!application.sampler.isRunning) {
        await application.sampleProcesses()
        await new Promise(resolve => setTimeout(resolve, firstReadingMs))
      }
      return application.sampleProcesses()
    },
    watchProcesses: (_args, call) => {
      application.sampler.watch(call.peer.id)
      return {}
    },
    act: ({ processId, action }) => {
      application.parts.processes.actions.act(processId, action)
      return {}
    },
    crashes: () => application.parts.crashes.keeper.list(),
    clearCrashes: () => application.parts.crashes.keeper.clear(),
    messages: () => application.messages.sample(),
    trace: ({ windowMs }) => application.diagnostics.trace(windowMs),
    record: (options, call) => application.diagnostics.record(call.peer.id, options),
    replay: call => application.diagnostics.replay(call),
    quit: () => {
      // After the answer is on its way.
      setTimeout(() => application.quit(), 50)
      return {}
    },
  })
}

/** The command line may be there before the tabs of the last run are. */
async function running(application: Application): Promise<void> {
  await application.whenRunning().catch(() => {
    throw notRunning()
  })
}

function notRunning(): IpcError {
  return new IpcError('NOT_READY', 'Nexus is still starting or about to quit. Try again.')
}

/** Rejects with PAGE_NOT_LOADED and the reason when there is no document to read. */
async function loaded(tab: OpenTab, patienceMs: number): Promise<void> {
  const settled = await whenSettled(tab.ref, patienceMs)
  switch (settled.kind) {
    case 'shown':
    case 'partly':
      return
    case 'silent':
      throw new IpcError(
        'PAGE_NOT_LOADED',
        'The server sent no page in time. Try again, or check that it answers.',
      )
    case 'failed': {
      const code = settled.code === 'PAGE_UNRESPONSIVE' ? 'PAGE_UNRESPONSIVE' : 'PAGE_NOT_LOADED'
      throw new IpcError(code, `${settled.reason} (${settled.code})`)
    }
  }
}

type Analysis = Extract<TabSnapshot['context']['analysis'], { kind: 'done' }>['analysis']

/** Runs the tab's own analysis and follows it to its end. */
function analysed(
  tab: OpenTab,
  signal: AbortSignal,
  progress: (report: Analysis['stages'][number]) => void,
): Promise<Analysis> {
  return new Promise((resolve, reject) => {
    let announced = 0
    const subscription = tab.ref.subscribe({ next: follow, complete: () => finish(() => reject(pageGone())) })
    function finish(settle: () => void): void {
      subscription.unsubscribe()
      signal.removeEventListener('abort', cancel)
      settle()
    }
    function cancel(): void {
      tab.ref.send({ type: 'cancelAnalysis' })
      finish(() => reject(new IpcError('CANCELLED', 'The analysis was cancelled.')))
    }
    function follow({ value, context: { analysis } }: TabSnapshot): void {
      if (value.page === 'gone') {
        finish(() => reject(pageGone()))
        return
      }
      switch (analysis.kind) {
        case 'none':
          return
        case 'running':
          for (const report of analysis.finished.slice(announced)) progress(report)
          announced = Math.max(announced, analysis.finished.length)
          return
        case 'done':
          finish(() => resolve(analysis.analysis))
          return
        case 'failed':
          finish(() =>
            reject(new IpcError(controlCode(analysis.code), `${analysis.message} (${analysis.code})`)),
          )
          return
      }
    }
    signal.addEventListener('abort', cancel)
    tab.ref.send({ type: 'analyze' })
  })
}

function pageGone(): IpcError {
  return new IpcError('PAGE_NOT_READABLE', "The page's process ended before the page was read.")
}

/** The codes of an analysis in the few that the command line knows. */
function controlCode(code: string): string {
  switch (code) {
    case 'PAGE_UNRESPONSIVE':
    case 'AI_UNAVAILABLE':
      return code
    default:
      return 'PAGE_NOT_READABLE'
  }
}
