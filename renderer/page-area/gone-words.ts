import type { TabContent } from '../../contracts/browser.ts'
import type { TraceStop } from './failure-layout.tsx'

export type GoneContent = Extract<TabContent, { kind: 'gone' }>

export interface GoneWords {
  readonly title: string
  readonly lead: string
  readonly trace: readonly TraceStop[]
  readonly why: string
  readonly code: string
}

/** The words of the sad tab. "Ended" is what Nexus or a person did; "stopped" is what a page did by itself. */
export function goneWords(name: string, content: GoneContent, pid: number | null): GoneWords {
  const exit = `exit code ${content.exitCode}`
  const who = pid === null ? exit : `pid ${pid}, ${exit}`
  const others: readonly TraceStop[] = [
    { name: 'Nexus core', detail: 'still running', state: 'ok' },
    { name: 'Other sites', detail: 'still running', state: 'ok' },
  ]
  const trace = (detail: string): TraceStop[] => [
    { name: 'Page', detail: 'address kept', state: 'ok' },
    { name: 'Site process', detail, state: 'bad' },
    ...others,
  ]
  const again = content.isRepeated ? ' It happened twice within ten seconds.' : ''
  switch (content.reason) {
    case 'crashed':
      return {
        title: content.isRepeated ? `${name} stopped again` : `${name} stopped`,
        lead: 'The process of this page ended by a fault. Your other tabs run in other processes and were not touched.',
        trace: trace(who),
        why: `The page, or the engine drawing it, did something the sandbox does not allow or could not carry on.${again}`,
        code: `PROCESS_CRASHED · ${exit}`,
      }
    case 'killed':
      return {
        title: `${name} was ended`,
        lead: 'The process of this page was ended from outside. Your other tabs run in other processes and were not touched.',
        trace: trace(who),
        why: `You, Nexus or another program on this computer ended it.${again}`,
        code: `PROCESS_KILLED · ${exit}`,
      }
    case 'outOfMemory':
      return {
        title: `${name} used all its memory`,
        lead: 'Its process could get no more memory and was ended, so that the rest of your computer stays quick.',
        trace: trace('out of memory'),
        why: `The page kept more than its process may hold.${again}`,
        code: `PROCESS_OUT_OF_MEMORY · ${exit}`,
      }
    case 'launchFailed':
      return {
        title: `${name} could not be started`,
        lead: 'The system did not start a process for this page. Nothing was loaded and nothing was sent.',
        trace: [
          { name: 'Page', detail: 'address kept', state: 'ok' },
          { name: 'Site process', detail: 'not started', state: 'bad' },
          ...others,
        ],
        why: `The computer may be short of memory or of processes it allows.${again}`,
        code: `PROCESS_LAUNCH_FAILED · ${exit}`,
      }
  }
}
