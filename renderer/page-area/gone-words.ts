import type { TabContent } from '../../contracts/browser.ts'
import { memoryText } from '../processes/readings.ts'
import type { TraceStop } from './failure-layout.tsx'

export type GoneContent = Extract<TabContent, { kind: 'gone' }>

export interface GoneWords {
  readonly title: string
  readonly lead: string
  readonly trace: readonly TraceStop[]
  readonly why: string
  /** What loading it again would do. */
  readonly restart: string
  readonly code: string
}

const untouched = 'Your other tabs run in other processes and were not touched.'
const keepsAddress = 'Restart it. The address is kept, what you typed into the page is lost'
const likelyAgain = 'Restart it later; it is likely to stop again now'
const endsAgain = 'Restart it. It is likely to be ended again if it does the same'

/** The words of the sad tab. "Ended" is what Nexus or a person did; "stopped" is what a page did by itself. */
export function goneWords(name: string, content: GoneContent): GoneWords {
  const { isRepeated, end } = content
  const exit = `exit code ${content.exitCode}`
  const who = end?.pid == null ? exit : `pid ${end.pid}, ${exit}`
  const others: readonly TraceStop[] = [
    { name: 'Nexus core', detail: 'still running', state: 'ok' },
    { name: 'Other sites', detail: 'still running', state: 'ok' },
  ]
  const trace = (detail: string): TraceStop[] => [
    { name: 'Page', detail: ranWords(end?.ranMs ?? null), state: 'ok' },
    { name: 'Site process', detail, state: 'bad' },
    ...others,
  ]
  const again = isRepeated ? ' It happened twice within ten seconds.' : ''
  const code = (text: string, more = exit): string =>
    [text, more, end?.pid == null ? '' : `pid ${end.pid}`, clockText(end?.at)].filter(Boolean).join(' · ')
  const restart = isRepeated ? likelyAgain : keepsAddress
  switch (content.reason) {
    case 'crashed':
      return {
        title: isRepeated ? `${name} stopped again` : `${name} stopped`,
        lead: `The process of this page ended by a fault. ${untouched}`,
        trace: trace(who),
        why: `The page, or the engine drawing it, did something the sandbox does not allow or could not carry on.${again}`,
        restart,
        code: code('PROCESS_CRASHED'),
      }
    case 'killed':
      return {
        title: isRepeated ? `${name} was ended again` : `${name} was ended`,
        lead:
          end?.isByPerson === true
            ? `You ended the process of this page. ${untouched}`
            : `The process of this page was ended from outside. ${untouched}`,
        trace: trace(who),
        why:
          end?.isByPerson === true
            ? `You ended it in the list of processes, or by a command.${again}`
            : `The system or another program on this computer ended it.${again}`,
        restart: end?.isByPerson === true ? keepsAddress : restart,
        code: code('PROCESS_KILLED'),
      }
    case 'hung':
      return {
        title: isRepeated ? `${name} hung again` : `${name} did not answer`,
        lead: `You ended its process, because the page did not react any more. ${untouched}`,
        trace: trace(end?.pid == null ? 'did not answer' : `pid ${end.pid}, did not answer`),
        why: `A script in the page ran without a pause, or its process was stopped from outside.${again}`,
        restart: isRepeated ? likelyAgain : keepsAddress,
        code: code('PROCESS_HUNG'),
      }
    case 'outOfMemory':
      return outOfMemoryWords(name, content, trace, again, code)
    case 'launchFailed':
      return {
        title: isRepeated ? `${name} could not be started again` : `${name} could not be started`,
        lead: 'The system did not start a process for this page. Nothing was loaded and nothing was sent.',
        trace: [
          { name: 'Page', detail: 'address kept', state: 'ok' },
          { name: 'Site process', detail: 'not started', state: 'bad' },
          ...others,
        ],
        why: `The computer may be short of memory or of processes it allows.${again}`,
        restart: 'Try again, perhaps after you closed other programs',
        code: code('PROCESS_LAUNCH_FAILED'),
      }
    case 'heldBack':
      return {
        title: `${name} was not loaded`,
        lead: 'Twice, bringing this tab back ended with the loss of its process or of Nexus itself. It waits for you.',
        trace: [
          { name: 'Page', detail: 'address kept', state: 'ok' },
          { name: 'Site process', detail: 'not started', state: 'off' },
          ...others,
        ],
        why: 'A page that stops each time it is brought back would keep you from everything else.',
        restart: 'Load it. If it comes up this time, the next start brings it back as always',
        code: 'PAGE_HELD_BACK',
      }
  }
}

function outOfMemoryWords(
  name: string,
  { isRepeated, end }: GoneContent,
  trace: (detail: string) => TraceStop[],
  again: string,
  code: (text: string, more?: string) => string,
): GoneWords {
  const title = isRepeated ? `${name} used all its memory again` : `${name} used all its memory`
  const memory = end?.memory ?? null
  if (memory === null) {
    return {
      title,
      lead: 'Its process could get no more memory and was ended, so that the rest of your computer stays quick.',
      trace: trace('out of memory'),
      why: `The page kept more than its process may hold, or the computer had none left.${again}`,
      restart: isRepeated ? likelyAgain : keepsAddress,
      code: code('PROCESS_OUT_OF_MEMORY'),
    }
  }
  const used = `${memoryText(memory.bytes)} of ${memoryText(memory.limitBytes)}`
  return {
    title,
    lead: `Its process held ${used} and was ended, so that the rest of your computer stays quick.`,
    trace: trace(used),
    why: `The page kept more than its process may hold, also after it was asked to give memory back.${again}`,
    restart: endsAgain,
    code: code('PROCESS_MEMORY_LIMIT', used),
  }
}

function ranWords(ranMs: number | null): string {
  if (ranMs === null) return 'address kept'
  const seconds = Math.round(ranMs / 1_000)
  if (seconds < 60) return `ran ${seconds} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 60 ? `ran ${minutes} min` : `ran ${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

function clockText(at: number | undefined): string {
  return at === undefined ? '' : new Date(at).toTimeString().slice(0, 8)
}

/** What the site would be let hold after "Restart with 1 GB"; null where that is not offered. */
export function raisedLimit(content: GoneContent): number | null {
  return content.reason === 'outOfMemory' && content.end?.memory != null
    ? content.end.memory.limitBytes * 2
    : null
}

/** "1 GB", "512 MB", "1.5 GB". */
export function limitText(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3
  return gigabytes >= 1 ? `${Number(gigabytes.toFixed(2))} GB` : `${Math.round(bytes / 1024 ** 2)} MB`
}
