/**
 * A thread of the audio process in which codecs run, so that one that hangs can be ended without harm to what else
 * sounds. Everything it needs is loaded before it gives up files.
 */
import { parentPort } from 'node:worker_threads'
import OpusScript from 'opusscript'
import { confine } from '../../ipc/entry/confinement.ts'
import type { CodecAnswer, CodecRequest, JobOutput } from './job.ts'
import { JobServer } from './job-server.ts'
import { runJob } from './run-job.ts'

// The encoder reads its code from a file when it is first made.
new OpusScript(48_000, 1, OpusScript.Application.AUDIO).delete()
confine({ who: 'A codec', files: 'none', nativeCode: null })
// The decoders write a line for each damaged packet, and hostile files are full of them.
console.error = () => {}
console.warn = () => {}

if (parentPort === null) throw new TypeError('This program runs only as a thread of the audio process')
const port = parentPort
const server = new JobServer(runJob, answer => port.postMessage(answer, buffersOf(answer)))
port.on('message', (request: CodecRequest) => server.receive(request))

/** Samples and bytes are moved, not copied. */
function buffersOf(answer: CodecAnswer): ArrayBuffer[] {
  return answer.kind === 'output' ? arraysOf(answer.output).flatMap(ownBuffer) : []
}

function arraysOf(output: JobOutput): readonly (Float32Array | Uint8Array)[] {
  switch (output.kind) {
    case 'format':
      return []
    case 'block':
      return output.channels
    case 'bytes':
      return [output.bytes]
  }
}

function ownBuffer({ buffer }: Float32Array | Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer ? [buffer] : []
}
