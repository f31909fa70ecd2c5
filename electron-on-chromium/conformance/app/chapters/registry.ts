import { Registry } from '../../registry.ts'
import type { PageCase } from '../harness/page.ts'

export const registry = new Registry<PageCase>()
export const { chapter, it } = registry
