import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { replayMarkerName } from '../../contracts/control-path.ts'
import { serviceContract } from '../../contracts/service.ts'
import { defaultSettings, type Settings, storageContract } from '../../contracts/storage.ts'
import { createEndpoint, type Endpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { endpointId, identity } from '../../ipc/identity.ts'
import type { Handlers } from '../../ipc/served-contract.ts'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { SpanRecorder } from '../../ipc/tracing/span-recorder.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { Diagnostics } from './diagnostics.ts'

const [main, storage] = [identity('controller', 'controller'), identity('storage', 'storage')]
const cli = endpointId('cli:1')
const session = { isWhole: false, isLast: false }

describe('what the command line may see of the messages', () => {
  let folder: string
  let running: DisposableStack
  let endpoint: Endpoint
  let diagnostics: Diagnostics
  let saved: Partial<Settings>[]
  let started: string[]

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'nexus-diagnostics-'))
    running = new DisposableStack()
    saved = []
    started = []
    const clock = new SimulatedClock()
    const spans = new SpanRecorder(clock)
    endpoint = running.use(createEndpoint({ identity: main, clock, spans }))
    const service = running.use(createEndpoint({ identity: storage, clock }))
    const handlers: Pick<
      Handlers<typeof storageContract>,
      'saveSettings' | 'loadSettings' | 'recordVisit'
    > = {
      saveSettings: changes => {
        saved.push(changes)
        return { ...defaultSettings, ...changes }
      },
      loadSettings: () => {
        throw new IpcError('DATABASE_BROKEN', 'The file is damaged')
      },
      recordVisit: () => ({}),
    }
    const others = Object.fromEntries(
      Object.keys(storageContract.methods).map(name => [name, () => Promise.reject(new Error(name))]),
    )
    service.serve(storageContract, { ...others, ...handlers } as Handlers<typeof storageContract>)
    service.serve(serviceContract, {
      ping: () => ({}),
      report: () => Promise.reject(new Error('report')),
      traffic: () => Promise.reject(new Error('traffic')),
      spans: () => ({ spans: [], lost: 0 }),
      trim: () => ({ residentBytesBefore: 0, residentBytesAfter: 0 }),
      prepareToStop: () => ({}),
    })
    const [left, right] = createMemoryChannel()
    endpoint.connect(left, storage)
    service.connect(right, main)
    diagnostics = running.use(
      new Diagnostics({
        endpoint,
        spans,
        clock,
        userDataFolder: folder,
        services: new Map([['storage', { pid: 20, ensureRunning: () => void started.push('storage') }]]),
      }),
    )
  })

  afterEach(async () => {
    running[Symbol.dispose]()
    await rm(folder, { recursive: true, force: true })
  })

  it('records what main says while somebody records, without what is private', async () => {
    const client = endpoint.client(storageContract, storage.id)
    diagnostics.record(cli, session)
    await client.saveSettings({ theme: 'dark' })
    await client.recordVisit({ visitId: '1', url: 'http://secret.example/', title: 'Secret', at: 1 })
    const { lines } = diagnostics.record(cli, session)
    const text = lines.join('\n')
    expect(text).toContain('"theme":"dark"')
    expect(text).toContain('storage.recordVisit')
    expect(text.toLowerCase()).not.toContain('secret')
    diagnostics.forget(cli)
    await client.saveSettings({ theme: 'light' })
    expect(diagnostics.record(cli, session).lines).toHaveLength(1)
  })

  it('tells of the calls that main made', async () => {
    await endpoint.client(storageContract, storage.id).saveSettings({ theme: 'dark' })
    const { processes } = await diagnostics.trace(5_000)
    expect(processes.map(one => [one.endpoint, one.spans.map(({ method }) => method)])).toEqual([
      ['controller', ['storage.saveSettings']],
      ['storage', []],
    ])
  })

  const call = { service: 'storage', method: 'storage.saveSettings', argsJson: '{"theme":"dark"}' } as const

  it("makes no recorded call in a person's own profile", async () => {
    await expect(diagnostics.replay(call)).rejects.toMatchObject({ code: 'NOT_FOR_REPLAY' })
    expect({ saved, started }).toEqual({ saved: [], started: [] })
  })

  it('makes recorded calls in a profile that was made for it, and tells what came of them', async () => {
    await writeFile(path.join(folder, replayMarkerName), '')
    expect(await diagnostics.replay(call)).toEqual({
      status: 'ok',
      resultJson: JSON.stringify({ ...defaultSettings, theme: 'dark' }),
    })
    expect({ saved, started }).toEqual({ saved: [{ theme: 'dark' }], started: ['storage'] })
    expect(await diagnostics.replay({ ...call, method: 'storage.loadSettings', argsJson: '{}' })).toEqual({
      status: 'error',
      code: 'DATABASE_BROKEN',
      message: 'The file is damaged',
    })
    for (const wrong of [
      { argsJson: '{' },
      { argsJson: '{"theme":"pink"}' },
      { method: 'storage.burn' },
      { method: 'service.ping' },
    ]) {
      await expect(diagnostics.replay({ ...call, ...wrong })).rejects.toMatchObject({
        code: 'NOT_REPLAYABLE',
      })
    }
  })
})
