import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodeExecutable } from '../launcher/runtime.ts'
import type { CheckedForkOptions } from './fork-options.ts'
import { bootVariable, type UtilityBoot } from './wire.ts'

const bootModule = fileURLToPath(new URL('child/boot.ts', import.meta.url))
/** From util-linux: lets the kernel end the child when we end, whatever either of us is doing at that moment. */
const setpriv = '/usr/bin/setpriv'

/** Starts Node for a utility process: its IPC channel is open, and it dies with us. */
export function spawnUtility(
  modulePath: string,
  args: readonly string[],
  options: CheckedForkOptions,
): ChildProcess {
  const boot: UtilityBoot = { execArgv: options.execArgv }
  const nodeArguments = [
    '--disable-warning=ExperimentalWarning',
    ...options.execArgv,
    '--import',
    bootModule,
    modulePath,
    ...args,
  ]
  const [command, commandArguments] = existsSync(setpriv)
    ? [setpriv, ['--pdeathsig', 'KILL', nodeExecutable, ...nodeArguments]]
    : [nodeExecutable, nodeArguments]
  return spawn(command, commandArguments, {
    ...(options.cwd === null ? {} : { cwd: options.cwd }),
    env: { ...(options.env ?? process.env), [bootVariable]: JSON.stringify(boot) },
    serialization: 'advanced',
    stdio: ['ignore', options.stdout, options.stderr, 'ipc'],
  })
}
