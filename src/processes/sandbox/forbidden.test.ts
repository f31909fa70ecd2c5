import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProcessKind } from '../../../contracts/processes.ts'
import { serviceDefinitions } from '../service-definitions.ts'
import { sandboxTable } from './sandbox-table.ts'
import { serviceLaunch } from './service-launch.ts'

type Proof =
  /** Forked as main forks it, with a probe that tries everything from within. */
  | { readonly kind: 'forked'; readonly reads: string; readonly writes: string }
  /** In the running browser: tests/e2e/sandbox.test.ts. */
  | { readonly kind: 'inBrowser' }
  /** Nothing is claimed, so that nothing can be broken. */
  | { readonly kind: 'nothingClaimed' }

const root = fileURLToPath(new URL('../../../', import.meta.url))
const probe = new URL('testing/probe.ts', import.meta.url).href
const profile = mkdtempSync(path.join(tmpdir(), 'nexus-forbidden-'))
const own = (name: string): string => path.join(profile, name)
const models = path.join(root, 'assets', 'models')

const proofs: Readonly<Record<ProcessKind, Proof>> = {
  controller: { kind: 'nothingClaimed' },
  gpu: { kind: 'nothingClaimed' },
  engine: { kind: 'nothingClaimed' },
  chrome: { kind: 'inBrowser' },
  tab: { kind: 'inBrowser' },
  compositor: { kind: 'inBrowser' },
  ai: { kind: 'forked', reads: path.join(models, 'manifest.json'), writes: path.join(models, 'written') },
  storage: { kind: 'forked', reads: own('note'), writes: own('written') },
  network: { kind: 'forked', reads: own('fetches.sqlite-note'), writes: own('fetches.sqlite-written') },
  audio: { kind: 'forked', reads: own('note'), writes: own('written') },
}

const definitions = serviceDefinitions({
  buildFolder: path.join(root, 'build'),
  modelsFolder: models,
  databaseFile: own('nexus.sqlite'),
  cacheFile: own('fetches.sqlite'),
})

let server: Server
beforeAll(async () => {
  for (const name of ['note', 'fetches.sqlite-note']) writeFileSync(own(name), '')
  server = createServer(socket => socket.destroy()).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.close()
  rmSync(profile, { recursive: true, force: true })
})

interface Answer {
  readonly outcomes: Readonly<Record<string, string>>
  readonly environment: readonly string[]
}

/** Runs the program of a service as main does, and gives what the probe in it found. */
async function tryIn(kind: ProcessKind, proof: Proof & { readonly kind: 'forked' }): Promise<Answer> {
  const definition = definitions.find(one => one.kind === kind)
  if (definition === undefined) throw new Error(`There is no service of kind ${kind}`)
  const { environment, execArgv } = serviceLaunch(definition, { ...process.env, SECRET_TOKEN: 'x' })
  const child = fork(path.join(root, `${definition.name}-service`, 'main.ts'), definition.args, {
    execArgv: [...execArgv, '--import', probe],
    env: {
      ...environment,
      PROBE_READS: proof.reads,
      PROBE_WRITES: proof.writes,
      PROBE_PORT: String((server.address() as AddressInfo).port),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  try {
    const [answer] = await once(child, 'message', { signal: AbortSignal.timeout(40_000) })
    expect(existsSync(path.join(tmpdir(), `nexus-elsewhere-${child.pid}`))).toBe(false)
    return answer as Answer
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

it('every kind has its proof, and claims something only where there is one', () => {
  expect(Object.keys(proofs).sort()).toEqual(ProcessKind.anyOf.map(({ const: kind }) => kind).sort())
  for (const [kind, row] of Object.entries(sandboxTable)) {
    const claims = { nobody: 'nothingClaimed', self: 'forked', system: 'inBrowser' }[row.enforcedBy]
    expect([kind, proofs[kind as ProcessKind].kind]).toEqual([kind, claims])
  }
})

describe.concurrent('a service as main starts it may what its row says and nothing else', () => {
  for (const [kind, proof] of Object.entries(proofs) as [ProcessKind, Proof][]) {
    if (proof.kind !== 'forked') continue
    it(kind, async ({ expect }) => {
      const { reads, writes, network } = sandboxTable[kind]
      const given = (isGiven: boolean): string => (isGiven ? 'allowed' : 'CONFINED')
      const { outcomes, environment } = await tryIn(kind, proof)
      expect(outcomes).toEqual({
        'read elsewhere': 'CONFINED',
        'look elsewhere': 'CONFINED',
        'list elsewhere': 'CONFINED',
        'write elsewhere': 'CONFINED',
        'remove elsewhere': 'CONFINED',
        'read own': given(reads.length > 0),
        'write own': given(writes.length > 0),
        connect: given(network),
        listen: given(network),
        'send a datagram': given(network),
        'look up a name': given(network),
        'start a process': 'CONFINED',
        'start a thread': 'CONFINED',
        'signal a process': 'CONFINED',
        'load native code': 'CONFINED',
        'open the debugger': 'CONFINED',
      })
      expect(environment.filter(name => /SECRET|^(PATH|HOME|NODE_OPTIONS)$/.test(name))).toEqual([])
    }, 60_000)
  }
})
