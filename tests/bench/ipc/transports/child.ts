import { type ChildProcess, fork, type SerializationType } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { AnswererOptions } from './pair.ts'

const entry = fileURLToPath(new URL('../answerer.ts', import.meta.url))

/** Starts an answering process; it ends when its channel is closed. */
export function startChild(
  { contestant, execArgv, fail }: AnswererOptions,
  rest: readonly string[],
  serialization: SerializationType,
): { readonly child: ChildProcess; end(): Promise<void> } {
  const child = fork(entry, [contestant, ...rest], { serialization, execArgv: [...execArgv] })
  let isEnding = false
  child.on('error', fail)
  const ended = new Promise<void>(resolve => {
    child.on('exit', (code, signal) => {
      if (!isEnding) fail(new Error(`The answering process ended with ${code ?? signal}`))
      resolve()
    })
  })
  return {
    child,
    async end() {
      isEnding = true
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
