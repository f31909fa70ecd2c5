import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Measured } from '../results.ts'
import type { Group } from './group.ts'
import type { GroupReport } from './main.ts'

const entry = fileURLToPath(new URL('main.ts', import.meta.url))
const patienceMs = 180_000

/** Measures a group in a fresh process. Rejects when it fails or ends without a word. */
export async function runGroup(
  group: Group,
  { quick }: { readonly quick: boolean },
): Promise<readonly Measured[]> {
  const report = await new Promise<GroupReport>((resolve, reject) => {
    const child = fork(entry, [group.name, ...(quick ? ['quick'] : [])], {
      execArgv: [...group.execArgv],
      serialization: 'advanced',
    })
    const giveUp = setTimeout(() => child.kill('SIGKILL'), patienceMs)
    child.on('message', resolve)
    child.on('exit', (code, signal) => {
      clearTimeout(giveUp)
      reject(new Error(`Its process ended with ${code ?? signal}`))
    })
  })
  if (report.kind === 'failed') throw new Error(report.reason)
  return report.figures
}
