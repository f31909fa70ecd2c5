import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startChild } from './child.ts'
import type { Answerer, AnswererOptions } from './pair.ts'

/** Two processes on a Unix socket in a folder of their own. */
export async function openSocket(options: AnswererOptions): Promise<Answerer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexus-bench-'))
  const socketPath = path.join(folder, 'bench.sock')
  const { end } = startChild(options, [socketPath], 'json')
  return {
    link: { kind: 'socket', path: socketPath, role: 'connects' },
    async end() {
      await end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
