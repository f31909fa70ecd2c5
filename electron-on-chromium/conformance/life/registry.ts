import { type CaseContext, Registry } from '../registry.ts'
import type { StartApp } from './launch.ts'

export interface LifeCase extends CaseContext {
  /** Starts an application from apps/; it is killed with the case if it still runs. */
  readonly start: StartApp
}

export const registry = new Registry<LifeCase>()
export const { chapter, it } = registry
