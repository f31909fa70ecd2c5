import type { ProcessKind } from '../../contracts/processes.ts'
import type { RestartPolicy } from '../controller/process-machine.ts'

export type ServiceName = 'storage' | 'network' | 'ai' | 'audio'

export interface ServiceDefinition {
  readonly name: ServiceName
  readonly kind: ProcessKind
  readonly title: string
  readonly detail: string
  readonly entry: string
  readonly args: readonly string[]
  readonly restart: RestartPolicy
  /** Started with the browser, or by its first call. */
  readonly start: 'withBrowser' | 'onDemand'
  readonly memoryLimitBytes: number
  /** Without work for this long it is ended, and started again by its next call; null keeps it. */
  readonly idleOutMs: number | null
}

const mebibyte = 1024 * 1024

/** Five attempts from a quarter of a second: about eight seconds before we give up and say so. */
const backoff: RestartPolicy = {
  kind: 'backoff',
  attempts: 5,
  initialDelayMs: 250,
  maximumDelayMs: 5_000,
  stableAfterMs: 60_000,
}

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
      restart: backoff,
      start: 'withBrowser',
      memoryLimitBytes: 512 * mebibyte,
      idleOutMs: null,
    },
    {
      name: 'network',
      kind: 'network',
      title: 'Network',
      detail: 'Requests of all pages',
      entry: `${paths.buildFolder}/services/network.js`,
      args: [`--filters=${paths.buildFolder}/filters/lists.bin`, `--cache=${paths.cacheFile}`],
      restart: backoff,
      start: 'withBrowser',
      memoryLimitBytes: 512 * mebibyte,
      idleOutMs: null,
    },
    {
      name: 'ai',
      kind: 'ai',
      title: 'Reader model',
      detail: 'Local AI',
      entry: `${paths.buildFolder}/services/ai.js`,
      args: [`--models=${paths.modelsFolder}`],
      restart: backoff,
      start: 'onDemand',
      memoryLimitBytes: 2_048 * mebibyte,
      idleOutMs: 10 * 60_000,
    },
    {
      name: 'audio',
      kind: 'audio',
      title: 'Audio',
      detail: 'Decoding, mixing, loudness',
      entry: `${paths.buildFolder}/services/audio.js`,
      args: [],
      restart: backoff,
      start: 'onDemand',
      memoryLimitBytes: 512 * mebibyte,
      idleOutMs: 2 * 60_000,
    },
  ]
}

/** Limits of the processes that are not services, for the gauges of the process tree. */
export const memoryLimits = {
  tab: 512 * mebibyte,
  chrome: 512 * mebibyte,
  compositor: 512 * mebibyte,
  gpu: 1_024 * mebibyte,
  controller: 1_024 * mebibyte,
}
