import { bulk } from './bulk.ts'
import type { Group } from './group.ts'
import { growth } from './growth.ts'
import { memory } from './memory.ts'
import { registration } from './registration.ts'
import { ring } from './ring.ts'

export const groups: readonly Group[] = [bulk, ring, registration, growth, memory]
