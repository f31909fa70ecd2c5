import { setTimeout as delay } from 'node:timers/promises'
import { MessageChannel, Worker } from 'node:worker_threads'
import type { Answerer, AnswererOptions } from './pair.ts'

const patienceMs = 1_000

/** Two threads of one process, joined by a MessagePort. */
export async function openPort({ contestant, execArgv, fail }: AnswererOptions): Promise<Answerer> {
  const { port1: near, port2: far } = new MessageChannel()
  const worker = new Worker(new URL('../answerer.ts', import.meta.url), {
    workerData: { contestant, port: far },
    transferList: [far],
    ...(execArgv.length > 0 && { execArgv: [...execArgv] }),
  })
  let isEnding = false
  worker.on('error', fail)
  const ended = new Promise<void>(resolve => {
    worker.on('exit', code => {
      if (!isEnding) fail(new Error(`The answering thread ended with ${code}`))
      resolve()
    })
  })
  return {
    link: { kind: 'port', port: near },
    async end() {
      isEnding = true
      near.close()
      // A thread that nothing holds ends by itself, and a profiler in it writes what it has.
      await Promise.race([ended, delay(patienceMs)])
      await worker.terminate()
    },
  }
}
