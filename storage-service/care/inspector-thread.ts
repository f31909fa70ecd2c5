import { parentPort, Worker, workerData } from 'node:worker_threads'
import * as Type from 'typebox'
import { checkerOf } from '../../ipc/validation.ts'
import { confine } from '../confinement.ts'
import type { CopyOutcome } from './inspection.ts'
import { copyChecked, faultsOf } from './inspection.ts'
import type { Inspector } from './keeper.ts'

const Task = Type.Union([
  Type.Object({ kind: Type.Literal('faults'), file: Type.String() }),
  Type.Object({
    kind: Type.Literal('copy'),
    file: Type.String(),
    partial: Type.String(),
    sound: Type.String(),
  }),
])
type Task = Type.Static<typeof Task>

/** Taken while there are threads: after the process has been confined nobody else can start one. */
const OwnWorker = Worker

/** Looks through the file in a thread of its own, so that nobody waits meanwhile. `entry` runs `inspectInThread`. */
export function threadInspector(file: string, entry: URL): Inspector {
  return {
    faults: async () => (await inThread(entry, { kind: 'faults', file })) as readonly string[],
    copy: async ({ partial, file: sound }) =>
      (await inThread(entry, { kind: 'copy', file, partial, sound })) as CopyOutcome,
  }
}

/** One thread for each task: it is needed once a day. */
function inThread(entry: URL, task: Task): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new OwnWorker(entry, {
      workerData: task,
      env: {},
      argv: [],
      execArgv: [],
      name: 'inspector',
    })
    worker.unref()
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('The inspector ended without an answer')))
  })
}

/** What the thread does. */
export function inspectInThread(): void {
  const task: unknown = workerData
  if (!isTask(task)) throw new TypeError('An inspector needs a task')
  confine(task.file)
  parentPort?.postMessage(
    task.kind === 'faults'
      ? faultsOf(task.file)
      : copyChecked(task.file, { partial: task.partial, file: task.sound }),
  )
}

function isTask(value: unknown): value is Task {
  return checkerOf(Task).check(value)
}
