import { readFileSync } from 'node:fs'
import os from 'node:os'
import type { ProcessMetric } from 'electron'
import { utilityRecords } from '../utility/registry.ts'
import { type ProcessSample, sampleProcess, sampleTree } from './process-tree.ts'

interface Measured {
  readonly cpuMilliseconds: number
  readonly atMs: number
  readonly startedAtMs: number
  readonly peakKilobytes: number
}

interface Kind {
  readonly type: ProcessMetric['type']
  readonly name?: string
  readonly serviceName?: string
}

const serviceNames: Readonly<Record<string, string>> = {
  'network.mojom.NetworkService': 'Network Service',
  'storage.mojom.StorageService': 'Storage Service',
  'audio.mojom.AudioService': 'Audio Service',
  'video_capture.mojom.VideoCaptureService': 'Video Capture',
  'data_decoder.mojom.DataDecoderService': 'Data Decoder Service',
}

/** `app.getAppMetrics()`: our own process, Chromium's, and those that the application forked. */
export class ApplicationMetrics {
  readonly #enginePids: () => readonly number[]
  #last = new Map<number, Measured>()

  /** @param enginePids the pids of every Chromium that runs for the application */
  constructor(enginePids: () => readonly number[]) {
    this.#enginePids = enginePids
  }

  read(): ProcessMetric[] {
    const atMs = performance.now()
    const measured = new Map<number, Measured>()
    const metric = (sample: ProcessSample, kind: Kind): ProcessMetric => {
      const before = this.#last.get(sample.pid)
      const earlier = before?.startedAtMs === sample.startedAtMs ? before : undefined
      const peakKilobytes = Math.max(earlier?.peakKilobytes ?? 0, sample.residentKilobytes)
      const { cpuMilliseconds, startedAtMs, pid } = sample
      measured.set(pid, { cpuMilliseconds, atMs, startedAtMs, peakKilobytes })
      const share = earlier
        ? (cpuMilliseconds - earlier.cpuMilliseconds) / Math.max(1, atMs - earlier.atMs)
        : 0
      return {
        pid,
        ...kind,
        creationTime: startedAtMs,
        cpu: {
          percentCPUUsage: (share * 100) / os.availableParallelism(),
          cumulativeCPUUsage: cpuMilliseconds / 1000,
          idleWakeupsPerSecond: 0,
        },
        memory: { workingSetSize: sample.residentKilobytes, peakWorkingSetSize: peakKilobytes },
      }
    }
    const metrics: ProcessMetric[] = []
    const own = sampleProcess(process.pid)
    if (own) metrics.push(metric(own, { type: 'Browser' }))
    for (const enginePid of this.#enginePids())
      for (const sample of sampleTree(enginePid)) metrics.push(metric(sample, kindOf(sample, enginePid)))
    for (const { pid, name, serviceName } of utilityRecords()) {
      const sample = sampleProcess(pid)
      if (sample) metrics.push(metric(sample, { type: 'Utility', name, serviceName }))
    }
    this.#last = measured
    return metrics
  }
}

/** What a process of Chromium is, by its command line. */
function kindOf(sample: ProcessSample, enginePid: number): Kind {
  if (sample.pid === enginePid)
    return { type: 'Utility', name: 'Chromium', serviceName: 'electron_on_chromium.Engine' }
  const switchValue = (prefix: string): string | undefined =>
    sample.commandLine.find(part => part.startsWith(prefix))?.slice(prefix.length)
  switch (switchValue('--type=')) {
    case 'renderer':
      return { type: 'Tab' }
    case 'gpu-process':
      return { type: 'GPU' }
    case 'zygote':
      return { type: 'Zygote' }
    case 'utility': {
      const serviceName = switchValue('--utility-sub-type=') ?? ''
      return { type: 'Utility', name: serviceNames[serviceName] ?? serviceName, serviceName }
    }
    default:
      return { type: 'Unknown' }
  }
}

/** Pids of Chromium's own services, which can die without DevTools saying a word. */
export function servicePids(enginePid: number): Map<number, Kind> {
  const services = new Map<number, Kind>()
  for (const sample of sampleTree(enginePid)) {
    const kind = kindOf(sample, enginePid)
    if (sample.pid !== enginePid && (kind.type === 'GPU' || kind.type === 'Utility'))
      services.set(sample.pid, kind)
  }
  return services
}

/** True while the process runs (a zombie does not). */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.charAt(stat.lastIndexOf(')') + 2) !== 'Z'
  } catch {
    return false
  }
}
