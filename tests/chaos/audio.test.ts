import { type ChildProcess, fork } from 'node:child_process'
import { beforeAll, expect, it } from 'vitest'
import { createActor } from 'xstate'
import { joinBlocks, randomFrom, sine } from '../../audio-service/testing/sounds.ts'
import { audioContract } from '../../contracts/audio.ts'
import { joinChannels, splitChannels } from '../../contracts/audio-pcm.ts'
import type { Client } from '../../ipc/client.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { IpcError } from '../../ipc/errors.ts'
import { endpointId, identity } from '../../ipc/identity.ts'
import { forkPort } from '../../ipc/transports/process-channel.ts'
import { processMachine } from '../../src/controller/process-machine.ts'
import { buildAudio } from '../bench/audio/start-audio.ts'

const rounds = Number(process.env.NEXUS_CHAOS_ROUNDS ?? 8)
const seed = 20_261_121
/** Half a minute of sound: decoding it takes long enough to be killed in its middle. */
const frames = 30 * 48_000
const shape = { sampleRate: 48_000, channels: 1 }

let program = ''

beforeAll(async () => {
  program = await buildAudio('chaos-audio')
}, 60_000)

/** The process under the policy that main has for it, with forks for hands. */
class Supervised implements AsyncDisposable {
  readonly audio: Client<typeof audioContract>
  child: ChildProcess | null = null
  readonly #endpoint = createEndpoint({ identity: identity('controller', 'controller') })
  readonly #actor

  constructor() {
    this.audio = this.#endpoint.client(audioContract, endpointId('audio'))
    const machine = processMachine.provide({ actions: { launch: () => this.#launch() } })
    this.#actor = createActor(machine, {
      input: {
        name: 'audio',
        restart: {
          kind: 'backoff',
          attempts: 1_000_000,
          firstDelayMs: 1,
          initialDelayMs: 1,
          maximumDelayMs: 5,
          stableAfterMs: 60_000,
        },
        idleOutMs: null,
      },
    })
    this.#actor.start()
    this.#actor.send({ type: 'launch' })
  }

  get restarts(): number {
    return this.#actor.getSnapshot().context.restarts
  }

  kill(): void {
    this.child?.kill('SIGKILL')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { child } = this
    this.child = null
    this.#actor.send({ type: 'stop' })
    this.#actor.stop()
    const ended = new Promise(resolve => child?.once('exit', resolve))
    this.#endpoint[Symbol.dispose]()
    if (child?.connected) child.disconnect()
    if (child !== null && child.exitCode === null && child.signalCode === null) await ended
  }

  #launch(): void {
    const child = fork(program, [], { serialization: 'advanced' })
    this.child = child
    child.once('spawn', () => {
      this.#actor.send({ type: 'spawned', pid: child.pid ?? 0, at: 0 })
      this.#endpoint.connect(forkPort(child), identity('audio', 'audio'))
      this.#actor.send({ type: 'welcomed' })
    })
    child.once('exit', () => {
      if (this.child === child)
        this.#actor.send({ type: 'exited', exit: { reason: 'killed', exitCode: 137 } })
    })
  }
}

/** Decodes the file; `onFrames` hears how far it is. */
async function decode(
  audio: Client<typeof audioContract>,
  file: Uint8Array,
  onFrames: (frames: number) => void = () => {},
): Promise<Float32Array> {
  async function* input(): AsyncGenerator<Uint8Array, void> {
    for (let at = 0; at < file.length; at += 65_536) yield file.slice(at, at + 65_536)
  }
  const stream = audio.decode({ totalBytes: file.length, convertTo: null }, { input: input() })
  // Told with the items; here it would only be a second time.
  stream.result.catch(() => {})
  const blocks: Float32Array[][] = []
  for await (const item of stream) {
    if (item.kind !== 'block') continue
    blocks.push(splitChannels(item.samples, 1) ?? [])
    onFrames(item.firstFrame)
  }
  expect(await stream.result).toEqual({ kind: 'whole', frames })
  return joinBlocks(blocks)[0] ?? new Float32Array(0)
}

async function encodeTone(audio: Client<typeof audioContract>): Promise<Uint8Array> {
  const tone = sine(440, { sampleRate: 48_000, frames, amplitude: 0.5 })
  async function* input(): AsyncGenerator<Uint8Array, void> {
    for (let at = 0; at < frames; at += 8_192) yield joinChannels([tone.subarray(at, at + 8_192)])
  }
  const to = { kind: 'opus', bitsPerSecond: 64_000 } as const
  const pieces: Uint8Array[] = []
  for await (const piece of audio.encode({ to, ...shape, title: null, artist: null }, { input: input() })) {
    pieces.push(piece)
  }
  return new Uint8Array(Buffer.concat(pieces))
}

it(`killed in the middle of ${rounds} decodes, it comes back each time, and the same decode made again is right`, async () => {
  await using supervised = new Supervised()
  const { audio } = supervised
  const file = await encodeTone(audio)
  const right = await decode(audio, file)
  const random = randomFrom(seed)
  for (let round = 0; round < rounds; round += 1) {
    const at = Math.floor(random() * frames * 0.5)
    let isKilled = false
    const broken = await decode(audio, file, done => {
      if (done >= at && !isKilled) supervised.kill()
      isKilled ||= done >= at
    }).catch((error: unknown) => error)
    expect([round, broken instanceof IpcError ? broken.code : broken]).toEqual([round, 'PROCESS_TERMINATED'])
    const again = await decode(audio, file)
    expect(Buffer.compare(new Uint8Array(again.buffer), new Uint8Array(right.buffer))).toBe(0)
    expect(supervised.restarts).toBe(round + 1)
  }
})

it('killed while it mixes, those who send and the one who reads are told, and a new mixer can be opened', async () => {
  await using supervised = new Supervised()
  const { audio } = supervised
  const block = joinChannels([new Float32Array(4_800).fill(0.1)])
  async function* endless(): AsyncGenerator<Uint8Array, void> {
    for (;;) yield block
  }
  const open = { ...shape, ceiling: -1, patienceMs: null }
  const { mixer } = await audio.openMixer(open)
  const sources = ['a', 'b', 'c'].map(source =>
    audio.addSource({ mixer, source, ...shape, gain: 0, pan: 0 }, { input: endless() }),
  )
  const told = Promise.allSettled(sources)
  let blocks = 0
  const reading = (async () => {
    for await (const _ of audio.mixed({ mixer, blockFrames: 480, untilSourcesEnd: false })) {
      blocks += 1
      if (blocks === 50) supervised.kill()
    }
  })()
  await expect(reading).rejects.toMatchObject({ code: 'PROCESS_TERMINATED' })
  const codes = (await told).map(one => (one.status === 'rejected' ? one.reason.code : one.status))
  expect(codes).toEqual(new Array(3).fill('PROCESS_TERMINATED'))
  await expect(audio.removeSource({ mixer, source: 'a' })).rejects.toMatchObject({
    code: 'AUDIO_NO_SUCH_MIXER',
  })
  expect(await audio.openMixer(open)).toEqual({ mixer: 1 })
})
