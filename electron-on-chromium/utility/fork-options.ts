export type OutputMode = 'pipe' | 'ignore' | 'inherit'

/** Electron's ForkOptions, checked. */
export interface CheckedForkOptions {
  readonly env: Readonly<Record<string, string | undefined>> | null
  readonly execArgv: readonly string[]
  readonly cwd: string | null
  readonly stdout: OutputMode
  readonly stderr: OutputMode
  readonly serviceName: string
}

export interface ForkOptions {
  readonly env?: Record<string, string | undefined> | undefined
  readonly execArgv?: string[] | undefined
  readonly cwd?: string | undefined
  readonly stdio?: OutputMode[] | string | undefined
  readonly serviceName?: string | undefined
  readonly allowLoadingUnsignedLibraries?: boolean | undefined
  readonly disclaim?: boolean | undefined
}

/** Checks what an application passed to `utilityProcess.fork`; throws with Electron's words. */
export function checkForkOptions(options: ForkOptions): CheckedForkOptions {
  const { execArgv, serviceName, cwd } = options
  if (execArgv !== undefined && execArgv !== null && !Array.isArray(execArgv))
    throw new Error('execArgv must be an array of strings.')
  if (serviceName !== undefined && serviceName !== null && typeof serviceName !== 'string')
    throw new Error('serviceName must be a string.')
  if (cwd !== undefined && cwd !== null && typeof cwd !== 'string')
    throw new Error('cwd path must be a string.')
  const [stdout, stderr] = checkStdio(options.stdio)
  return {
    env: options.env ?? null,
    execArgv: execArgv ?? [],
    cwd: cwd ?? null,
    stdout,
    stderr,
    serviceName: serviceName || 'Node Utility Process',
  }
}

function checkStdio(stdio: readonly string[] | string | undefined): readonly [OutputMode, OutputMode] {
  if (stdio === undefined || stdio === null) return ['inherit', 'inherit']
  if (typeof stdio === 'string') {
    if (!isOutputMode(stdio)) throw new Error('stdio must be of the following values: inherit, pipe, ignore')
    return [stdio, stdio]
  }
  if (stdio.length < 3) throw new Error('configuration missing for stdin, stdout or stderr.')
  const [stdin, stdout, stderr] = stdio
  if (stdin !== 'ignore') throw new Error('stdin value other than ignore is not supported.')
  if (!isOutputMode(stdout))
    throw new Error('stdout configuration must be of the following values: inherit, pipe, ignore')
  if (!isOutputMode(stderr))
    throw new Error('stderr configuration must be of the following values: inherit, pipe, ignore')
  return [stdout, stderr]
}

function isOutputMode(mode: unknown): mode is OutputMode {
  return mode === 'pipe' || mode === 'ignore' || mode === 'inherit'
}
