import { writeFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { startCodecThread } from '../../audio-service/codecs/start-thread.ts'
import { serveAudio } from '../../audio-service/service.ts'
import { audioContract } from '../../contracts/audio.ts'
import { splitChannels } from '../../contracts/audio-pcm.ts'
import type { SoundFile } from '../../contracts/media-for-chrome.ts'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { endpointId, identity } from '../../ipc/identity.ts'
import { createMemoryChannel } from '../../ipc/transports/memory.ts'
import { SoundDesk } from './sound-desk.ts'

const fixture = (name: string): string =>
  path.join(import.meta.dirname, '..', '..', 'tests', 'fixtures', 'audio', name)
const program = new URL('../../audio-service/codecs/codec-thread.ts', import.meta.url)

let folder: string
let opened: DisposableStack
let desk: SoundDesk
/** Calls to the service, by method. */
let asked: string[]

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'nexus-desk-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(() => opened.dispose())

/** The desk with the real service, in one process. */
beforeEach(() => {
  opened = new DisposableStack()
  const service = opened.use(createEndpoint({ identity: identity('audio', 'audio') }))
  const main = opened.use(createEndpoint({ identity: identity('controller', 'controller') }))
  asked = []
  main.watch(({ type, method }) => {
    if (type === 'request') asked.push(method ?? '')
  })
  const [near, far] = createMemoryChannel()
  main.connect(near, service.identity)
  service.connect(far, main.identity)
  const startThread = (): ReturnType<typeof startCodecThread> => startCodecThread(program)
  opened.use(serveAudio({ endpoint: service, startThread, randomSerial: () => 9 }))
  desk = opened.use(
    new SoundDesk({
      audio: main.client(audioContract, endpointId('audio')),
      withAudio: work => work(),
      onChange: () => {},
    }),
  )
})

function only(): SoundFile {
  const [file] = desk.files()
  if (file === undefined) throw new Error('there is no file')
  return file
}

/** Hears everything to the end: the frames, and the loudest of them. */
async function hear(): Promise<{ frames: number; peak: number }> {
  let frames = 0
  let peak = 0
  for await (const samples of desk.listen()) {
    const [left = new Float32Array()] = splitChannels(samples, 2) ?? []
    frames += left.length
    for (const sample of left) peak = Math.max(peak, Math.abs(sample))
  }
  return { frames, peak }
}

it('plays a file to its end, and knows by then what it is', async () => {
  desk.add([fixture('stereo.flac')])
  expect(only()).toMatchObject({ name: 'stereo.flac', state: { kind: 'waiting' } })
  await desk.play(only().id, 0)
  expect(only().state).toEqual({ kind: 'playing' })
  const { frames, peak } = await hear()
  await expect.poll(() => only().state).toEqual({ kind: 'played' })
  const { durationSeconds } = only()
  expect(durationSeconds).toBeGreaterThan(0)
  expect(Math.abs(frames / 48_000 - (durationSeconds ?? 0))).toBeLessThan(0.1)
  expect(peak).toBeGreaterThan(0.01)
  expect(peak).toBeLessThanOrEqual(1)
})

it('begins in the middle where that is wanted', async () => {
  desk.add([fixture('stereo.flac')])
  await desk.play(only().id, 0)
  const whole = await hear()
  await desk.play(only().id, whole.frames / 48_000 / 2)
  const { frames } = await hear()
  expect(frames).toBeLessThan(whole.frames * 0.75)
  expect(frames).toBeGreaterThan(whole.frames * 0.25)
})

it('says where a damaged file is damaged, and what a missing one is', async () => {
  const damaged = await readFile(fixture('stereo.flac'))
  damaged.fill(0x55, Math.floor(damaged.length / 2), Math.floor(damaged.length / 2) + 200)
  const file = path.join(folder, 'damaged.flac')
  writeFileSync(file, damaged)
  desk.add([file])
  await desk.play(only().id, 0)
  await hear()
  await expect.poll(() => only().state).toMatchObject({ kind: 'broken', byte: expect.any(Number) })
  desk.remove(only().id)
  desk.add([path.join(folder, 'nowhere.wav')])
  await desk.play(only().id, 0)
  await hear()
  await expect.poll(() => only().state).toMatchObject({ kind: 'broken', byte: null })
  expect(JSON.stringify(only().state)).toContain('could not be read')
})

it('lets go of one file for the next', async () => {
  desk.add([fixture('stereo.flac'), fixture('stereo.ogg')])
  const [first, second] = desk.files()
  await desk.play(first?.id ?? '', 0)
  await desk.play(second?.id ?? '', 0)
  await hear()
  await expect.poll(() => desk.files().map(({ state }) => state.kind)).toEqual(['waiting', 'played'])
})

it('is heard by one mix, also when a file that nobody waits for any more turns out to be missing', async () => {
  desk.add([fixture('stereo.flac'), path.join(folder, 'nowhere.wav'), fixture('stereo.ogg')])
  const [first = only(), missing = only(), last = only()] = desk.files()
  await desk.play(first.id, 0)
  const hearing = hear()
  await desk.play(missing.id, 0)
  await desk.play(first.id, 0)
  // The desk finds out no later than we do.
  for (let look = 0; look < 3; look += 1) await readFile(path.join(folder, 'nowhere.wav')).catch(() => {})
  await desk.play(last.id, 0)
  await hearing
  await expect.poll(() => desk.files().find(({ id }) => id === last.id)?.state.kind).toBe('played')
  expect(asked.filter(method => method.endsWith('openMixer'))).toHaveLength(1)
})

it('plays nothing of a file that was taken away while it was about to begin', async () => {
  desk.add([fixture('stereo.flac'), fixture('stereo.ogg')])
  const [first = only(), second = only()] = desk.files()
  const beginning = desk.play(first.id, 0)
  desk.remove(first.id)
  await beginning
  await desk.play(second.id, 0)
  await hear()
  expect(asked.filter(method => method.endsWith('addSource'))).toHaveLength(1)
})
