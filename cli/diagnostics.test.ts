import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { IpcError } from '../ipc/errors.ts'
import { RecordedSession } from '../ipc/testing/recorded-session.ts'
import type { ProcessTrace } from '../ipc/tracing/span-record.ts'
import { run } from './run.ts'
import { connectSession } from './session.ts'
import type { Surface } from './surface.ts'
import { FakeBrowser } from './testing/fake-browser.ts'
import { testSurface } from './testing/test-surface.ts'

const epoch = 1_800_000_000_000

describe('looking at messages from the command line', () => {
  let folder: string
  let printed: string
  let noted: string
  let interruption: AbortController
  let browser: FakeBrowser
  let profiles: string[]

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-cli-'))
    printed = ''
    noted = ''
    profiles = []
    interruption = new AbortController()
    browser = new FakeBrowser()
    await browser.start(join(folder, 'control', 'socket'))
  })

  afterEach(async () => {
    await browser[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  function surface(more: Partial<Surface> = {}): Surface {
    const connect = (): ReturnType<Surface['connect']> => connectSession(join(folder, 'control', 'socket'))
    const startInstance = (): never => {
      throw new Error('Nothing is to be started here')
    }
    return testSurface({
      print: text => {
        printed += text
      },
      note: text => {
        noted += text
      },
      connect,
      startInstance,
      folder,
      signal: interruption.signal,
      createScratchProfile: async () => {
        profiles.push('made')
        // It is not there until it was started.
        let isStarted = false
        return {
          connect: async () => (isStarted ? connect() : null),
          startInstance: () => {
            isStarted = true
            return { state: () => ({ kind: 'launched' }), output: () => '' }
          },
          [Symbol.asyncDispose]: async () => {
            profiles.push('deleted')
          },
        }
      },
      ...more,
    })
  }

  describe('trace', () => {
    const span = {
      traceId: 7,
      spanId: 7,
      parentSpanId: 0,
      method: 'storage.saveTab',
      outcome: 'answered' as const,
    }
    const controller: ProcessTrace = {
      endpoint: 'controller',
      pid: 10,
      lost: 0,
      spans: [
        {
          ...span,
          kind: 'call',
          peer: 'storage',
          startedAt: epoch,
          queuedMs: 0.5,
          wireMs: 1,
          handlerMs: 20,
          totalMs: 21.5,
        },
      ],
    }
    const storage: ProcessTrace = {
      endpoint: 'storage',
      pid: 20,
      lost: 3,
      spans: [
        {
          ...span,
          kind: 'answer',
          peer: 'controller',
          startedAt: epoch + 1,
          queuedMs: 0,
          wireMs: 0,
          handlerMs: 20,
          totalMs: 20,
        },
      ],
    }

    it('writes what a trace viewer reads, and says where the time went', async () => {
      let windowMs = 0
      browser.diagnostics.trace = args => {
        windowMs = args.windowMs
        return { processes: [controller, storage], unanswered: ['ai'] }
      }
      expect(await run(['trace', '--seconds', '2', '--out', 'a.json'], surface())).toBe(0)
      const file = join(folder, 'a.json')
      expect(printed).toBe(
        `1 calls of 2 processes: ${file}\n` +
          '22 ms storage.saveTab controller → storage: queued 0.50, on the wire 1.00, in the handler 20\n' +
          'Open it at ui.perfetto.dev or, in Chrome, at chrome://tracing.\n',
      )
      expect(noted).toBe('ai did not tell of its calls in time.\nOlder calls of storage were not kept.\n')
      expect(windowMs).toBe(2_000)
      const trace = JSON.parse(await readFile(file, 'utf8')) as { traceEvents: { ph: string }[] }
      expect(new Set(trace.traceEvents.map(({ ph }) => ph))).toEqual(new Set(['M', 'X', 's', 'f']))
    })

    it('names the file after the time, and tells scripts what it is', async () => {
      browser.diagnostics.trace = () => ({ processes: [controller], unanswered: [] })
      expect(await run(['trace', '--json'], surface())).toBe(0)
      expect(JSON.parse(printed)).toEqual({
        file: join(folder, 'nexus-trace-2027-01-15T08-00-00-000Z.json'),
        calls: 1,
        processes: ['controller'],
        unanswered: [],
        lost: [],
      })
    })
  })

  describe('record', () => {
    it('writes lines until the time is over, for this user only', async () => {
      const asked: unknown[] = []
      browser.diagnostics.record = args => {
        asked.push(args)
        return { lines: [`{"n":${asked.length}}`], isOver: args.isLast }
      }
      expect(await run(['record', '--out', 'a.jsonl', '--seconds', '0.5'], surface())).toBe(0)
      const file = join(folder, 'a.jsonl')
      expect(await readFile(file, 'utf8')).toBe('{"n":1}\n{"n":2}\n{"n":3}\n{"n":4}\n')
      if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
      expect(asked.at(-1)).toEqual({ isWhole: false, isLast: true })
      expect(noted).toContain('without addresses, titles and text of pages')
      expect(printed).toBe(`4 lines: ${file}\n`)
    })

    it('ends with Ctrl+C, and fetches what is left', async () => {
      let left = 3
      browser.diagnostics.record = ({ isLast, isWhole }) => {
        expect(isWhole).toBe(true)
        interruption.abort()
        if (isLast) left -= 1
        return { lines: ['{}'], isOver: left === 0 }
      }
      expect(await run(['record', '--out', 'a', '--whole'], surface())).toBe(0)
      expect(await readFile(join(folder, 'a'), 'utf8')).toBe('{}\n'.repeat(4))
      expect(noted).toContain('also addresses, titles and text of pages')
    })

    it('ends when the browser does, or the recording is full', async () => {
      browser.diagnostics.record = () => ({ lines: ['{}'], isOver: true })
      expect(await run(['record', '--out', 'full'], surface())).toBe(0)
      expect(noted).toContain('as large as one may be')
      browser.diagnostics.record = () => {
        setImmediate(() => browser.die())
        return new Promise(() => {})
      }
      expect(await run(['record', '--out', 'ended'], surface())).toBe(0)
      expect(noted).toContain('Nexus has ended, and the recording with it.')
    })

    it('overwrites no file, and asks the browser for nothing then', async () => {
      await writeFile(join(folder, 'a'), 'precious')
      browser.diagnostics.record = () => {
        throw new Error('asked')
      }
      expect(await run(['record', '--out', 'a'], surface())).toBe(2)
      expect(noted).toContain('exists already')
      expect(await readFile(join(folder, 'a'), 'utf8')).toBe('precious')
    })
  })

  describe('replay', () => {
    /** Two calls of storage, one of them sensitive, and a broken line. */
    async function recording(): Promise<void> {
      const session = new RecordedSession()
      session.request(1, 'library.count', { shelf: 'a' })
      session.response(1, 12)
      session.request(2, 'library.unlock', { password: 'x' })
      session.request(3, 'library.count', { shelf: 'b' })
      session.failure(3, 'NO_SHELF', 'There is none')
      const text = session.text.replaceAll('"target":"library"', '"target":"storage"')
      const turned = text.replaceAll('"source":"library"', '"source":"storage"')
      await writeFile(join(folder, 'a.jsonl'), `${turned}\n{"kind":"mess`)
    }

    it('makes the calls at a fresh browser, which it ends and whose profile it deletes', async () => {
      await recording()
      const made: unknown[] = []
      browser.diagnostics.replay = call => {
        made.push(call)
        return call.argsJson.includes('"a"')
          ? { status: 'ok', resultJson: '12' }
          : { status: 'error', code: 'NO_SHELF', message: 'There is no such shelf' }
      }
      expect(await run(['replay', 'a.jsonl', '--against', 'storage'], surface())).toBe(0)
      expect(made).toEqual([
        { service: 'storage', method: 'library.count', argsJson: '{"shelf":"a"}' },
        { service: 'storage', method: 'library.count', argsJson: '{"shelf":"b"}' },
      ])
      expect(printed).toBe(
        'line 2 library.count: the same\n' +
          'line 4 library.unlock: skipped: its arguments were redacted\n' +
          'line 5 library.count: the same\n' +
          '2 the same, 0 different, 0 without an outcome to compare, 1 skipped\n',
      )
      expect(noted).toContain('Line 7 is of no use: not JSON')
      expect({ asked: browser.asked, profiles }).toEqual({ asked: ['quit'], profiles: ['made', 'deleted'] })
    })

    it('shows what differs, and says so with its exit code', async () => {
      await recording()
      browser.diagnostics.replay = () => ({ status: 'ok', resultJson: '13' })
      expect(await run(['replay', 'a.jsonl', '--against', 'storage'], surface())).toBe(6)
      expect(printed).toContain('line 2 library.count: different\n  result: was 12, is 13\n')
      expect(printed).toContain('line 5 library.count: different\n  status: was "error NO_SHELF", is "ok"\n')
    })

    it('tells scripts of every call', async () => {
      await recording()
      browser.diagnostics.replay = ({ argsJson }) => {
        if (argsJson.includes('"b"')) throw new IpcError('NOT_REPLAYABLE', 'it writes')
        return { status: 'ok', resultJson: '13' }
      }
      expect(await run(['replay', 'a.jsonl', '--against', 'storage', '--json'], surface())).toBe(6)
      const call = { id: 'controller>library#1', line: 2, method: 'library.count' }
      expect(JSON.parse(printed)).toMatchObject({
        same: 0,
        different: 1,
        skipped: 2,
        calls: [
          { ...call, outcome: 'different', differences: [{ path: 'result', recorded: 12, replayed: 13 }] },
          { outcome: 'skipped', reason: 'its arguments were redacted' },
          { outcome: 'skipped', reason: 'it writes' },
        ],
      })
    })

    it('ends with an error, and not with a difference, when the browser fails', async () => {
      await recording()
      browser.diagnostics.replay = () => {
        throw new IpcError('NOT_FOR_REPLAY', 'Never in your own profile')
      }
      expect(await run(['replay', 'a.jsonl', '--against', 'storage'], surface())).toBe(1)
      expect(noted).toContain('Never in your own profile')
      expect(profiles).toEqual(['made', 'deleted'])
    })

    it('starts nothing for what is no recording, or holds no such calls', async () => {
      await recording()
      await writeFile(join(folder, 'b'), '{"name":"nexus"}')
      await writeFile(join(folder, 'c'), '')
      expect(await run(['replay', 'b', '--against', 'ai'], surface())).toBe(2)
      expect(await run(['replay', 'c', '--against', 'ai'], surface())).toBe(2)
      expect(await run(['replay', 'none', '--against', 'ai'], surface())).toBe(1)
      expect(await run(['replay', 'a.jsonl', '--against', 'ai'], surface())).toBe(1)
      expect(noted).toContain('The recording holds no calls to ai.')
      expect(profiles).toEqual([])
    })
  })
})
