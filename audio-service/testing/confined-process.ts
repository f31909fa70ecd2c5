// Started by confinement.test.ts in a process of its own: tries what the audio process must not do, in the process and in
// a codec's thread, and decodes a file all the same.
import childProcess from 'node:child_process'
import dns from 'node:dns'
import fs, { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import { createRequire } from 'node:module'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { systemClock } from '../../ipc/clock.ts'
import { confine } from '../../ipc/entry/confinement.ts'
import { outcomesOf } from '../../ipc/testing/outcomes-of.ts'
import { CodecThreads } from '../codecs/codec-threads.ts'
import { startCodecThread } from '../codecs/start-thread.ts'

const OwnWorker = Worker
const file = join(tmpdir(), `nexus-audio-confined-${process.pid}`)
const attempts: Readonly<Record<string, () => unknown>> = {
  fetch: () => fetch('http://127.0.0.1:9/'),
  'http request': () => http.get('http://127.0.0.1:9/'),
  'tcp connect': () => net.connect(9, '127.0.0.1'),
  'tcp listen': () => net.createServer().listen(0),
  'dns lookup': () => dns.promises.lookup('localhost'),
  'web socket': () => new WebSocket('ws://127.0.0.1:9/'),
  spawn: () => childProcess.spawn('true'),
  kill: () => process.kill(process.pid, 0),
  thread: () => new Worker('0', { eval: true }),
  'write a file': () => fs.writeFileSync(file, 'x'),
  'read a file': () => readFileSync(import.meta.filename),
  'promised read': () => readFile(import.meta.filename),
  'open a file': () => fs.openSync(import.meta.filename, 'r'),
  'read stream': () => fs.createReadStream(import.meta.filename),
  'look for a file': () => existsSync(import.meta.filename),
  'ask about a file': () => fs.statSync(import.meta.filename),
  'list a folder': () => fs.readdirSync(tmpdir()),
  'watch a file': () => fs.watch(import.meta.filename),
  'load a module': () => import('./sounds.ts'),
  'load data': () => import(join(import.meta.dirname, '../../package.json'), { with: { type: 'json' } }),
  'require data': () => createRequire(import.meta.url)('../../package.json'),
  database: () => import('node:sqlite'),
  'native code': () => process.dlopen({ exports: {} }, join(tmpdir(), 'evil.node')),
  'put back': () => Object.assign(fs, { readFileSync: () => {} }),
}

if (isMainThread) {
  const sound = readFileSync(new URL('../../tests/fixtures/audio/stereo.opus', import.meta.url))
  confine({ who: 'The audio process', files: 'none', nativeCode: null })
  const inProcess = await outcomesOf(attempts)
  const worker = new OwnWorker(new URL(import.meta.url))
  const inThread = await new Promise(resolve => worker.once('message', resolve))
  using threads = new CodecThreads({
    start: () => startCodecThread(new URL('../codecs/codec-thread.ts', import.meta.url)),
    clock: systemClock,
  })
  async function* input(): AsyncGenerator<Uint8Array, void> {
    yield sound
  }
  const running = threads.run({ kind: 'decode', totalBytes: null, convertTo: null }, input())
  let last = await running.next()
  while (last.done !== true) last = await running.next()
  console.log(JSON.stringify({ inProcess, inThread, decoded: last.value }))
} else {
  // As codec-thread.ts does, which loads all of its code first.
  confine({ who: 'A codec', files: 'none', nativeCode: null })
  parentPort?.postMessage(await outcomesOf(attempts))
}
