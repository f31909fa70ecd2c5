// Forked by affinity-case.ts: `page` draws frames and says how late they were; `batch` works without a pause, as the AI
// process does, and says how much it did. Both use several threads, as the real ones do.
import { parentPort, Worker, workerData } from 'node:worker_threads'

/** What a batch thread shares: how much all of them have done. */
interface BatchData {
  readonly done: SharedArrayBuffer
}

const frameMs = 1_000 / 60
/** About a millisecond each on a machine of today. */
const unitsPerPart = 2
const drawingThreads = 2

if (parentPort === null) await (process.argv[2] === 'page' ? runPage() : runBatch())
else serveThread(parentPort)

/** Each frame is work of the page's own thread, then of the threads that draw; it is done when all are. */
async function runPage(): Promise<void> {
  const threads = Array.from({ length: drawingThreads }, () => new Worker(new URL(import.meta.url)))
  const delays: number[] = []
  let due = performance.now()
  process.once('message', () => process.send?.(delays, () => process.exit(0)))
  process.send?.('ready')
  for (;;) {
    due = Math.max(due + frameMs, performance.now() - frameMs)
    await new Promise(resolve => setTimeout(resolve, Math.max(0, due - performance.now())))
    spin(unitsPerPart)
    await Promise.all(
      threads.map(thread => {
        const done = new Promise(resolve => thread.once('message', resolve))
        thread.postMessage(unitsPerPart)
        return done
      }),
    )
    delays.push(performance.now() - due)
  }
}

function runBatch(): void {
  const done = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const data: BatchData = { done }
  for (let thread = 0; thread < Number(process.argv[3]); thread += 1)
    new Worker(new URL(import.meta.url), { workerData: data })
  process.once('message', () =>
    process.send?.([Atomics.load(new Int32Array(done), 0)], () => process.exit(0)),
  )
  process.send?.('ready')
}

function serveThread(port: NonNullable<typeof parentPort>): void {
  const data: BatchData | undefined = workerData ?? undefined
  if (data === undefined) {
    port.on('message', (units: number) => port.postMessage(spin(units)))
    return
  }
  const done = new Int32Array(data.done)
  for (;;) {
    spin(1)
    Atomics.add(done, 0, 1)
  }
}

/** Work that no compiler takes away. */
function spin(units: number): number {
  let value = 1
  for (let step = 0; step < units * 600_000; step += 1)
    value = (Math.imul(value, 1_664_525) + 1_013_904_223) | 0
  return value
}
