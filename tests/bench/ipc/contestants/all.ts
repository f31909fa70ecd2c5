import type { Contestant } from './contestant.ts'

/** What Nexus is compared with. */
export const peerNames = [
  'birpc',
  'comlink',
  'vscode-jsonrpc',
  '@egoist/tipc',
  'electron-direct-ipc',
] as const

/** The transport itself, as it is and with a promise for each call. */
export const rawName = 'raw'
export const rawWithPromisesName = 'raw + promise'
/** The transport itself for large buffers. */
export const rawBytesName = 'raw bytes'
export const nexusName = 'Nexus'
export const nexusOneByOneName = 'Nexus one by one'

type Name =
  | (typeof peerNames)[number]
  | typeof rawName
  | typeof rawWithPromisesName
  | typeof rawBytesName
  | typeof nexusName
  | typeof nexusOneByOneName

/** Loaded when asked for: a process that holds one contestant has nothing to do with the others. */
const loaders: Readonly<Record<Name, () => Promise<Contestant>>> = {
  birpc: async () => (await import('./birpc.ts')).birpc,
  comlink: async () => (await import('./comlink.ts')).comlink,
  'vscode-jsonrpc': async () => (await import('./vscode-jsonrpc.ts')).vscodeJsonrpc,
  '@egoist/tipc': async () => (await import('./tipc.ts')).tipc,
  'electron-direct-ipc': async () => (await import('./electron-direct-ipc.ts')).electronDirectIpc,
  [rawName]: async () => (await import('./raw.ts')).raw,
  [rawWithPromisesName]: async () => (await import('./raw.ts')).rawWithPromises,
  [rawBytesName]: async () => (await import('./raw-bytes.ts')).rawBytes,
  [nexusName]: async () => (await import('./nexus.ts')).nexus,
  [nexusOneByOneName]: async () => (await import('./nexus.ts')).nexusOneByOne,
}

export function contestantNamed(name: string): Promise<Contestant> {
  for (const [known, load] of Object.entries(loaders)) if (known === name) return load()
  return Promise.reject(new RangeError(`No contestant is called ${name}`))
}
