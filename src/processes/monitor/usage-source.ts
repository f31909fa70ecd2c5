import type { App } from 'electron'
import { EngineSource } from './engine-source.ts'
import { ProcSource } from './proc-source.ts'
import type { UsageSource } from './process-usage.ts'

/** The cheapest honest way to learn what processes use, on this platform. */
export function usageSource(app: Pick<App, 'getAppMetrics'>): UsageSource {
  return process.platform === 'linux' ? new ProcSource() : new EngineSource(app)
}
