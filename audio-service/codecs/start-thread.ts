import { Worker } from 'node:worker_threads'
import type { CodecThread } from './codec-threads.ts'
import type { CodecAnswer } from './job.ts'

/** Taken while it is there: the process gives it up for everybody else. */
const Thread = Worker
/** Of JavaScript; the memory of the codecs is bounded by themselves. */
const mostMegabytes = 96

/** Starts a thread with the codecs in it. */
export function startCodecThread(program: URL): CodecThread {
  const worker = new Thread(program, {
    name: 'codec',
    env: {},
    // What the process was started with is for the process.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  })
  // An error is followed by 'exit', which says what has to be known.
  worker.on('error', () => {})
  return {
    post: request => worker.postMessage(request),
    onAnswer: listener => void worker.on('message', (answer: CodecAnswer) => listener(answer)),
    onEnd: listener => void worker.on('exit', () => listener()),
    end: () => void worker.terminate(),
  }
}
