import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { MessageChannelMain, type MessageEvent, type MessagePortMain } from '../messaging/message-port.ts'
import type { ForkOptions } from './fork-options.ts'
import { onUtilityGone, type UtilityGone, utilityRecords } from './registry.ts'
import { type UtilityProcess, utilityProcess } from './utility-process.ts'

const fixtures = path.join(import.meta.dirname, 'fixtures')
const children = new Set<UtilityProcess>()

function fork(name: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
  const child = utilityProcess.fork(path.join(fixtures, name), args, options)
  children.add(child)
  child.once('exit', () => children.delete(child))
  return child
}

async function nextOf(child: UtilityProcess): Promise<unknown> {
  return (await once(child, 'message'))[0]
}

async function nextOn(port: MessagePortMain): Promise<MessageEvent> {
  return (await once(port, 'message'))[0] as MessageEvent
}

/** A process that has ended but was not yet waited for by its new parent does not run either. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

afterEach(async () => {
  await Promise.all(
    [...children].map(async child => {
      const exit = once(child, 'exit')
      child.kill()
      await exit
    }),
  )
})

describe('utilityProcess.fork', () => {
  it('gives the process its arguments, environment and directory, and nothing of ours', async () => {
    const child = fork('worker.mjs', ['--one', 'two'], {
      env: { PATH: process.env.PATH, ONLY: 'this' },
      cwd: realpathSync(tmpdir()),
      execArgv: ['--no-warnings'],
    })
    child.postMessage(['describe'])
    expect(await nextOf(child)).toStrictEqual({
      type: 'utility',
      argv: ['--one', 'two'],
      entry: path.join(fixtures, 'worker.mjs'),
      execArgv: ['--no-warnings'],
      env: ['ONLY'],
      onlyValue: 'this',
      send: 'undefined',
      cwd: realpathSync(tmpdir()),
      parent: process.pid,
    })
  })

  it('runs CommonJS and TypeScript entries, with output piped', async () => {
    const common = fork('common.cjs', [], { stdio: 'pipe' })
    const typed = fork('typed.ts', [], { stdio: ['ignore', 'pipe', 'pipe'] })
    if (!common.stdout || !typed.stdout || !typed.stderr) throw new Error('stdio was not piped')
    const written = await Promise.all([text(common.stdout), text(typed.stdout), text(typed.stderr)])
    expect(written).toEqual(['true utility\n', 'typed\n', 'to stderr\n'])
  })

  it('keeps messages until the process listens, in order', async () => {
    const child = fork('worker.mjs')
    for (const value of [{ first: 1 }, 'second', new Map([[1, new Uint8Array([1, 2])]])])
      child.postMessage(['echo', value])
    const received: unknown[] = []
    child.on('message', value => received.push(value))
    child.postMessage(['exit', 0])
    await once(child, 'exit')
    expect(received).toStrictEqual([{ first: 1 }, 'second', new Map([[1, new Uint8Array([1, 2])]])])
  })

  it('gives each message a turn of its own, and exit the last one, when all are read at once', async () => {
    const child = fork('worker.mjs')
    child.postMessage(['echo', 'ready'])
    await nextOf(child)
    const { pid } = child
    if (pid === undefined) throw new Error('not running')
    const ended = once(child, 'exit')
    const heard: unknown[] = []
    const listen = async (): Promise<void> => {
      for (;;) heard.push(await nextOf(child))
    }
    void listen()
    child.postMessage(['lastWords', ['one', 'two', 'three']])
    // This turn lasts until everything lies in the channel, so that it is read in one piece.
    while (isRunning(pid));
    await ended
    expect(heard).toEqual(['one', 'two', 'three'])
  })

  it('knows its pid from spawn to exit, and lists the process meanwhile', async () => {
    const child = fork('worker.mjs', [], { serviceName: 'named' })
    expect(child.pid).toBeUndefined()
    await once(child, 'spawn')
    const { pid } = child
    const record = utilityRecords().find(entry => entry.pid === pid)
    expect(record).toMatchObject({ type: 'Utility', serviceName: 'node.mojom.NodeService', name: 'named' })
    child.kill()
    await once(child, 'exit')
    expect([child.pid, utilityRecords().some(entry => entry.pid === pid)]).toEqual([undefined, false])
  })

  it.each<[string, unknown[], number, string]>([
    ['exits with zero', ['exit', 0], 0, 'clean-exit'],
    ['exits with another code', ['exit', 7], 7, 'abnormal-exit'],
    ['throws', ['throw'], 1, 'abnormal-exit'],
    ['crashes', ['crash'], 11, 'crashed'],
  ])('says why the process is gone when it %s', async (_name, command, exitCode, reason) => {
    const gone: UtilityGone[] = []
    using _listening = onUtilityGone(details => gone.push(details))
    const child = fork('worker.mjs', [], { stdio: 'ignore' })
    child.postMessage(command)
    const [code] = await once(child, 'exit')
    expect(code).toBe(exitCode)
    expect(gone).toEqual([
      {
        type: 'Utility',
        serviceName: 'node.mojom.NodeService',
        name: 'Node Utility Process',
        exitCode,
        reason,
      },
    ])
  })

  it('ends when nothing is left to do, and with 1 when the entry does not exist', async () => {
    const empty = once(fork('empty.cjs'), 'exit')
    const missing = once(fork('missing.mjs', [], { stdio: 'ignore' }), 'exit')
    expect([await empty, await missing]).toEqual([[0], [1]])
  })

  it('is killed right after fork, and says false once it is gone', async () => {
    const gone: UtilityGone[] = []
    using _listening = onUtilityGone(details => gone.push(details))
    const child = fork('worker.mjs')
    expect(child.kill()).toBe(true)
    await once(child, 'exit')
    expect(gone.map(details => details.reason)).toEqual(['killed'])
    expect(child.kill()).toBe(false)
    expect(() => child.postMessage('ignored', [new MessageChannelMain().port1])).not.toThrow()
  })

  it('refuses wrong options and uncloneable messages in the words of Electron', async () => {
    expect(() => utilityProcess.fork('')).toThrow('Missing UtilityProcess entry script.')
    expect(() => utilityProcess.fork('x', [], { stdio: 'ipc' })).toThrow(/must be of the following values/)
    expect(() => utilityProcess.fork('x', [], { stdio: ['ignore', 'ignore'] })).toThrow(
      /configuration missing/,
    )
    expect(() => utilityProcess.fork('x', [], { stdio: ['pipe', 'inherit', 'inherit'] })).toThrow(
      /stdin value other than ignore is not supported/,
    )
    const child = fork('worker.mjs')
    expect(() => child.postMessage(() => 1)).toThrow('An object could not be cloned.')
    child.postMessage(['uncloneable'])
    expect(await nextOf(child)).toBe('An object could not be cloned.')
  })

  it('has the documented modules alone, and they name what is missing', async () => {
    expect(await nextOf(fork('modules.mjs'))).toEqual({
      names: ['net', 'systemPreferences'],
      error: ['ERR_STANDIN_UNSUPPORTED', expect.stringContaining('systemPreferences.getColor')],
    })
  })

  it('dies with a main process that is killed, even while it hangs', async () => {
    const main = spawn(process.execPath, [path.join(fixtures, 'main-that-forks.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(main.stdout, 'data')
    const pid = Number(String(line))
    expect(isRunning(pid)).toBe(true)
    main.kill('SIGKILL')
    await expect.poll(() => isRunning(pid)).toBe(false)
  })
})

describe('ports of utility processes', () => {
  it('carry messages both ways between main and the process', async () => {
    const child = fork('worker.mjs')
    const { port1, port2 } = new MessageChannelMain()
    port1.postMessage('before the transfer')
    child.postMessage(['answer', 'got'], [port2])
    port1.postMessage('after')
    port1.start()
    expect((await nextOn(port1)).data).toBe('got:before the transfer')
    expect((await nextOn(port1)).data).toBe('got:after')
  })

  it('connect two processes, with what was kept on the way', async () => {
    const asking = fork('worker.mjs')
    const answering = fork('worker.mjs')
    const { port1, port2 } = new MessageChannelMain()
    port1.postMessage('kept on the way')
    asking.postMessage(['report', null], [port1])
    answering.postMessage(['answer', 'direct'], [port2])
    expect(await nextOf(asking)).toEqual(['message', 'direct:kept on the way'])
  })

  it('carry 1 MB whole and in order', async () => {
    const child = fork('worker.mjs')
    const { port1, port2 } = new MessageChannelMain()
    child.postMessage(['bounce'], [port2])
    const echo = fork('worker.mjs')
    const inner = new MessageChannelMain()
    echo.postMessage(['answer', ''], [inner.port2])
    const big = 'x'.repeat(1_000_000)
    inner.port1.postMessage(big)
    inner.port1.start()
    expect((await nextOn(inner.port1)).data).toBe(`:${big}`)
    port1.close()
  })

  it('travel through a port that leads to another process', async () => {
    const passing = fork('worker.mjs')
    const reporting = fork('worker.mjs')
    const way = new MessageChannelMain()
    const carried = new MessageChannelMain()
    carried.port1.postMessage('early')
    reporting.postMessage(['report', null], [way.port2])
    passing.postMessage(['pass', 'here it is'], [way.port1, carried.port2])
    expect(await nextOf(reporting)).toEqual(['message', 'here it is'])
    expect(await nextOf(reporting)).toEqual(['carried', 'early'])
    carried.port1.postMessage('late')
    expect(await nextOf(reporting)).toEqual(['carried', 'late'])
  })

  it('come back to main through a port of a process', async () => {
    const child = fork('worker.mjs')
    const way = new MessageChannelMain()
    const carried = new MessageChannelMain()
    child.postMessage(['bounce'], [way.port2])
    way.port1.start()
    way.port1.postMessage(null, [carried.port2])
    const [port] = (await nextOn(way.port1)).ports
    if (!port) throw new Error('no port came back')
    carried.port1.postMessage('round trip')
    port.start()
    expect((await nextOn(port)).data).toBe('round trip')
  })

  it('can be handed on after main has used them', async () => {
    const child = fork('worker.mjs')
    const { port1, port2 } = new MessageChannelMain()
    child.postMessage(['answer', 'first'], [port2])
    port1.start()
    port1.postMessage('mine')
    expect((await nextOn(port1)).data).toBe('first:mine')
    const next = fork('worker.mjs')
    port1.postMessage('still on its way')
    next.postMessage(['report', null], [port1])
    expect(await nextOf(next)).toEqual(['message', 'first:still on its way'])
  })

  it('say close when the other end is closed and when its process is killed', async () => {
    const child = fork('worker.mjs')
    const closing = new MessageChannelMain()
    closing.port1.start()
    child.postMessage(['close'], [closing.port2])
    await once(closing.port1, 'close')

    const dying = new MessageChannelMain()
    dying.port1.start()
    const watching = fork('worker.mjs')
    child.postMessage(['answer', ''], [dying.port2])
    const between = new MessageChannelMain()
    // The answer shows that the port has arrived in the process that is about to die.
    between.port2.postMessage('there?')
    child.postMessage(['answer', ''], [between.port1])
    watching.postMessage(['report', null], [between.port2])
    expect(await nextOf(watching)).toEqual(['message', expect.any(String)])
    dying.port1.postMessage('ready')
    await nextOn(dying.port1)
    const { pid } = child
    if (pid === undefined) throw new Error('not running')
    const closed = once(dying.port1, 'close')
    const told = nextOf(watching)
    process.kill(pid, 'SIGKILL')
    await closed
    expect(await told).toEqual(['close'])
  })
})
