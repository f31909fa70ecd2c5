import { parseArgs } from 'node:util'
import { type SortKey, sortKeys } from './sort-processes.ts'

/** What a person asked for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'analyze'; readonly url: string; readonly isJson: boolean }
  | SearchCommand
  | AskCommand
  | PsCommand
  /** `ps --ipc`. */
  | { readonly kind: 'messages'; readonly isJson: boolean; readonly isWatching: boolean }
  | KillCommand
  | CrashesCommand
  | TraceCommand
  | RecordCommand
  | ReplayCommand
  | { readonly kind: 'quit' }

export interface SearchCommand {
  readonly kind: 'search'
  readonly query: string
  readonly limit: number
  readonly isJson: boolean
}

export interface AskCommand {
  readonly kind: 'ask'
  readonly url: string
  readonly question: string
  readonly isJson: boolean
}

export interface PsCommand {
  readonly kind: 'ps'
  readonly isJson: boolean
  readonly isWatching: boolean
  /** One after the other, without who belongs to whom. */
  readonly isFlat: boolean
  /** Null for the order of the browser. */
  readonly sort: SortKey | null
}

export interface KillCommand {
  readonly kind: 'kill'
  /** The id of a row, the number of a process, or a name that only one has. */
  readonly task: string
  /** Without asking it first. */
  readonly isForced: boolean
  readonly isJson: boolean
}

export interface CrashesCommand {
  readonly kind: 'crashes'
  readonly isJson: boolean
  readonly isClearing: boolean
}

export interface TraceCommand {
  readonly kind: 'trace'
  readonly seconds: number
  /** Null for a name made of the time. */
  readonly out: string | null
  readonly isJson: boolean
}

export interface RecordCommand {
  readonly kind: 'record'
  readonly out: string
  /** Null until Ctrl+C. */
  readonly seconds: number | null
  /** With what is sensitive. */
  readonly isWhole: boolean
}

export interface ReplayCommand {
  readonly kind: 'replay'
  readonly file: string
  readonly service: 'ai' | 'storage'
  /** At the pace of the recording, instead of one call after the other. */
  readonly isPaced: boolean
  readonly isJson: boolean
}

/** Something that was not understood, in words for the person. `isJson` when the answer was wanted as JSON. */
export interface Misunderstanding {
  readonly kind: 'misunderstood'
  readonly message: string
  readonly isJson: boolean
}

const options = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  watch: { type: 'boolean' },
  ipc: { type: 'boolean' },
  seconds: { type: 'string' },
  out: { type: 'string' },
  whole: { type: 'boolean' },
  against: { type: 'string' },
  paced: { type: 'boolean' },
  limit: { type: 'string' },
  flat: { type: 'boolean' },
  sort: { type: 'string' },
  force: { type: 'boolean' },
  clear: { type: 'boolean' },
} as const

/** What a command takes beside its name and options. */
type Subject = 'nothing' | 'address' | 'file' | 'task' | 'words' | 'addressAndQuestion'

/** Which options each command takes, and what else. */
const shapes: Readonly<Record<string, { readonly takes: Subject; readonly options: readonly string[] }>> = {
  open: { takes: 'address', options: [] },
  analyze: { takes: 'address', options: ['json'] },
  search: { takes: 'words', options: ['limit', 'json'] },
  ask: { takes: 'addressAndQuestion', options: ['json'] },
  ps: { takes: 'nothing', options: ['json', 'watch', 'ipc', 'flat', 'sort'] },
  kill: { takes: 'task', options: ['force', 'json'] },
  crashes: { takes: 'nothing', options: ['json', 'clear'] },
  trace: { takes: 'nothing', options: ['seconds', 'out', 'json'] },
  record: { takes: 'nothing', options: ['seconds', 'out', 'whole'] },
  replay: { takes: 'file', options: ['against', 'paced', 'json'] },
  quit: { takes: 'nothing', options: [] },
  help: { takes: 'nothing', options: [] },
}
const needs = {
  address: 'the address of a page',
  file: 'a file that "nexus record" wrote',
  task: 'a process: its number, or its name as "nexus ps" shows it',
  words: 'what to look for',
  addressAndQuestion: 'the address of a page and a question',
} as const
const takesOne = {
  address: 'one address; put it in quotes if it has spaces',
  file: 'one file; put its name in quotes if it has spaces',
  task: 'one process; put its name in quotes if it has spaces',
} as const

const defaultTraceSeconds = 5
const maxSeconds = 3_600

const defaultFound = 10
const mostFound = 100
/** Longer questions are not sent on either. */
const maxWordsCharacters = 1_000

/** Longer addresses are not sent on; the contract would refuse them. */
const maxUrlCharacters = 65_536

