// Loaded into a real service before its own code: once that has confined itself, tries what it must not do, and what its
// work needs, and sends what came of it. Tests fork services with `--import` of this file.
import childProcess from 'node:child_process'
import dgram from 'node:dgram'
import dns from 'node:dns'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import inspector from 'node:inspector'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { outcomesOf } from '../../../../ipc/testing/outcomes-of.ts'

// What Electron gives to its utility processes; here nobody is at the other end.
Object.defineProperty(process, 'parentPort', { value: new EventEmitter() })

const elsewhere = path.join(tmpdir(), `nexus-elsewhere-${process.pid}`)
const { PROBE_READS: readable = '', PROBE_WRITES: writable = '', PROBE_PORT: port = '' } = process.env

const looking = setInterval(() => {
  if (childProcess.spawnSync.name !== 'refused') return
  clearInterval(looking)
  void tryAll()
}, 10)

async function tryAll(): Promise<void> {
  const outcomes = await outcomesOf({
    'read elsewhere': () => fs.readFileSync(import.meta.filename),
    'look elsewhere': () => fs.statSync('/'),
    'list elsewhere': () => fs.promises.readdir(tmpdir()),
    'write elsewhere': () => fs.writeFileSync(elsewhere, ''),
    'remove elsewhere': () => fs.promises.rm(elsewhere, { force: true }),
    'read own': () => fs.readFileSync(readable),
    'write own': () => fs.writeFileSync(writable, ''),
    connect: () => connect(Number(port)),
    listen: () => listen(),
    'send a datagram': () => datagram(),
    'look up a name': () => dns.promises.lookup('localhost'),
    'start a process': () => childProcess.spawnSync(process.execPath, ['--version']),
    'start a thread': () => new Worker('0', { eval: true }).terminate(),
    'signal a process': () => process.kill(process.pid, 0),
    'load native code': () => process.dlopen({ exports: {} }, path.join(tmpdir(), 'evil.node')),
    'open the debugger': () => inspector.open(0),
  })
  const answer = { outcomes, environment: Object.keys(process.env) }
  process.send?.(answer, undefined, {}, () => process.exit(0))
}

function connect(to: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(to, '127.0.0.1', () => {
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}

function listen(): Promise<void> {
  return new Promise(resolve => {
    const server = net.createServer().listen(0, '127.0.0.1', () => server.close(() => resolve()))
  })
}

function datagram(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4')
    socket.send('x', Number(port), '127.0.0.1', error => {
      socket.close()
      if (error === null) resolve()
      else reject(error)
    })
  })
}
