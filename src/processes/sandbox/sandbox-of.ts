import path from 'node:path'
import type { ProcessKind, SandboxConfiguration } from '../../../contracts/processes.ts'
import { type PlaceName, sandboxTable } from './sandbox-table.ts'

/** Where the places of the table lie on this machine; null for one that is not known yet. */
export type SandboxPlaces = Readonly<Record<PlaceName, string | null>>

/** What a process of a kind may do, with the folders that are meant. */
export function sandboxOf(kind: ProcessKind, places: SandboxPlaces): SandboxConfiguration {
  const { enforcedBy, reads, writes, network, gpu, childProcesses } = sandboxTable[kind]
  const named = new Set([...namesOf(reads), ...namesOf(writes)])
  const folders = [...named].flatMap(name => places[name] ?? []).map(place => path.normalize(place))
  return {
    enforcedBy,
    readsFiles: extentOf(reads),
    writesFiles: extentOf(writes),
    folders,
    network,
    gpu,
    childProcesses,
  }
}

function namesOf(access: readonly PlaceName[] | 'any'): readonly PlaceName[] {
  return access === 'any' ? [] : access
}

function extentOf(access: readonly PlaceName[] | 'any'): SandboxConfiguration['readsFiles'] {
  if (access === 'any') return 'any'
  return access.length === 0 ? 'none' : 'folders'
}
