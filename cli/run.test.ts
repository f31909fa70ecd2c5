import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ProcessTree } from '../contracts/processes.ts'
import type { CrashRecord } from '../contracts/storage-crashes.ts'
import { sampleAnalysis } from '../contracts/testing/sample-analysis.ts'
import type { StartState } from './instance.ts'
import { run } from './run.ts'
import { connectSession } from './session.ts'
import type { Surface } from './surface.ts'
import { FakeBrowser, found, traffic, tree } from './testing/fake-browser.ts'
import { testSurface } from './testing/test-surface.ts'

describe('the command line', () => {
  let folder: string
  let path: string
  let printed: string
  let noted: string
  let started: number
  let interruption: AbortController
  const browsers: FakeBrowser[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-cli-'))
    path = join(folder, 'control', 'socket')
    printed = ''
    noted = ''
    started = 0
    interruption = new AbortController()
  })

  afterEach(async () => {
    for (const browser of browsers.splice(0)) await browser[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  function surface(more: Partial<Surface> = {}): Surface {
    return testSurface({
      print: text => {
        printed += text
      },
      note: text => {
        noted += text
      },
      connect: () => connectSession(path),
      startInstance: () => {
        started += 1
        return { state: () => ({ kind: 'preparing' }), output: () => '' }
      },
      folder,
      signal: interruption.signal,
      ...more,
    })
  }

  async function startBrowser(): Promise<FakeBrowser> {
    const browser = new FakeBrowser()
    browsers.push(browser)
    await browser.start(path)
    return browser
  }

  const lastLine = (): unknown => JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '')

  it('opens a page in the running browser', async () => {
    const browser = await startBrowser()
    expect(await run(['open', 'http://a.example/'], surface())).toBe(0)
    expect({ printed, asked: browser.asked, started }).toEqual({
      printed: 'Untitled page\nhttp://a.example/\n',
      asked: ['open http://a.example/'],
      started: 0,
    })
  })

  it('analyzes a page, and leaves a browser that it did not start alone', async () => {
    const browser = await startBrowser()
    expect(await run(['analyze', 'http://a.example/', '--json'], surface())).toBe(0)
    expect(lastLine()).toEqual({
      url: 'http://a.example/',
      title: 'A page',
      language: { tag: 'en', name: 'English', confidence: 0.9 },
      topics: [],
      metadata: sampleAnalysis.metadata,
      summary: ['One sentence.'],
      keywords: [{ phrase: 'page', count: 2, weight: 1 }],
      entities: [],
      words: 10,
      readingMinutes: 0.05,
      difficulty: null,
      isCut: false,
      milliseconds: { read: 2, total: 2 },
    })
    expect(browser.asked).toEqual(['analyze http://a.example/'])
  })

  it('shows stages to a person, and keeps them out of the output of a script', async () => {
    await startBrowser()
    await run(['analyze', 'http://a.example/'], surface({ isTerminal: true }))
    expect(noted).toBe('read: 2 ms\n')
    noted = ''
    await run(['analyze', 'http://a.example/', '--json'], surface({ isTerminal: true }))
    expect(noted).toBe('')
  })

  it.each([
    ['PAGE_NOT_LOADED', 4],
    ['PAGE_NOT_READABLE', 5],
    ['NOTHING_TO_READ', 5],
    ['PAGE_UNRESPONSIVE', 5],
    ['BAD_ADDRESS', 2],
    ['AI_UNAVAILABLE', 1],
  ])('tells %s by exit code %i, in words or as JSON', async (code, exit) => {
    await startBrowser()
    const url = `http://a.example/?fail=${code}`
    expect(await run(['analyze', url, '--json'], surface())).toBe(exit)
    expect(lastLine()).toMatchObject({ error: { code, message: expect.stringContaining('It failed') } })
    printed = ''
    expect(await run(['analyze', url], surface())).toBe(exit)
    expect({ printed, noted }).toEqual({ printed: '', noted: `nexus: It failed with ${code} [31m\n` })
  })

  it('searches what was read, for people and for scripts, and tells by the exit code when nothing was found', async () => {
    const browser = await startBrowser()
    expect(await run(['search', 'old', 'clocks', '--limit', '3'], surface())).toBe(0)
    expect(printed).toBe('1. A page (words and meaning)\n   http://a.example/\n   A passage of the page.\n')
    expect(await run(['search', 'nothing', '--json'], surface())).toBe(7)
    expect(lastLine()).toEqual({ query: 'nothing', pages: [], meaning: { kind: 'used' } })
    expect(await run(['search', 'x', '--json'], surface())).toBe(0)
    expect(lastLine()).toEqual({ query: 'x', ...found })
    expect(browser.asked).toEqual(['search old clocks 3', 'search nothing 10', 'search x 10'])
  })

  it('asks a page, and tells by the exit code when it does not say', async () => {
    const browser = await startBrowser()
    expect(await run(['ask', 'http://a.example/', 'how high?'], surface())).toBe(0)
    expect(printed).toBe('Paragraph 4 (0.82)\n  It [31m says so.\n')
    printed = ''
    expect(await run(['ask', 'http://a.example/', 'nothing'], surface())).toBe(7)
    expect(printed).toBe('The page does not say.\n')
    expect(await run(['ask', 'http://a.example/', 'nothing', '--json'], surface())).toBe(7)
    expect(lastLine()).toEqual({ url: 'http://a.example/', question: 'nothing', kind: 'notInPage' })
    expect(await run(['ask', 'http://a.example/?fail=PAGE_NOT_LOADED', 'x'], surface())).toBe(4)
    expect(browser.asked[0]).toBe('ask http://a.example/ how high?')
  })

  it('says so when nothing is running, for the commands that start nothing', async () => {
    for (const words of [['ps'], ['quit'], ['ps', '--watch']]) expect(await run(words, surface())).toBe(3)
    expect({ noted, started }).toEqual({ noted: 'nexus: Nexus is not running.\n'.repeat(3), started: 0 })
    expect(await run(['ps', '--json'], surface())).toBe(3)
    expect(lastLine()).toEqual({ error: { code: 'NOT_RUNNING', message: 'Nexus is not running.' } })
  })

  it('starts an instance for an analysis and ends it afterwards', async () => {
    const browser = new FakeBrowser()
    browsers.push(browser)
    let polls = 0
    const waiting = surface()
    const exit = await run(['analyze', 'http://a.example/', '--json'], {
      ...waiting,
      sleep: async milliseconds => {
        await waiting.sleep(milliseconds)
        polls += 1
        if (polls === 3) await browser.start(path)
      },
    })
    expect({ exit, started, asked: browser.asked }).toEqual({
      exit: 0,
      started: 1,
      asked: ['analyze http://a.example/', 'quit'],
    })
    expect(lastLine()).toMatchObject({ title: 'A page' })
  })

  it('ends the instance that it started also when the page fails', async () => {
    const browser = new FakeBrowser()
    browsers.push(browser)
    const exit = await run(['analyze', 'http://a.example/?fail=PAGE_NOT_LOADED'], {
      ...surface(),
      startInstance: () => {
        void browser.start(path)
        return { state: () => ({ kind: 'launched' }), output: () => '' }
      },
      sleep: () => new Promise(resolve => setImmediate(resolve)),
      now: () => 0,
    })
    expect({ exit, asked: browser.asked.at(-1) }).toEqual({ exit: 4, asked: 'quit' })
  })

  it('waits for a browser that is still starting, but not for ever', async () => {
    const browser = await startBrowser()
    browser.refusals = 5
    expect(await run(['analyze', 'http://a.example/', '--json'], surface())).toBe(0)
    browser.refusals = 10_000
    expect(await run(['analyze', 'http://a.example/', '--json'], surface())).toBe(1)
    expect(lastLine()).toMatchObject({ error: { code: 'NOT_READY' } })
    expect(browser.refusals).toBe(10_000 - 301)
  })

  it('leaves the instance running that it started to open a page', async () => {
    const browser = new FakeBrowser()
    browsers.push(browser)
    await run(['open', 'http://a.example/'], {
      ...surface(),
      startInstance: () => {
        void browser.start(path)
        return { state: () => ({ kind: 'preparing' }), output: () => '' }
      },
      sleep: () => new Promise(resolve => setImmediate(resolve)),
      now: () => 0,
    })
    expect(browser.asked).toEqual(['open http://a.example/'])
    expect(noted).toContain('"nexus quit" ends it')
  })

  it.each<[string, StartState, string]>([
    ['cannot be started', { kind: 'failed', reason: 'Nexus ended while starting:\nno disk' }, 'no disk'],
    ['does not come up', { kind: 'preparing' }, 'does not answer.\nits last words'],
    ['was launched and does not come up', { kind: 'launched' }, 'does not answer.\nits last words'],
  ])('gives up on an instance that %s', async (_name, state, message) => {
    const stuck = surface({ startInstance: () => ({ state: () => state, output: () => 'its last words' }) })
    expect(await run(['analyze', 'http://a.example/', '--json'], stuck)).toBe(1)
    expect(lastLine()).toEqual({ error: { code: 'START_FAILED', message: expect.stringContaining(message) } })
    expect(stuck.now()).toBeLessThanOrEqual({ failed: 0, launched: 60_100, preparing: 180_100 }[state.kind])
  })

  it('cancels the analysis on Ctrl+C', async () => {
    const browser = await startBrowser()
    browser.onHang = () => interruption.abort()
    expect(await run(['analyze', 'http://a.example/hang'], surface())).toBe(130)
    // The cancellation is on its way to the browser; the next answer comes after it.
    await run(['ps'], surface({ signal: new AbortController().signal }))
    expect(browser.asked).toContain('cancelled')
  })

  it('fails when the browser dies in the middle', async () => {
    const browser = await startBrowser()
    browser.onHang = () => browser.die()
    expect(await run(['analyze', 'http://a.example/hang', '--json'], surface())).toBe(1)
    expect(lastLine()).toMatchObject({ error: { code: 'PROCESS_TERMINATED' } })
  })

  it('lists processes for people and for scripts', async () => {
    await startBrowser()
    expect(await run(['ps'], surface())).toBe(0)
    expect(printed).toMatch(/Nexus core +controller .* active/)
    printed = ''
    expect(await run(['ps', '--json'], surface())).toBe(0)
    const p95Of = (id: string) => (id === 'core' || id === 'service:storage' ? 2.5 : null)
    const rows = tree.rows.map(row => ({ ...row, p95Ms: p95Of(row.id), canEnd: false }))
    expect(lastLine()).toEqual({ ...tree, rows })
    printed = ''
    expect(await run(['ps', '--flat', '--sort', 'task'], surface())).toBe(0)
    expect(printed.split('\n').map(line => line.split(' ')[0])).toEqual([
      'TASK',
      'a.example',
      'a.example',
      'Nexus',
      'Storage',
      '4',
      '',
    ])
  })

  it('ends a process by its number or its name, and says which', async () => {
    const browser = await startBrowser()
    expect(await run(['kill', 'storage'], surface())).toBe(0)
    expect(await run(['kill', '22', '--force', '--json'], surface())).toBe(0)
    expect(browser.asked).toEqual(['end service:storage', 'forceEnd renderer:22'])
    expect(printed.split('\n')[0]).toBe('Asked to end: Storage, process 7.')
    expect(lastLine()).toEqual({ id: 'renderer:22', name: 'a.example', pid: 22, isForced: true })
  })

  it('ends nothing when it is not clear what, or when it cannot be, with an exit code for each', async () => {
    const browser = await startBrowser()
    expect(await run(['kill', 'a.example'], surface())).toBe(8)
    expect(noted).toContain('\n- 22 a.example (tab, active)\n')
    expect(await run(['kill', 'nobody', '--json'], surface())).toBe(8)
    expect(lastLine()).toMatchObject({ error: { code: 'UNKNOWN_PROCESS' } })
    expect(browser.asked).toEqual([])
    expect(await run(['kill', 'core'], surface())).toBe(9)
    expect(noted).toContain('nexus: Everything depends on the core.')
  })

  it('lists what crashed, for people and for scripts, and forgets it', async () => {
    const browser = await startBrowser()
    expect(await run(['crashes'], surface())).toBe(0)
    expect(printed).toBe('Nothing has crashed that is remembered.\n')
    const crash: CrashRecord = {
      id: 'c1',
      kind: 'page',
      name: 'page',
      reason: 'memory limit',
      exitCode: 9,
      site: 'a.example',
      uptimeMs: 61_000,
      lastMessages: [],
      machine: {
        platform: 'linux',
        architecture: 'x64',
        release: '6',
        totalMemoryBytes: 2,
        freeMemoryBytes: 1,
        nexusVersion: '1',
      },
      at: Date.UTC(2027, 2, 12, 14, 9, 22),
    }
    browser.crashes = [crash]
    printed = ''
    expect(await run(['crashes'], surface())).toBe(0)
    expect(printed).toContain('a.example: memory limit  2027-03-12 14:09:22  page     9  1m 01s')
    expect(await run(['crashes', '--json'], surface())).toBe(0)
    expect(lastLine()).toEqual({ crashes: [crash] })
    expect(await run(['crashes', '--clear'], surface())).toBe(0)
    expect(printed.endsWith('1 record cleared.\n')).toBe(true)
    expect(browser.crashes).toEqual([])
  })

  it('watches until the browser ends', async () => {
    const browser = await startBrowser()
    const watching = run(
      ['ps', '--watch', '--json'],
      surface({
        print: text => {
          printed += text
          if (text.includes('"sampledAt":7')) browser.die()
        },
      }),
    )
    expect(await watching).toBe(0)
    expect(
      printed
        .trimEnd()
        .split('\n')
        .map(line => (JSON.parse(line) as ProcessTree).sampledAt),
    ).toEqual([6, 7])
  })

  it('watches until Ctrl+C, redrawing a terminal', async () => {
    await startBrowser()
    const watching = run(
      ['ps', '--watch'],
      surface({
        isTerminal: true,
        print: text => {
          printed += text
          interruption.abort()
        },
      }),
    )
    expect(await watching).toBe(0)
    expect(printed.startsWith('\u001b[H\u001b[2J')).toBe(true)
  })

  it('shows who talks to whom, for people and for scripts', async () => {
    await startBrowser()
    expect(await run(['ps', '--ipc'], surface())).toBe(0)
    expect(printed).toContain('FROM → TO')
    printed = ''
    expect(await run(['ps', '--ipc', '--json'], surface())).toBe(0)
    expect(lastLine()).toEqual(traffic)
  })

  it('asks who talks to whom each second until the browser ends', async () => {
    const browser = await startBrowser()
    let slept = 0
    const sleep = async (milliseconds: number): Promise<void> => {
      slept += milliseconds
      if (slept === 3_000) browser.die()
    }
    expect(await run(['ps', '--ipc', '--watch', '--json'], surface({ sleep }))).toBe(0)
    expect({ asked: browser.asked.length, slept }).toEqual({ asked: 3, slept: 3_000 })
  })

  it('asks until Ctrl+C, redrawing a terminal', async () => {
    await startBrowser()
    const sleep = async (): Promise<void> => interruption.abort()
    expect(await run(['ps', '--ipc', '--watch'], surface({ isTerminal: true, sleep }))).toBe(0)
    expect(printed.startsWith('\u001b[H\u001b[2J')).toBe(true)
  })

  it('quits the running browser, and sleeps no longer than it lives', async () => {
    const browser = await startBrowser()
    let isAsleep = false
    const sleep = (_: number, signal?: AbortSignal): Promise<void> => {
      isAsleep = true
      return new Promise(resolve => {
        signal?.addEventListener('abort', () => {
          isAsleep = false
          resolve()
        })
      })
    }
    expect(await run(['quit'], surface({ sleep }))).toBe(0)
    expect(isAsleep).toBe(false)
    expect({ printed, asked: browser.asked }).toEqual({ printed: 'Nexus has ended.\n', asked: ['quit'] })
  })

  it('helps', async () => {
    expect(await run(['help'], surface())).toBe(0)
    expect(printed).toContain('nexus analyze <address> [--json]')
  })
})
