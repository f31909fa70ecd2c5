import { areaContracts } from '../../../contracts/areas.ts'
import type { LifecycleEntry, ProcessAction, ProcessRow } from '../../../contracts/processes.ts'
import type { Endpoint } from '../../../ipc/endpoint.ts'
import { IpcError } from '../../../ipc/errors.ts'
import { launchOf, lives, noFiles } from '../fixtures/lives.ts'

/** The area "processes", made up: what is done with a process shows in the next sample. */
export class ProcessesFixture {
  readonly #changes = new Map<string, Partial<ProcessRow> | null>()
  #endpoint: Endpoint | null = null

  serve(endpoint: Endpoint): void {
    this.#endpoint = endpoint
    endpoint.serve(areaContracts.processes, {
      act: ({ processId, action }) => {
        if (processId === 'controller') {
          throw new IpcError('ACTION_NOT_POSSIBLE', 'Everything else depends on the core.')
        }
        if (processId === 'storage' && action === 'restart') {
          throw new IpcError('ACTION_NOT_POSSIBLE', 'Storage writes something that must not be lost.')
        }
        this.#changes.set(processId, changeBy(action))
        return {}
      },
      timeline: () => [...lives],
      details: ({ processId }) => ({ launch: launchOf(processId), sandbox: noFiles }),
      copy: () => ({}),
      save: ({ format }) => ({ fileName: `processes.${format}` }),
    })
  }

  /** As if it had happened now. */
  announce(entry: LifecycleEntry): void {
    this.#endpoint?.announce(areaContracts.processes, 'lifecycle', entry)
  }

  /** The rows after all that was done with them. */
  changed(rows: readonly ProcessRow[]): ProcessRow[] {
    return rows
      .filter(row => this.#changes.get(row.id) !== null)
      .map(row => ({ ...row, ...this.#changes.get(row.id) }))
  }
}

/** Null where the row goes. */
function changeBy(action: ProcessAction): Partial<ProcessRow> | null {
  switch (action) {
    case 'end':
    case 'forceEnd':
      return null
    case 'suspend':
      return { state: 'suspended', actions: ['resume', 'end'], cpuPercent: 0 }
    case 'resume':
      return { state: 'active', actions: ['suspend', 'end'] }
    case 'restart':
      return { state: 'restarting', restarts: 1 }
    case 'raisePriority':
      return { priority: 'high' }
    case 'lowerPriority':
      return { priority: 'low' }
  }
}
