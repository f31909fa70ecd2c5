import type { ProcessTree } from '../../contracts/processes.ts'
import type { Application } from '../application.ts'
import type { OpenTab } from '../controller/browser-model.ts'
import { siteOf } from '../tabs/site.ts'
import { machineFacts } from './machine-facts.ts'
import { buildProcessTree, type MessageCounts, type TabFacts } from './process-tree.ts'

/** Reads everything once and builds the tree. Costs a few milliseconds; called only while somebody looks. */
export async function sampleProcesses(application: Application): Promise<ProcessTree> {
  const { browser, parts } = application
  const { book, engine, measured, actions, limits } = parts.processes
  const [machine, messages] = await Promise.all([machineFacts(), countMessages(application)])
  parts.processes.lookAgain()
  const used = measured.sample()
  engine.follow(used)
  const bytes = parts.traffic.bytes.lastSecond()
  return buildProcessTree({
    sampledAt: Date.now(),
    processes: book.all(),
    tabs: browser.getSnapshot().context.tabs.map(tab => tabFacts(tab, application, bytes.get(tab.id) ?? 0)),
    measured: used,
    messages,
    details: new Map([
      ...Object.entries(details),
      ...[...application.services.values()].map(
        ({ definition }) => [`service:${definition.name}`, definition.detail] as const,
      ),
    ]),
    machine,
    limitOf: process => limits.limitOf(process),
    actionsOf: process => actions.possible(process),
  })
}

/** What is no service and no page is for. */
const details = {
  controller: 'Windows, processes, policy',
  chrome: 'Tabs, address, panels',
  'service:compositor': 'Pictures of tabs, overview, map',
}

/** Services count for themselves; one that stands still is not asked, because it would not answer. */
async function countMessages({ services, switchboard }: Application): Promise<Map<string, MessageCounts>> {
  const { messagesIn, messagesOut } = switchboard.endpoint.metrics
  const ofServices = [...services.values()].map(async ({ definition: { name }, actor }) => {
    const isStill = actor.getSnapshot().matches({ running: 'suspended' })
    const counts = isStill ? switchboard.countsOf(name) : await switchboard.reportedCounts(name)
    return [`service:${name}`, counts] as const
  })
  return new Map([
    ['controller', { messagesIn, messagesOut }],
    ['chrome', switchboard.countsOf('chrome:1')],
    ['service:compositor', switchboard.countsOf('compositor')],
    ...(await Promise.all(ofServices)),
  ])
}

function tabFacts({ id, ref }: OpenTab, { switchboard }: Application, bytesPerSecond: number): TabFacts {
  const { value, context } = ref.getSnapshot()
  return {
    tabId: id,
    isPrivate: context.isPrivate,
    title: context.title,
    site: siteOf(context.url),
    isLost: value.page === 'gone',
    messages: switchboard.countsOf(`tab:${id}`),
    networkBytesPerSecond: context.isPrivate ? null : bytesPerSecond,
  }
}
