import childProcess from 'node:child_process'
import { readFileSync } from 'node:fs'
import module from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { chromiumVersion, electronVersion, standinExecutable, standinRoot } from './runtime.ts'

/** Makes Node's `process` look as Electron documents it for that kind of process. */
export function shapeProcess(type: 'browser' | 'utility'): void {
  const versions = { ...process.versions, electron: electronVersion }
  Object.defineProperty(versions, 'chrome', { get: chromiumVersion, enumerable: true })
  define('versions', versions)
  define('type', type)
  define('execPath', standinExecutable)
  define('resourcesPath', path.join(standinRoot, 'dist', 'resources'))
  define('noAsar', false)
  define('sandboxed', false)
  define('contextIsolated', false)
  define('mas', false)
  define('windowsStore', false)
  if (type === 'browser') define('defaultApp', true)
  define('getCreationTime', () => Date.now() - process.uptime() * 1000)
  define('getCPUUsage', cpuUsageReader())
  define('getProcessMemoryInfo', async () => processMemoryInfo())
  define('getBlinkMemoryInfo', () => ({ allocated: 0, total: 0 }))
  define('getHeapStatistics', () => heapStatistics())
  define('getSystemMemoryInfo', () => systemMemoryInfo())
  define('getSystemVersion', () => os.release())
  define('getIOCounters', () => ioCounters())
  define('setFdLimit', () => {})
  define('takeHeapSnapshot', () => false)
  define('crash', () => process.kill(process.pid, 'SIGSEGV'))
  define('hang', () => {
    for (;;);
  })
  forkAsNode()
}

function define(name: string, value: unknown): void {
  Object.defineProperty(process, name, { value, writable: true, configurable: true, enumerable: true })
}

/** Electron forks plain Node processes: `child_process.fork` sets ELECTRON_RUN_AS_NODE. So do we. */
function forkAsNode(): void {
  const fork = childProcess.fork
  const asNode = (
    file: string | URL,
    second?: readonly string[] | childProcess.ForkOptions,
    third?: childProcess.ForkOptions,
  ): childProcess.ChildProcess => {
    const args = Array.isArray(second) ? (second as readonly string[]) : []
    const options = (Array.isArray(second) ? third : (second as childProcess.ForkOptions | undefined)) ?? {}
    if (options.execPath && options.execPath !== process.execPath) return fork(file, args, options)
    const env = { ...(options.env ?? process.env), ELECTRON_RUN_AS_NODE: '1' }
    return fork(file, args, { ...options, env })
  }
  Object.assign(childProcess, { fork: asNode })
  module.syncBuiltinESMExports()
}

function cpuUsageReader(): () => { percentCPUUsage: number; idleWakeupsPerSecond: number } {
  let lastCpuMicroseconds = 0
  let lastTimeMs: number | null = null
  return () => {
    const { user, system } = process.cpuUsage()
    const timeMs = performance.now()
    const share =
      lastTimeMs === null
        ? 0
        : (user + system - lastCpuMicroseconds) / 1000 / Math.max(1, timeMs - lastTimeMs)
    lastCpuMicroseconds = user + system
    lastTimeMs = timeMs
    return { percentCPUUsage: (share * 100) / os.availableParallelism(), idleWakeupsPerSecond: 0 }
  }
}

/** Kilobytes, as Electron gives them. */
function processMemoryInfo(): { residentSet: number; private: number; shared: number } {
  const status = readFileSync('/proc/self/status', 'utf8')
  const kilobytes = (field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return {
    residentSet: kilobytes('VmRSS'),
    private: kilobytes('RssAnon'),
    shared: kilobytes('RssFile') + kilobytes('RssShmem'),
  }
}

function systemMemoryInfo(): { total: number; free: number; swapTotal: number; swapFree: number } {
  const info = readFileSync('/proc/meminfo', 'utf8')
  const kilobytes = (field: string): number =>
    Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(info)?.[1] ?? 0)
  return {
    total: kilobytes('MemTotal'),
    free: kilobytes('MemFree'),
    swapTotal: kilobytes('SwapTotal'),
    swapFree: kilobytes('SwapFree'),
  }
}

function heapStatistics(): Record<string, number | boolean> {
  const { heapTotal, heapUsed, external } = process.memoryUsage()
  const kilobytes = (bytes: number): number => Math.round(bytes / 1024)
  return {
    totalHeapSize: kilobytes(heapTotal),
    totalHeapSizeExecutable: 0,
    totalPhysicalSize: kilobytes(heapTotal),
    totalAvailableSize: kilobytes(os.freemem()),
    usedHeapSize: kilobytes(heapUsed),
    heapSizeLimit: kilobytes(os.totalmem()),
    mallocedMemory: kilobytes(external),
    peakMallocedMemory: kilobytes(external),
    doesZapGarbage: false,
  }
}

function ioCounters(): Record<string, number> {
  const io = readFileSync('/proc/self/io', 'utf8')
  const count = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(io)?.[1] ?? 0)
  return {
    readOperationCount: count('syscr'),
    writeOperationCount: count('syscw'),
    otherOperationCount: 0,
    readTransferCount: count('rchar'),
    writeTransferCount: count('wchar'),
    otherTransferCount: 0,
  }
}
