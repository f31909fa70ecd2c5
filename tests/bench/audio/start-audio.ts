import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { audioContract } from '../../../contracts/audio.ts'
import type { Client } from '../../../ipc/client.ts'
import { createEndpoint } from '../../../ipc/endpoint.ts'
import { endpointId, identity } from '../../../ipc/identity.ts'
import { forkPort } from '../../../ipc/transports/process-channel.ts'

const project = fileURLToPath(new URL('../../../', import.meta.url))

/** Bundles the process and its codecs as the application's build does, and gives the program to fork. */
export async function buildAudio(folder: string): Promise<string> {
  const output = `${project}.nexus/${folder}`
  await build({
    configFile: false,
    root: project,
    logLevel: 'warn',
    publicDir: false,
    ssr: {
      noExternal: true,
      external: [
        'mpg123-decoder',
        '@wasm-audio-decoders/flac',
        '@wasm-audio-decoders/ogg-vorbis',
        'opus-decoder',
        'opusscript',
      ],
    },
    build: {
      outDir: output,
      emptyOutDir: true,
      target: 'node24',
      ssr: true,
      minify: false,
      rolldownOptions: {
        input: {
          'audio-process': `${project}tests/bench/audio/audio-process.ts`,
          'audio-codecs': `${project}audio-service/codecs/codec-thread.ts`,
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  return `${output}/audio-process.js`
}

export interface RunningAudio extends AsyncDisposable {
  readonly audio: Client<typeof audioContract>
  readonly child: ChildProcess
}

/** Starts the audio process and speaks to it as main does. */
export function startAudio(program: string): RunningAudio {
  const child = fork(program, [], { serialization: 'advanced' })
  const endpoint = createEndpoint({ identity: identity('controller', 'controller') })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  endpoint.connect(forkPort(child), identity('audio', 'audio'))
  return {
    audio: endpoint.client(audioContract, endpointId('audio')),
    child,
    async [Symbol.asyncDispose]() {
      endpoint[Symbol.dispose]()
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
