import { app } from 'electron'
import type { LifecycleState, ProcessTree } from '../../contracts/processes.ts'
import type { Application } from '../application.ts'
import { lifecycleState } from '../controller/lifecycle-state.ts'
import type { TabSnapshot } from '../controller/tab-machine.ts'
import { siteOf } from '../tabs/site.ts'
import type { TabView } from '../tabs/tab-view.ts'
import { machineFacts } from './machine-facts.ts'
import { buildProcessTree, type EngineProcess, type MessageCounts, type TabFacts } from './process-tree.ts'
import { memoryLimits } from './service-definitions.ts'

const startedAt = Date.now() - Math.round(process.uptime() * 1_000)

/** Reads everything once and builds the tree. Costs a few milliseconds; called only while somebody looks. */
export async function sampleProcesses(application: Application): Promise<ProcessTree> {
  const { browser, parts, services, switchboard, tabs, window } = application
  const machine = await machineFacts()
  const { context } = browser.getSnapshot()
  const engine = app.getAppMetrics().map(engineProcess)
  parts.processes.engine.follow(engine)
  return buildProcessTree({
    sampledAt: Date.now(),
    controller: {
      pid: process.pid,
      startedAt,
      messages: {
        messagesIn: switchboard.endpoint.metrics.messagesIn,
        messagesOut: switchboard.endpoint.metrics.messagesOut,
      },
    },
    chrome: { pid: window.chromePid, messages: switchboard.countsOf('chrome:1') },
    services: await Promise.all([
      ...[...services.values()].map(async service => {
        const { definition, actor } = service
        const snapshot = actor.getSnapshot()
        return {
          ...definition,
          state: lifecycleState(snapshot),
          pid: service.pid,
          startedAt: snapshot.context.startedAt,
          restarts: snapshot.context.restarts,
          messages: await switchboard.reportedCounts(definition.name),
        }
      }),
      {
        ...compositorRow,
        ...parts.compositor.process.facts(),
        messages: switchboard.countsOf(compositorRow.name),
      },
    ]),
    tabs: context.tabs.map(tab => {
      const isActive = tab.id === context.activeTabId
      return tabFacts(
        tab.ref.getSnapshot(),
        isActive,
        tabs.find(tab.id),
        switchboard.countsOf(`tab:${tab.id}`),
      )
    }),
    engine,
    machine,
  })
}

/** A renderer, and yet a service: its row stands with theirs. */
const compositorRow = {
  name: 'compositor',
  kind: 'compositor',
  title: 'Compositor',
  detail: 'Pictures of tabs, overview, map',
  memoryLimitBytes: memoryLimits.compositor,
} as const

function tabFacts(
  snapshot: TabSnapshot,
  isActive: boolean,
  view: TabView | null,
  messages: MessageCounts,
): TabFacts {
  const pid = view?.pid ?? null
  const frames = view === null || pid === null ? [] : framesOf(view)
  return {
    tabId: snapshot.context.id,
    isPrivate: snapshot.context.isPrivate,
    title: snapshot.context.title,
    site: siteOf(snapshot.context.url),
    state: tabLifecycle(snapshot, isActive),
    pid: snapshot.value.page === 'gone' ? null : pid,
    frames,
    messages,
  }
}

function framesOf(view: TabView): TabFacts['frames'] {
  return view.mainFrame.framesInSubtree
    .filter(frame => frame !== view.mainFrame && frame.osProcessId > 0)
    .map(frame => ({ pid: frame.osProcessId, site: siteOf(frame.url) }))
}

/** A tab's page in the words of the lifecycle. Pure. */
export function tabLifecycle(
  { value, context }: Pick<TabSnapshot, 'value' | 'context'>,
  isActive: boolean,
): LifecycleState {
  switch (value.page) {
    case 'deciding':
    case 'newTab':
    case 'deferred':
      return 'created'
    case 'gone':
      return 'crashed'
    case 'problem':
      return 'idle'
    case 'page':
    case 'unresponsive':
    case 'waiting':
      return isActive || context.isLoading ? 'active' : 'idle'
  }
}

function engineProcess(metric: Electron.ProcessMetric): EngineProcess {
  return {
    pid: metric.pid,
    type: metric.type,
    name: metric.name ?? metric.serviceName ?? '',
    cpuPercent: metric.cpu.percentCPUUsage,
    // Electron reports kilobytes.
    memoryBytes: metric.memory.workingSetSize * 1024,
    startedAt: metric.creationTime,
  }
}
