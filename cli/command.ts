import { parseArgs } from 'node:util'

/** What a person asked for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'open'; readonly url: string }
  | { readonly kind: 'analyze'; readonly url: string; readonly isJson: boolean }
  | { readonly kind: 'ps'; readonly isJson: boolean; readonly isWatching: boolean }
  /** `ps --ipc`. */
  | { readonly kind: 'messages'; readonly isJson: boolean; readonly isWatching: boolean }
  | { readonly kind: 'quit' }

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
} as const

/** Which options each command takes, and whether it takes an address. */
const shapes: Readonly<Record<string, { readonly takesUrl: boolean; readonly options: readonly string[] }>> =
  {
    open: { takesUrl: true, options: [] },
    analyze: { takesUrl: true, options: ['json'] },
    ps: { takesUrl: false, options: ['json', 'watch', 'ipc'] },
    quit: { takesUrl: false, options: [] },
    help: { takesUrl: false, options: [] },
  }

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
  const [url, ...more] = rest
  if (!shape.takesUrl && url !== undefined) return misunderstood(`"nexus ${name}" does not take "${url}".`)
  if (shape.takesUrl) {
    if (url === undefined || url.trim() === '')
      return misunderstood(`"nexus ${name}" needs the address of a page.`)
    if (more.length > 0)
      return misunderstood(`"nexus ${name}" takes one address; put it in quotes if it has spaces.`)
    if (url.length > maxUrlCharacters) return misunderstood('The address is too long.')
  }
  return commandOf(name, url?.trim() ?? '', parsed.values)
}

function parse(words: readonly string[]) {
  return parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
}

function commandOf(
  name: string,
  url: string,
  {
    json = false,
    watch = false,
    ipc = false,
  }: { readonly json?: boolean; readonly watch?: boolean; readonly ipc?: boolean },
): Command {
  switch (name) {
    case 'open':
      return { kind: 'open', url }
    case 'analyze':
      return { kind: 'analyze', url, isJson: json }
    case 'ps':
      return { kind: ipc ? 'messages' : 'ps', isJson: json, isWatching: watch }
    case 'quit':
      return { kind: 'quit' }
    default:
      return { kind: 'help' }
  }
}

/** Node's message goes on with advice for programmers. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `${message.split('. ')[0] ?? message}.`.replace(/\.\.$/, '.')
}
