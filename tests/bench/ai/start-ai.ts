import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { aiContract } from '../../../contracts/ai.ts'
import type { Client } from '../../../ipc/client.ts'
import { createEndpoint } from '../../../ipc/endpoint.ts'
import { endpointId, identity } from '../../../ipc/identity.ts'
import { forkPort } from '../../../ipc/transports/process-channel.ts'
import { loopContract } from './loop-contract.ts'

const project = fileURLToPath(new URL('../../../', import.meta.url))
const output = `${project}.nexus/bench-ai`
export const modelsFolder = `${project}assets/models`

/** Bundles the process as the application's build does, so that a start is measured as it ships. */
export async function buildAi(): Promise<void> {
  await build({
    configFile: false,
    root: project,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['onnxruntime-node'] },
    build: {
      outDir: output,
      target: 'node24',
      ssr: fileURLToPath(new URL('ai-process.ts', import.meta.url)),
      minify: false,
    },
  })
}

export interface RunningAi extends AsyncDisposable {
  readonly ai: Client<typeof aiContract>
  readonly loop: Client<typeof loopContract>
}

/** Starts the AI process and speaks to it as main does. */
export function startAi(): RunningAi {
  const child = fork(`${output}/ai-process.js`, [modelsFolder], { serialization: 'advanced' })
  const endpoint = createEndpoint({ identity: identity('controller', 'controller') })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  endpoint.connect(forkPort(child), identity('ai', 'ai'))
  return {
    ai: endpoint.client(aiContract, endpointId('ai')),
    loop: endpoint.client(loopContract, endpointId('ai')),
    async [Symbol.asyncDispose]() {
      endpoint[Symbol.dispose]()
      if (child.connected) child.disconnect()
      await ended
    },
  }
}