/** Reads the words after `nexus`. Never throws. */
export function parseCommand(words: readonly string[]): Command | Misunderstanding {
  const isJson = words.includes('--json')
  const misunderstood = (message: string): Misunderstanding => ({ kind: 'misunderstood', message, isJson })
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse(words)
  } catch (error) {
    return misunderstood(firstSentence(error))
  }
  const [name, ...rest] = parsed.positionals
  if (parsed.values.help === true) return { kind: 'help' }
  if (name === undefined) return misunderstood('What shall Nexus do?')
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined
  if (shape === undefined) return misunderstood(`There is no command "${name}".`)
  for (const option of Object.keys(parsed.values)) {
    if (!shape.options.includes(option)) return misunderstood(`"nexus ${name}" does not take --${option}.`)
  }
  const wrong = wrongSubject(name, shape.takes, rest)
  if (wrong !== null) return misunderstood(wrong)
  const command = commandOf(name, rest, parsed.values)
  return typeof command === 'string' ? misunderstood(command) : command
}

/** What is wrong with what stands beside the name of a command; null when nothing is. */
function wrongSubject(name: string, takes: Subject, words: readonly string[]): string | null {
  const [subject, ...more] = words
  if (takes === 'nothing') return subject === undefined ? null : `"nexus ${name}" does not take "${subject}".`
  const isMissing = subject === undefined || subject.trim() === ''
  const isQuestionMissing = takes === 'addressAndQuestion' && more.join(' ').trim() === ''
  if (isMissing || isQuestionMissing) return `"nexus ${name}" needs ${needs[takes]}.`
  if (takes === 'words') return words.join(' ').length > maxWordsCharacters ? 'That is too long.' : null
  if (takes === 'addressAndQuestion') {
    if (more.join(' ').length > maxWordsCharacters) return 'The question is too long.'
  } else if (more.length > 0) return `"nexus ${name}" takes ${takesOne[takes]}.`
  const what = takes === 'file' || takes === 'task' ? 'name' : 'address'
  return subject.length > maxUrlCharacters ? `The ${what} is too long.` : null
}

function parse(words: readonly string[]) {
  return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
}

type Values = ReturnType<typeof parse>['values']

/** Text says what is wrong with the options. */
function commandOf(name: string, words: readonly string[], values: Values): Command | string {
  const [subject = '', ...more] = words.map(word => word.trim())
  const { json: isJson = false, ipc = false } = values
  switch (name) {
    case 'open':
      return { kind: 'open', url: subject }
    case 'analyze':
      return { kind: 'analyze', url: subject, isJson }
    case 'search': {
      const limit = values.limit === undefined ? defaultFound : Number(values.limit)
      if (!Number.isInteger(limit) || limit < 1 || limit > mostFound) {
        return `--limit takes a whole number up to ${mostFound}.`
      }
      return { kind: 'search', query: words.join(' ').trim(), limit, isJson }
    }
    case 'ask':
      return { kind: 'ask', url: subject, question: more.join(' ').trim(), isJson }
    case 'ps':
      return ipc ? messagesCommand(values) : psCommand(values)
    case 'kill':
      return { kind: 'kill', task: subject, isForced: values.force ?? false, isJson }
    case 'crashes':
      return { kind: 'crashes', isJson, isClearing: values.clear ?? false }
    case 'trace': {
      const seconds = secondsOf(values.seconds) ?? defaultTraceSeconds
      return typeof seconds === 'string'
        ? seconds
        : { kind: 'trace', seconds, out: values.out ?? null, isJson }
    }
    case 'record': {
      const seconds = secondsOf(values.seconds)
      if (typeof seconds === 'string') return seconds
      if (values.out === undefined || values.out === '') return '"nexus record" needs --out and a file.'
      return { kind: 'record', out: values.out, seconds, isWhole: values.whole ?? false }
    }
    case 'replay': {
      const { against, paced: isPaced = false } = values
      if (against !== 'ai' && against !== 'storage') return '"nexus replay" needs --against ai or storage.'
      return { kind: 'replay', file: subject, service: against, isPaced, isJson }
    }
    case 'quit':
      return { kind: 'quit' }
    default:
      return { kind: 'help' }
  }
}

function messagesCommand({ flat, sort, json: isJson = false, watch: isWatching = false }: Values) {
  if (flat === true || sort !== undefined) return '--ipc is not taken together with --flat or --sort.'
  return { kind: 'messages', isJson, isWatching } as const
}

function psCommand({ flat: isFlat = false, sort, json: isJson = false, watch: isWatching = false }: Values) {
  const key = sort === undefined ? null : sortKeys.find(one => one === sort)
  if (key === undefined) return `--sort takes one of ${sortKeys.join(', ')}.`
  return { kind: 'ps', isJson, isWatching, isFlat, sort: key } as const
}

/** Null when nothing was said; text when it is no such number. */
function secondsOf(text: string | undefined): number | null | string {
  if (text === undefined) return null
  const seconds = text.trim() === '' ? Number.NaN : Number(text)
  return seconds > 0 && seconds <= maxSeconds ? seconds : `--seconds takes a number up to ${maxSeconds}.`
}

/** Node's message goes on with advice for programmers. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `${message.split('. ')[0] ?? message}.`.replace(/\.\.$/, '.')
}
