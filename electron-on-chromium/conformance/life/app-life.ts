// Whole lives of applications: how they start, quit, exit and meet others of their kind.
import assert from 'node:assert/strict'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { homedir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { patience } from '../registry.ts'
import type { RunningApp } from './launch.ts'
import { chapter, it, type LifeCase } from './registry.ts'

const namesOf = (app: RunningApp): string[] => app.reports.map(({ name }) => name)

/** Runs `apps/quits` in this way, to its end; gives what it reported and its exit code. */
async function quit(
  t: LifeCase,
  scenario: string,
): Promise<{ names: string[]; code: number | null; app: RunningApp }> {
  const app = t.start('quits', { env: { CONFORMANCE_SCENARIO: scenario } })
  const { code } = await app.exited()
  return { names: namesOf(app), code, app }
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A zombie still has its pid; it is not running.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 5_000 * patience
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not within 5000 ms: ${what}`)
    await delay(20)
  }
}

/** What two lives of `apps/profile` with the same profile find in their sessions. */
async function twoLives(t: LifeCase): Promise<Record<string, unknown>[]> {
  const server = createServer((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<p>x'),
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.defer(() => server.close())
  const env = { CONFORMANCE_PAGE: `http://a.localhost:${(server.address() as AddressInfo).port}/` }
  const userData = t.start.userData()
  const lives: Record<string, unknown>[] = []
  for (let life = 0; life < 2; life++) {
    const app = t.start('profile', { userData, env })
    lives.push((await app.report('found')).value as Record<string, unknown>)
    await app.exited()
  }
  return lives
}

chapter('app life', () => {
  it('a plain life: will-finish-launching, ready, before-quit, will-quit, quit, and code 0', async t => {
    const app = t.start('plain')
    assert.deepEqual(await app.exited(), { code: 0, signal: null })
    assert.deepEqual(namesOf(app), ['will-finish-launching', 'ready', 'before-quit', 'will-quit', 'quit'])
  })

  it('a CommonJS main process gets the same electron as an import', async t => {
    const app = t.start('commonjs')
    assert.deepEqual((await app.report('ready')).value, { same: true, main: true })
    assert.equal((await app.exited()).code, 0)
  })

  it('quit closes the windows between before-quit and will-quit, without window-all-closed', async t => {
    const { names, code } = await quit(t, 'quit with a window')
    assert.deepEqual(names, ['before-quit', 'window close', 'window closed', 'will-quit', 'quit'])
    assert.equal(code, 0)
  })

  it('before-quit can be prevented, and the application lives on', async t => {
    const { names } = await quit(t, 'before-quit prevented')
    assert.deepEqual(names, ['before-quit', 'still here', 'before-quit', 'will-quit', 'quit'])
  })

  it('will-quit can be prevented, and the application lives on', async t => {
    const { names } = await quit(t, 'will-quit prevented')
    assert.deepEqual(names, ['before-quit', 'will-quit', 'still here', 'before-quit', 'will-quit', 'quit'])
  })

  it('a window that does not close stops the quitting', async t => {
    const { names } = await quit(t, 'close prevented')
    assert.deepEqual(names, [
      'before-quit',
      'window close',
      'still here',
      'before-quit',
      'window close',
      'window closed',
      'will-quit',
      'quit',
    ])
  })

  it('the application quits when its last window closes and nobody listens', async t => {
    const { names, code } = await quit(t, 'last window closes')
    assert.deepEqual(names, ['window close', 'window closed', 'before-quit', 'will-quit', 'quit'])
    assert.equal(code, 0)
  })

  it('with a listener to window-all-closed it does not quit by itself', async t => {
    const { names } = await quit(t, 'last window closes, with a listener')
    assert.deepEqual(names, [
      'window close',
      'window closed',
      'window-all-closed',
      'still here',
      'before-quit',
      'will-quit',
      'quit',
    ])
  })

  it('app.exit ends at once with its code, without before-quit and will-quit', async t => {
    const { names, code } = await quit(t, 'exit with a code')
    assert.equal(code, 5)
    assert.ok(!names.includes('before-quit') && !names.includes('will-quit'), String(names))
  })

  it('process.exit ends with its code', async t => {
    assert.equal((await quit(t, 'process exit')).code, 6)
  })

  it('quit is emitted with the exit code', async t => {
    const { app } = await quit(t, 'quit reports its code')
    assert.deepEqual(
      app.reports.find(({ name }) => name === 'exit code'),
      { name: 'exit code', value: 0 },
    )
  })

  it('quit called twice quits once', async t => {
    const { names } = await quit(t, 'quit twice')
    assert.equal(names.filter(name => name === 'will-quit').length, 1)
    assert.equal(names.filter(name => name === 'quit').length, 1)
  })

  it('an uncaught error goes to a listener of process, and the application lives on', async t => {
    const { app, code } = await quit(t, 'an uncaught error with a listener')
    assert.equal(app.reports.find(({ name }) => name === 'caught')?.value, 'nobody catches this')
    assert.equal(code, 0)
  })

  it('app.exit works while a page hangs', async t => {
    assert.equal((await quit(t, 'a page that hangs')).code, 0)
  })

  it('what needs a ready application is refused before, and what must come before is refused after', async t => {
    const app = t.start('early')
    const before = (await app.report('before')).value as Record<string, string>
    const after = (await app.report('after')).value as Record<string, unknown>
    assert.deepEqual(
      [before.isReady, before.schemes, before.enableSandbox, before.appendSwitch],
      [false, 'worked', 'worked', 'worked'],
    )
    assert.match(String(before.browserWindow), /before app is ready/)
    assert.match(String(before.baseWindow), /before app is ready/)
    assert.notEqual(before.fork, 'worked')
    assert.deepEqual(
      [after.isReady, after.readyEvents, after.hasSwitch, after.value],
      [true, 1, true, 'its value'],
    )
    assert.match(String(after.schemes), /before app is ready/)
    assert.match(String(after.enableSandbox), /before app is ready/)
  })

  it('name, version, paths, arguments and switches are those of the application', async t => {
    const userData = t.start.userData()
    const app = t.start('identity', { args: ['--given-switch=its-value', 'plain'], userData })
    const identity = (await app.report('identity')).value as Record<string, unknown>
    assert.deepEqual(
      {
        ...identity,
        exe: undefined,
        argv: (identity.argv as string[]).slice(-2),
        temp: typeof identity.temp,
        appPath: basename(String(identity.appPath)),
        versions: (identity.versions as string[]).map(version => /^\d+\./.test(version)),
        unknown: /^refused/.test(String(identity.unknown)),
      },
      {
        name: 'identity',
        version: '4.5.6',
        appPath: 'identity',
        isPackaged: false,
        locale: 'string',
        userData,
        sessionData: userData,
        home: homedir(),
        temp: 'string',
        exe: undefined,
        unknown: true,
        argv: ['--given-switch=its-value', 'plain'],
        hasSwitch: true,
        switchValue: 'its-value',
        absent: [false, ''],
        type: 'browser',
        defaultApp: true,
        resourcesPath: 'string',
        versions: [true, true],
      },
    )
    assert.ok(existsSync(String(identity.exe)))
    assert.deepEqual((await app.report('renamed')).value, ['renamed', 'renamed'])
  })

  it('the second instance is told that it is, and the first learns its arguments, folder and data', async t => {
    const userData = t.start.userData()
    const first = t.start('single', { userData })
    await first.report('ready')
    const second = t.start('single', {
      userData,
      args: ['--from-the-second', 'file.txt'],
      env: { CONFORMANCE_DATA: JSON.stringify({ quit: true, deep: [1, { a: null }] }) },
    })
    assert.equal((await second.report('lock')).value, false)
    assert.equal((await second.exited()).code, 0)
    const told = (await first.report('second-instance')).value as Record<string, unknown>
    const argv = told.argv as string[]
    assert.ok(argv.includes('--from-the-second') && argv.includes('file.txt'), String(argv))
    assert.deepEqual(
      [realpathSync(String(told.workingDirectory)), told.data, told.hasLock],
      [realpathSync(process.cwd()), { quit: true, deep: [1, { a: null }] }, true],
    )
    assert.equal((await first.exited()).code, 0)
  })

  it('the lock is free again after it is released, and after its holder was killed', async t => {
    const userData = t.start.userData()
    const first = t.start('single', { userData })
    await first.report('ready')
    const second = t.start('single', { userData, env: { CONFORMANCE_DATA: '{"release":true}' } })
    await second.exited()
    assert.equal((await first.report('released')).value, false)
    const third = t.start('single', { userData })
    assert.equal((await third.report('lock')).value, true)
    third.kill('SIGKILL')
    await third.exited()
    const fourth = t.start('single', { userData })
    assert.equal((await fourth.report('lock')).value, true)
  })

  it('instances with different user data folders do not meet', async t => {
    const [one, two] = [t.start('single'), t.start('single')]
    assert.deepEqual([(await one.report('lock')).value, (await two.report('lock')).value], [true, true])
  })

  it(
    'the default session outlives the application, a partition in memory does not',
    async t => {
      const [before, after] = await twoLives(t)
      const nothing = { storage: null, cookie: null }
      assert.deepEqual([before?.default, before?.['in-memory']], [nothing, nothing])
      assert.deepEqual([after?.default, after?.['in-memory']], [{ storage: 'left', cookie: 'left' }, nothing])
    },
    { deadlineMs: 20_000 },
  )

  it(
    'a persist: partition outlives the application',
    async t => {
      const [before, after] = await twoLives(t)
      assert.deepEqual(before?.['persist:kept'], { storage: null, cookie: null })
      assert.deepEqual(after?.['persist:kept'], { storage: 'left', cookie: 'left' })
    },
    { deadlineMs: 20_000 },
  )

  it('quit leaves no process behind', async t => {
    const app = t.start('children', { env: { CONFORMANCE_QUIT: '1' } })
    const { metrics, page, utility } = (await app.report('pids')).value as Record<string, number & number[]>
    assert.equal((await app.exited()).code, 0)
    await until(
      () => ![page, utility, ...(metrics ?? [])].some(pid => isRunning(Number(pid))),
      'all to be gone',
    )
  })

  it('killing main takes its pages and utility processes along', async t => {
    const app = t.start('children')
    const { page, utility } = (await app.report('pids')).value as Record<string, number>
    assert.ok(isRunning(Number(page)) && isRunning(Number(utility)))
    app.kill('SIGKILL')
    await app.exited()
    await until(() => !isRunning(Number(page)) && !isRunning(Number(utility)), 'both to be gone')
  })

  it('app.relaunch starts the application again with other arguments', async t => {
    const file = join(t.start.userData(), 'second-life.json')
    const app = t.start('relaunches', { args: ['first-argument'], env: { CONFORMANCE_FILE: file } })
    assert.equal((await app.exited()).code, 0)
    await until(() => existsSync(file) && readFileSync(file, 'utf8').endsWith(']'), 'the second life')
    const argv: string[] = JSON.parse(readFileSync(file, 'utf8'))
    assert.ok(argv.includes('--second-life') && argv.includes('first-argument'), String(argv))
  })

  it('enableSandbox puts a page into the sandbox that asks to be without', async t => {
    assert.equal((await t.start('sandboxed').report('sandboxed')).value, true)
  })
})
