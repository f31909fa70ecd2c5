import type { ProcessAction, ProcessRow } from '../../contracts/processes.ts'

/** In the order of a menu. */
export const processActions: readonly ProcessAction[] = [
  'suspend',
  'resume',
  'restart',
  'raisePriority',
  'lowerPriority',
  'end',
  'forceEnd',
]

/** What a button or an entry of a menu says. */
export function actionTitle(action: ProcessAction, row: ProcessRow): string {
  switch (action) {
    case 'end':
      return row.kind === 'tab' ? 'End page' : 'End process'
    case 'forceEnd':
      return 'Force end'
    case 'suspend':
      return 'Suspend'
    case 'resume':
      return 'Resume'
    case 'restart':
      return 'Restart'
    case 'raisePriority':
      return 'Raise priority'
    case 'lowerPriority':
      return 'Lower priority'
  }
}

/** "Nexus could not …". */
export function actionWords(action: ProcessAction, row: ProcessRow): string {
  switch (action) {
    case 'end':
      return `end ${row.name}`
    case 'forceEnd':
      return `force ${row.name} to end`
    case 'suspend':
      return `suspend ${row.name}`
    case 'resume':
      return `resume ${row.name}`
    case 'restart':
      return `restart ${row.name}`
    case 'raisePriority':
      return `raise the priority of ${row.name}`
    case 'lowerPriority':
      return `lower the priority of ${row.name}`
  }
}

/** The key that does it in the grid; null where there is none. */
export function actionKeys(action: ProcessAction): string | null {
  switch (action) {
    case 'end':
      return 'Delete'
    case 'forceEnd':
      return 'Shift+Delete'
    case 'suspend':
    case 'resume':
      return 'Space'
    case 'restart':
    case 'raisePriority':
    case 'lowerPriority':
      return null
  }
}
