import type { MessagePortMain, UtilityProcess } from 'electron'
import type { LaunchStep } from '../../../contracts/processes.ts'
import type { Deliver } from '../../../ipc/hub.ts'
import { identity } from '../../../ipc/identity.ts'
import type { Log } from '../../../ipc/log.ts'
import { type Target, utilityTarget } from '../../../ipc/target.ts'
import { serviceLaunch } from '../sandbox/service-launch.ts'
import type { ServiceDefinition } from '../service-definitions.ts'

/** Electron's `utilityProcess.fork`. */
export type Fork = (
  entry: string,
  args: string[],
  options: {
    readonly serviceName: string
    readonly env: Record<string, string>
    readonly execArgv: string[]
    readonly stdio: ('ignore' | 'pipe')[]
  },
) => UtilityProcess

/** Gives a process its name and its port to main, until it is disposed. */
export interface Admission {
  admit(target: Target, deliver: Deliver<MessagePortMain>): Disposable
}

export interface LaunchOptions {
  readonly definition: ServiceDefinition
  readonly fork: Fork
  readonly switchboard: Admission
  readonly log: Log
  readonly noteStep: (step: LaunchStep['step']) => void
  /** It runs, and its channel to main is on its way to it. */
  readonly onSpawned: (pid: number) => void
  /** It has ended, or did not come to run. */
  readonly onExit: (exitCode: number, hasRun: boolean) => void
}

/**
 * Starts one service, step by step: its name, what it may do, its process with no more than that, its channel. What is
 * left is its first answer, the registration, which whoever launched it awaits. The channel ends with the process.
 */
export function launchService(options: LaunchOptions): UtilityProcess {
  const { definition, switchboard, noteStep } = options
  const { name } = definition
  const self = identity(name, name)
  noteStep('identity')
  const { environment: env, execArgv } = serviceLaunch(definition, process.env)
  noteStep('sandbox')
  const child = options.fork(definition.entry, [...definition.args], {
    serviceName: `nexus-${name}`,
    env,
    execArgv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  passOnWords(child, name, options.log)
  let admission: Disposable | null = null
  let hasRun = false
  let hasExited = false
  child.once('spawn', () => {
    const { pid } = child
    // A message posted after the child has gone has crashed main: https://github.com/electron/electron/issues/53923
    if (hasExited || pid === undefined) return
    hasRun = true
    noteStep('launch')
    admission = switchboard.admit(utilityTarget(self, { pid }), (introduction, port) => {
      if (!hasExited) child.postMessage(introduction, [port])
    })
    noteStep('channels')
    options.onSpawned(pid)
  })
  child.once('exit', exitCode => {
    hasExited = true
    admission?.[Symbol.dispose]()
    options.onExit(exitCode, hasRun)
  })
  return child
}

/** What a service prints is for whoever looks into the terminal. */
function passOnWords(child: UtilityProcess, name: string, log: Log): void {
  child.stdout?.on('data', (chunk: Buffer) =>
    log({ level: 'info', message: `${name}: ${tellingLine(chunk)}` }),
  )
  child.stderr?.on('data', (chunk: Buffer) =>
    log({ level: 'warning', message: `${name}: ${tellingLine(chunk)}` }),
  )
}

/** The line that names an error: a process that dies of one prints its stack and its runtime's version after it. */
function tellingLine(chunk: Buffer): string {
  const lines = chunk.toString('utf8').trim().split('\n')
  const line = lines.find(candidate => /^(Uncaught )?\w*Error\b/.test(candidate)) ?? lines.at(-1)
  return line?.slice(0, 500) ?? ''
}
