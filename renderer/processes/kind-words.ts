import type { ProcessKind, ProcessPriority } from '../../contracts/processes.ts'

/** What a process is for, in a word or two. */
export function kindWord(kind: ProcessKind): string {
  switch (kind) {
    case 'controller':
      return 'core'
    case 'chrome':
      return 'window'
    case 'tab':
      return 'site'
    case 'ai':
      return 'local AI'
    case 'storage':
      return 'storage'
    case 'network':
      return 'network'
    case 'audio':
      return 'audio'
    case 'compositor':
      return 'compositor'
    case 'gpu':
      return 'graphics'
    case 'engine':
      return 'engine'
  }
}

export function priorityWord(priority: ProcessPriority): string {
  return priority === 'critical' ? 'highest' : priority
}
