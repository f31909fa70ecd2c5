import type { ProcessKind } from '../../contracts/processes.ts'

export type ServiceName = 'storage' | 'network' | 'ai' | 'audio'

export interface ServiceDefinition {
  readonly name: ServiceName
  readonly kind: ProcessKind
  readonly title: string
  readonly detail: string
  readonly entry: string
  readonly args: readonly string[]
  /** Started with the browser, or by its first call. */
  readonly start: 'withBrowser' | 'onDemand'
  readonly memoryLimitBytes: number
}

const mebibyte = 1024 * 1024

export interface ServicePaths {
  readonly buildFolder: string
  readonly modelsFolder: string
  readonly databaseFile: string
  /** Of what the network process fetches itself. */
  readonly cacheFile: string
}

export function serviceDefinitions(paths: ServicePaths): readonly ServiceDefinition[] {
  return [
    {
      name: 'storage',
      kind: 'storage',
      title: 'Storage',
      detail: 'History, settings, open tabs',
      entry: `${paths.buildFolder}/services/storage.js`,
      args: [`--database=${paths.databaseFile}`],
      start: 'withBrowser',
      memoryLimitBytes: 512 * mebibyte,
    },
    {
      name: 'network',
      kind: 'network',
      title: 'Network',
      detail: 'Requests of all pages',
      entry: `${paths.buildFolder}/services/network.js`,
      args: [`--filters=${paths.buildFolder}/filters/lists.bin`, `--cache=${paths.cacheFile}`],
      start: 'withBrowser',
      memoryLimitBytes: 512 * mebibyte,
    },
    {
      name: 'ai',
      kind: 'ai',
      title: 'Reader model',
      detail: 'Local AI',
      entry: `${paths.buildFolder}/services/ai.js`,
      args: [`--models=${paths.modelsFolder}`],
      start: 'onDemand',
      memoryLimitBytes: 2_048 * mebibyte,
    },
    {
      name: 'audio',
      kind: 'audio',
      title: 'Audio',
      detail: 'Decoding, mixing, loudness',
      entry: `${paths.buildFolder}/services/audio.js`,
      args: [],
      start: 'onDemand',
      memoryLimitBytes: 512 * mebibyte,
    },
  ]
}
