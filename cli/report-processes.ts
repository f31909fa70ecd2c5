import type { MessageTraffic } from '../contracts/messages.ts'
import type { ProcessRow, ProcessTree } from '../contracts/processes.ts'

/** A row of the process tree, with how long the slowest of its peers waits, or is waited for, in 95 of 100 calls. */
export interface ReportedProcess extends ProcessRow {
  readonly p95Ms: number | null
}

/** What `nexus ps --json` prints. Scripts rely on its names: new ones may be added, none is taken away. */
export interface ProcessReport {
  readonly sampledAt: number
  readonly rows: readonly ReportedProcess[]
  readonly machine: ProcessTree['machine']
}

/** `traffic` is null where nobody knows who talks to whom. */
export function reportOfProcesses(tree: ProcessTree, traffic: MessageTraffic | null): ProcessReport {
  const slowest = new Map<string, number>()
  for (const { from, to, p95Ms, callCount } of traffic?.pairs ?? []) {
    if (callCount === 0) continue
    for (const name of [from, to]) slowest.set(name, Math.max(p95Ms, slowest.get(name) ?? 0))
  }
  const p95Of = (row: ProcessRow): number | null => {
    const known = [row.id, ...row.tabIds.map(id => `tab:${id}`)].flatMap(name => slowest.get(name) ?? [])
    return known.length === 0 ? null : Math.max(...known)
  }
  return {
    sampledAt: tree.sampledAt,
    rows: tree.rows.map(row => ({
      id: row.id,
      parentId: row.parentId,
      kind: row.kind,
      name: row.name,
      detail: row.detail,
      site: row.site,
      state: row.state,
      pid: row.pid,
      cpuPercent: row.cpuPercent,
      memoryBytes: row.memoryBytes,
      memoryLimitBytes: row.memoryLimitBytes,
      networkBytesPerSecond: row.networkBytesPerSecond,
      messagesIn: row.messagesIn,
      messagesOut: row.messagesOut,
      p95Ms: p95Of(row),
      restarts: row.restarts,
      uptimeMs: row.uptimeMs,
      priority: row.priority,
      actions: row.actions,
      canEnd: row.actions.includes('end'),
      tabIds: row.tabIds,
    })),
    machine: tree.machine,
  }
}
