import type { PageAnswer } from '../../contracts/ai.ts'
import { controlContract } from '../../contracts/control.ts'
import type { MemoryAnswer } from '../../contracts/memory.ts'
import type { MessageTraffic } from '../../contracts/messages.ts'
import type { PageAnalysis } from '../../contracts/page-analysis.ts'
import type { ProcessRow, ProcessTree } from '../../contracts/processes.ts'
import type { CrashRecord } from '../../contracts/storage-crashes.ts'
import { sampleAnalysis } from '../../contracts/testing/sample-analysis.ts'
import { createEndpoint, type Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { identity } from '../../ipc/identity.ts'
import type { Handlers } from '../../ipc/served-contract.ts'
import { listenOnSocket, type SocketServer } from '../../ipc/transports/socket-server.ts'

const core: ProcessRow = {
  id: 'core',
  parentId: null,
  kind: 'controller',
  name: 'Nexus core',
  detail: '',
  site: null,
  state: 'active',
  pid: 1,
  cpuPercent: 0,
  memoryBytes: 1_048_576,
  memoryLimitBytes: null,
  uptimeMs: 1_000,
  messagesIn: 0,
  messagesOut: 0,
  restarts: 0,
  networkBytesPerSecond: null,
  priority: null,
  actions: [],
  tabIds: [],
}

const page = (pid: number): ProcessRow => ({
  ...core,
  id: `renderer:${pid}`,
  parentId: 'core',
  kind: 'tab',
  name: 'a.example',
  site: 'a.example',
  pid,
  tabIds: [`page ${pid}`],
})

export const tree: ProcessTree = {
  sampledAt: 5,
  rows: [
    core,
    page(21),
    page(22),
    { ...core, id: 'service:storage', kind: 'storage', name: 'Storage', pid: 7 },
  ],
  machine: { cores: 2, memoryBytes: 1, freeMemoryBytes: 1, description: '' },
}

export const found: MemoryAnswer = {
  pages: [
    {
      url: 'http://a.example/',
      title: 'A page',
      visits: 2,
      lastVisitAt: 5,
      readAt: 6,
      passage: { paragraph: 3, text: 'A passage of the page.' },
      foundBy: 'both',
      score: 0.9,
    },
  ],
  meaning: { kind: 'used' },
}

export const traffic: MessageTraffic = {
  sampledAt: 8,
  windowMs: 60_000,
  pairs: [
    {
      from: 'core',
      to: 'service:storage',
      messagesPerSecond: 1,
      bytesPerSecond: 1,
      callCount: 3,
      p50Ms: 1,
      p95Ms: 2.5,
      p99Ms: 3,
      maxMs: 3,
      errorRate: 0,
      timeoutRate: 0,
      retryRate: 0,
      dropCount: 0,
      avgQueueSize: 0,
      maxQueueSize: 0,
      pendingCalls: 0,
      queuedMs: 0,
      wireMs: 0,
      handlerMs: 0,
      isPaused: false,
      methods: [],
      isDirect: false,
    },
  ],
  alerts: [],
  pendingCalls: [],
}

function analysisOf(url: string): PageAnalysis {
  return {
    ...sampleAnalysis,
    url,
    title: 'A page',
    language: { kind: 'known', guess: { tag: 'en', name: 'English', confidence: 0.9 } },
    summary: [{ text: 'One sentence.', paragraph: 0, start: 0, end: 13 }],
    keywords: [{ phrase: 'page', count: 2, weight: 1 }],
    words: 10,
    readingMinutes: 0.05,
    stages: [{ stage: 'read', milliseconds: 2 }],
    totalMs: 2,
  }
}

/** For tests: the browser's side of the control socket, with pages that behave as their address says. */
export class FakeBrowser implements AsyncDisposable {
  readonly asked: string[] = []
  readonly #endpoint: Endpoint = createEndpoint({ identity: identity('controller', 'controller') })
  #server: SocketServer | null = null
  #connections = 0
  onHang: () => void = () => {}
  crashes: CrashRecord[] = []
  /** What `trace`, `record` and `replay` answer. */
  readonly diagnostics: {
    -readonly [M in 'trace' | 'record' | 'replay']: Handlers<typeof controlContract>[M]
  } = {
    trace: () => ({ processes: [], unanswered: [] }),
    record: () => ({ lines: [], isOver: true }),
    replay: () => ({ status: 'ok', resultJson: 'null' }),
  }
  /** So many calls are told that the browser is still starting. */
  refusals = 0

  async start(path: string): Promise<void> {
    this.#endpoint.serve(controlContract, {
      open: async ({ url }) => {
        this.asked.push(`open ${url}`)
        failFor(url)
        return { tabId: 'tab:1', url, title: '' }
      },
      analyze: async ({ url }, call) => {
        if (this.refusals > 0) {
          this.refusals -= 1
          throw new IpcError('NOT_READY', 'Nexus is still starting.')
        }
        this.asked.push(`analyze ${url}`)
        failFor(url)
        call.progress({ stage: 'read', milliseconds: 2 })
        if (!url.includes('hang')) return analysisOf(url)
        return await new Promise((_resolve, reject) => {
          call.signal.addEventListener('abort', () => {
            this.asked.push('cancelled')
            reject(call.signal.reason)
          })
          this.onHang()
        })
      },
      search: ({ query, limit }) => {
        this.asked.push(`search ${query} ${limit}`)
        return { ...found, pages: query.includes('nothing') ? [] : found.pages }
      },
      ask: ({ url, question }): PageAnswer => {
        this.asked.push(`ask ${url} ${question}`)
        failFor(url)
        return question.includes('nothing')
          ? { kind: 'notInPage' }
          : { kind: 'found', passages: [{ paragraph: 3, text: 'It\u001b[31m says so.', score: 0.82 }] }
      },
      processes: () => tree,
      watchProcesses: (_, call) => {
        this.asked.push('watch')
        for (const sampledAt of [6, 7]) {
          this.#endpoint.announce(
            controlContract,
            'processesSampled',
            { ...tree, sampledAt },
            { to: peer => peer.id === call.peer.id },
          )
        }
        return {}
      },
      act: ({ processId, action }) => {
        this.asked.push(`${action} ${processId}`)
        if (processId === 'core') throw new IpcError('ACTION_NOT_POSSIBLE', 'Everything depends on the core.')
        return {}
      },
      crashes: () => this.crashes,
      clearCrashes: () => {
        const cleared = this.crashes.length
        this.crashes = []
        return { cleared }
      },
      messages: () => {
        this.asked.push('messages')
        return traffic
      },
      trace: (args, call) => this.diagnostics.trace(args, call),
      record: (args, call) => this.diagnostics.record(args, call),
      replay: (args, call) => this.diagnostics.replay(args, call),
      quit: () => {
        this.asked.push('quit')
        setImmediate(() => this.#endpoint[Symbol.dispose]())
        return {}
      },
    })
    this.#server = await listenOnSocket({
      path,
      onConnection: port => {
        this.#connections += 1
        this.#endpoint.connect(port, identity(`cli:${this.#connections}`, 'cli'))
      },
    })
  }

  /** As when the process is killed: connections break, nobody says why. */
  die(): void {
    this.#endpoint[Symbol.dispose]()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#endpoint[Symbol.dispose]()
    await this.#server?.[Symbol.asyncDispose]()
  }
}

function failFor(url: string): void {
  const code = new URL(url).searchParams.get('fail')
  if (code !== null) throw new IpcError(code, `It failed with ${code}\u001b[31m`)
}
