// utilityProcess.fork and what it returns; process.parentPort inside.
import assert from 'node:assert/strict'
import { kill as killProcess } from 'node:process'
import { fileURLToPath } from 'node:url'
import { app, type Details, MessageChannelMain, utilityProcess } from 'electron'
import { collect, next, until, utilityPath } from '../harness/page.ts'
import { fork, startWorker } from '../harness/utility.ts'
import { chapter, it } from './registry.ts'

/** The `child-process-gone` details for a service of this name. */
async function gone(serviceName: string): Promise<Details> {
  for (;;) {
    const [, details] = (await next(app, 'child-process-gone')) as [unknown, Details]
    if (details.name === serviceName) return details
  }
}

chapter('utilityProcess', () => {
  it('spawn is emitted, and pid is known from then until exit', async t => {
    const child = fork(t)
    assert.equal(child.pid, undefined)
    await next(child, 'spawn')
    const pid = child.pid
    assert.ok(Number.isInteger(pid))
    const exited = next(child, 'exit')
    child.kill()
    await exited
    await until(() => child.pid === undefined, 'pid to be gone')
  })

  it('a message to the child is answered by a message from it', async t => {
    const worker = startWorker(t)
    assert.deepEqual(await worker.ask({ task: 'echo', value: { deep: [1, null] } }, 'echoed'), {
      echoed: { deep: [1, null] },
    })
  })

  it('args, execArgv, env and cwd reach the child, and its process is of type utility', async t => {
    const cwd = fileURLToPath(new URL('../fixtures', import.meta.url))
    const worker = startWorker(
      t,
      { env: { ONLY_THIS: 'is set', PATH: process.env.PATH ?? '' }, cwd, execArgv: ['--no-warnings'] },
      ['--models=/some/where', 'plain'],
    )
    await next(worker.child, 'spawn')
    const report = await worker.ask(
      { task: 'environment', names: ['ONLY_THIS', 'CONFORMANCE_REQUEST'] },
      'argv',
    )
    const { pid, execArgv, ...rest } = report
    assert.deepEqual(rest, {
      argv: ['--models=/some/where', 'plain'],
      env: { ONLY_THIS: 'is set', CONFORMANCE_REQUEST: undefined },
      cwd: cwd.replace(/\/$/, ''),
      type: 'utility',
      hasParentPort: 'function',
    })
    assert.equal(pid, worker.child.pid)
    assert.ok((execArgv as string[]).includes('--no-warnings'))
  })

  it('env defaults to that of main', async t => {
    process.env.CONFORMANCE_INHERITED = 'inherited'
    t.defer(() => delete process.env.CONFORMANCE_INHERITED)
    const { env } = await startWorker(t).ask({ task: 'environment', names: ['CONFORMANCE_INHERITED'] }, 'env')
    assert.deepEqual(env, { CONFORMANCE_INHERITED: 'inherited' })
  })

  it('with stdio pipe both streams can be read, and are null after exit', async t => {
    const child = fork(t, 'output', [], { stdio: 'pipe' })
    const read = { stdout: '', stderr: '' }
    child.stdout?.on('data', chunk => {
      read.stdout += chunk
    })
    child.stderr?.on('data', chunk => {
      read.stderr += chunk
    })
    await next(child, 'exit')
    await until(() => read.stdout !== '' && read.stderr !== '', 'both streams')
    assert.deepEqual(read, { stdout: 'to standard output\n', stderr: 'to standard error\n' })
    await until(() => child.stdout === null && child.stderr === null, 'streams to be null')
  })

  it('stdout and stderr are null unless piped, also one without the other', async t => {
    const ignored = fork(t, 'empty', [], { stdio: 'ignore' })
    const half = fork(t, 'echo', [], { stdio: ['ignore', 'pipe', 'ignore'] })
    assert.deepEqual([ignored.stdout, ignored.stderr, half.stderr], [null, null, null])
    assert.notEqual(half.stdout, null)
    await next(ignored, 'exit')
  })

  it('stdin other than ignore is refused', () => {
    assert.throws(() => utilityProcess.fork(utilityPath('empty'), [], { stdio: ['pipe', 'pipe', 'pipe'] }))
  })

  it('a script that ends by itself exits with code 0', async t => {
    assert.deepEqual(await next(fork(t, 'empty'), 'exit'), [0])
  })

  it('process.exit decides the exit code', async t => {
    const worker = startWorker(t)
    const exited = next(worker.child, 'exit')
    worker.tell({ task: 'exit', code: 7 })
    assert.deepEqual(await exited, [7])
  })

  it('an uncaught error ends the child with code 1', async t => {
    const worker = startWorker(t, { stdio: 'ignore' })
    const exited = next(worker.child, 'exit')
    worker.tell({ task: 'throws' })
    assert.deepEqual(await exited, [1])
  })

  it('a script that does not exist ends the child with code 1', async t => {
    const child = utilityProcess.fork(utilityPath('there-is-no-such-script'), [], { stdio: 'ignore' })
    t.defer(() => child.kill())
    assert.deepEqual(await next(child, 'exit'), [1])
  })

  it('fork without a path is refused', () => {
    // @ts-expect-error: the typings refuse it too
    assert.throws(() => utilityProcess.fork())
  })

  it('kill ends the child, and a second kill returns false', async t => {
    const child = fork(t)
    await next(child, 'spawn')
    const exited = next(child, 'exit')
    assert.equal(child.kill(), true)
    await exited
    assert.equal(child.kill(), false)
  })

  it('kill right after fork ends the child too', async t => {
    const child = fork(t)
    const exited = next(child, 'exit')
    child.kill()
    await exited
  })

  it('kill ends a child that never yields', async t => {
    const worker = startWorker(t)
    await worker.ask({ task: 'echo', value: 1 }, 'echoed')
    worker.tell({ task: 'spin' })
    const exited = next(worker.child, 'exit')
    worker.child.kill()
    await exited
  })

  it('messages posted before the child listens are kept in order', async t => {
    const child = fork(t, 'early')
    const messages = collect(t, child, 'message', message => message)
    for (let index = 0; index < 20; index++) child.postMessage(index)
    child.postMessage('last')
    await messages.count(21)
    const expected = Array.from({ length: 20 }, (_, index) => index)
    assert.deepEqual(messages.items, [...expected, [...expected, 'last']])
  })

  it('the last messages of a child arrive before its exit', async t => {
    const worker = startWorker(t)
    const order: string[] = []
    worker.child.on('message', (message: { echoed?: string }) => {
      if (message.echoed) order.push(message.echoed)
    })
    worker.child.on('exit', () => order.push('exit'))
    const exited = next(worker.child, 'exit')
    for (let index = 0; index < 10; index++) worker.tell({ task: 'echo', value: `${index}` })
    worker.tell({ task: 'exit', code: 0 })
    await exited
    assert.deepEqual(order, [...'0123456789', 'exit'])
  })

  it('structured clone to the child and back keeps Map, Set, Date, BigInt, bytes, errors and cycles', async t => {
    const worker = startWorker(t)
    const value: Record<string, unknown> = {
      map: new Map([['key', new Set([1])]]),
      date: new Date(1234),
      big: 2n ** 65n,
      bytes: new Uint8Array([1, 2, 3]),
      nothing: undefined,
    }
    value.self = value
    value.error = new RangeError('out of range')
    const { echoed } = await worker.ask({ task: 'echo', value }, 'echoed')
    const { self, error, ...rest } = echoed as Record<string, unknown>
    const { self: _, error: __, ...expected } = value
    assert.deepEqual(rest, expected)
    assert.equal(self, echoed)
    assert.ok(error instanceof RangeError && error.message === 'out of range')
  })

  it('a message that cannot be cloned is refused', async t => {
    const child = fork(t)
    assert.throws(() => child.postMessage(() => {}), /could not be cloned/)
  })

  it('several megabytes arrive whole', async t => {
    const worker = startWorker(t)
    const bytes = new Uint8Array(4_000_000).map((_, index) => index * 17)
    const { echoed } = await worker.ask({ task: 'echo', value: bytes }, 'echoed')
    assert.ok(Buffer.compare(Buffer.from(echoed as Uint8Array), Buffer.from(bytes)) === 0)
  })

  it('posting to a child that has exited does nothing', async t => {
    const child = fork(t, 'empty')
    await next(child, 'exit')
    child.postMessage('nobody there', [new MessageChannelMain().port1])
  })

  it('posting within the exit event does nothing', async t => {
    const child = fork(t, 'empty')
    child.once('exit', () => child.postMessage('nobody there'))
    await next(child, 'exit')
  })

  it('app.getAppMetrics lists the child under its service name', async t => {
    const worker = startWorker(t, { serviceName: 'Metrics Fixture' })
    await worker.ask({ task: 'echo', value: 1 }, 'echoed')
    const metric = app.getAppMetrics().find(({ pid }) => pid === worker.child.pid)
    assert.equal(metric?.type, 'Utility')
    assert.equal(metric?.name, 'Metrics Fixture')
    assert.ok((metric?.memory.workingSetSize ?? 0) > 0)
    assert.ok(Math.abs((metric?.creationTime ?? 0) - Date.now()) < 60_000)
  })

  it('the default service name is Node Utility Process', async t => {
    const worker = startWorker(t)
    await worker.ask({ task: 'echo', value: 1 }, 'echoed')
    const metric = app.getAppMetrics().find(({ pid }) => pid === worker.child.pid)
    assert.equal(metric?.name, 'Node Utility Process')
  })

  it('a child that aborts is announced as crashed', async t => {
    const worker = startWorker(t, { serviceName: 'Aborting Fixture', stdio: 'ignore' })
    await worker.ask({ task: 'echo', value: 1 }, 'echoed')
    const announced = gone('Aborting Fixture')
    const exited = next(worker.child, 'exit')
    worker.tell({ task: 'abort' })
    const { type, reason, name } = await announced
    assert.deepEqual({ type, reason, name }, { type: 'Utility', reason: 'crashed', name: 'Aborting Fixture' })
    assert.notEqual((await exited)[0], 0)
  })

  it('process.crash in the child is announced as crashed', async t => {
    const worker = startWorker(t, { serviceName: 'Crashing Fixture', stdio: 'ignore' })
    await worker.ask({ task: 'echo', value: 1 }, 'echoed')
    const announced = gone('Crashing Fixture')
    worker.tell({ task: 'crash' })
    assert.equal((await announced).reason, 'crashed')
  })

  it('a child killed from outside is announced as killed', async t => {
    const worker = startWorker(t, { serviceName: 'Killed Fixture' })
    await worker.ask({ task: 'echo', value: 1 }, 'echoed')
    const announced = gone('Killed Fixture')
    assert.ok(worker.child.pid)
    killProcess(worker.child.pid, 'SIGKILL')
    const { reason, type } = await announced
    assert.deepEqual({ reason, type }, { reason: 'killed', type: 'Utility' })
  })

  it('a child that exits with a code is announced as abnormal-exit with this code', async t => {
    const worker = startWorker(t, { serviceName: 'Exiting Fixture' })
    const announced = gone('Exiting Fixture')
    worker.tell({ task: 'exit', code: 3 })
    const { reason, exitCode } = await announced
    assert.deepEqual({ reason, exitCode }, { reason: 'abnormal-exit', exitCode: 3 })
  })

  it('an ES module can be the entry', async t => {
    const child = utilityProcess.fork(utilityPath('module').replace('.cjs', '.mjs'))
    t.defer(() => child.kill())
    assert.deepEqual(await next(child, 'message'), [{ module: 'module.mjs' }])
  })

  it('net.fetch works in the child', async t => {
    const worker = startWorker(t)
    const url = t.server.page('from the server')
    assert.deepEqual(await worker.ask({ task: 'fetch', url }, 'status'), {
      status: 200,
      text: 'from the server',
    })
  })
})
