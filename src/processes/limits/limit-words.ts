import type { Notice } from '../../../contracts/browser.ts'
import type { KnownProcess } from '../book/known-process.ts'

/** What happened to a process for its memory. */
export interface LimitEvent {
  readonly process: KnownProcess
  readonly memoryBytes: number
  readonly limitBytes: number
}

/** What a person is told of a process that was ended for its memory. */
export function endedNotice(event: LimitEvent): Omit<Notice, 'id'> {
  return {
    tone: 'info',
    message: `${nameOf(event.process)} held ${overLimit(event)}, and was ended. ${afterwards(event.process)}`,
  }
}

/** The same when it was ended too often. */
export function tooLowNotice(event: LimitEvent): Omit<Notice, 'id'> {
  const { process, limitBytes } = event
  return {
    tone: 'problem',
    message: `${nameOf(process)} was ended three times for its memory. ${megabytes(limitBytes)} are too few for it: this limit is not kept until you change it in the settings.`,
  }
}

/** What is told of the core, which is never ended. */
export function coreNotice(event: LimitEvent): Omit<Notice, 'id'> {
  return {
    tone: 'problem',
    message: `Nexus core holds ${overLimit(event)}. What it could do without is freed. Closing tabs helps, or starting Nexus again: your tabs come back.`,
  }
}

function overLimit({ memoryBytes, limitBytes }: LimitEvent): string {
  return `${megabytes(memoryBytes)} of memory, more than its limit of ${megabytes(limitBytes)}`
}

function afterwards({ kind, tabIds }: KnownProcess): string {
  switch (kind) {
    case 'tab':
      return tabIds.length > 1
        ? 'Its tabs can be loaded again; others go on.'
        : 'It can be loaded again; other tabs go on.'
    case 'ai':
      return 'It starts again by itself. Pages load as before.'
    case 'audio':
      return 'It starts again by itself.'
    case 'network':
      return 'It starts again by itself, and pages that were loading load again.'
    case 'storage':
      return 'It starts again by itself. Nothing is lost: what was not written yet is written then.'
    case 'gpu':
    case 'compositor':
      return 'It starts again by itself, and what is seen is drawn anew.'
    case 'chrome':
      return 'The window draws itself anew; your tabs are untouched.'
    case 'controller':
    case 'engine':
      return ''
  }
}

/** Of private tabs no name is told. */
function nameOf({ kind, isPrivate, site, name }: KnownProcess): string {
  if (kind === 'tab') return isPrivate ? 'A private tab' : (site ?? 'A page')
  if (kind === 'gpu') return 'Graphics'
  return kind === 'chrome' ? 'The window' : name
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MB`
}
