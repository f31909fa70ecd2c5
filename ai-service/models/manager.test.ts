import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Value from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import { copyModels, shippedModels } from '../testing/models-folder.ts'
import { type LoadedModel, ModelManager } from './manager.ts'
import { Manifest } from './manifest.ts'

const megabyte = 1_048_576

async function stateOf(manager: ModelManager, name: string): Promise<string | undefined> {
  return (await manager.statuses()).find(status => status.name === name)?.state
}

/** A run of the language model on nothing. */
async function runLanguage({ entry, session, runtime: { Tensor } }: LoadedModel): Promise<readonly string[]> {
  const languages = Number(entry.inputs.find(input => input.name === 'mask')?.shape[1])
  const outputs = await session.run({
    buckets: new Tensor('int32', new Int32Array(1), [1, 1]),
    weights: new Tensor('float32', new Float32Array(1), [1, 1, 1]),
    mask: new Tensor('float32', new Float32Array(languages), [1, languages]),
  })
  return Object.keys(outputs)
}

describe('the model manager', () => {
  it('loads a model on first use and once', async () => {
    using models = copyModels()
    await using manager = new ModelManager(models.folder)
    expect(await stateOf(manager, 'language')).toBe('idle')
    const [first, second] = await Promise.all([manager.load('language'), manager.load('language')])
    expect(first).toBe(second)
    expect(first.session.outputNames).toEqual(['probabilities'])
    expect(await stateOf(manager, 'language')).toBe('loaded')
  })

  it('reads ahead what is expected, and opens it when it is asked for', async () => {
    await using manager = new ModelManager(shippedModels)
    manager.expect(['language', 'no-such-model'])
    expect(await stateOf(manager, 'language')).toBe('idle')
    expect(await runLanguage(await manager.load('language'))).toEqual(['probabilities'])
    await expect(manager.load('no-such-model')).rejects.toMatchObject({ code: 'MODEL_MISSING' })
  })

  it('finds out about a damaged file that was read ahead', async () => {
    using models = copyModels()
    appendFileSync(join(models.folder, 'language.onnx'), 'x')
    await using manager = new ModelManager(models.folder)
    manager.expect(['language'])
    await expect(manager.load('language')).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
  })

  it('opens every model that ships, and finds in it what the manifest declares', async () => {
    await using manager = new ModelManager(shippedModels)
    const names = (await manager.statuses()).map(status => status.name)
    expect(names.length).toBeGreaterThan(0)
    await Promise.all(names.map(name => manager.load(name)))
    expect(new Set((await manager.statuses()).map(status => status.state))).toEqual(new Set(['loaded']))
  })

  it('releases a model that nobody has used for long, and opens it again for its next run', async () => {
    const clock = new SimulatedClock()
    await using manager = new ModelManager(shippedModels, { clock, idleMs: 60_000 })
    const model = await manager.load('language')
    clock.advance(59_000)
    await runLanguage(model)
    clock.advance(59_000)
    expect(await stateOf(manager, 'language')).toBe('loaded')
    clock.advance(61_000)
    expect(await stateOf(manager, 'language')).toBe('idle')
    expect(await runLanguage(model)).toEqual(['probabilities'])
    expect(await stateOf(manager, 'language')).toBe('loaded')
    clock.advance(120_000)
    expect({ state: await stateOf(manager, 'language'), timers: clock.timers }).toEqual({
      state: 'idle',
      timers: 0,
    })
  })

  it('gives memory back when asked, but nothing that is in use', async () => {
    await using manager = new ModelManager(shippedModels)
    const model = await manager.load('language')
    const running = runLanguage(model)
    expect(await manager.releaseMemory()).toEqual([])
    await running
    expect(await manager.releaseMemory()).toEqual(['language'])
    expect(await manager.releaseMemory()).toEqual([])
    expect(await runLanguage(model)).toEqual(['probabilities'])
  })

  it('survives being released over and over between runs', async () => {
    await using manager = new ModelManager(shippedModels)
    const model = await manager.load('language')
    const runs: Promise<readonly string[]>[] = []
    for (let turn = 0; turn < 20; turn++) {
      runs.push(runLanguage(model))
      void manager.releaseMemory()
      if (turn % 3 === 0) await Promise.all(runs)
    }
    expect((await Promise.all(runs)).length).toBe(20)
  })

  it('releases the others when a model brings the process over its limit', async () => {
    using models = copyModels()
    writeFileSync(join(models.folder, 'second.onnx'), readFileSync(join(models.folder, 'language.onnx')))
    const path = join(models.folder, 'manifest.json')
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const [language] = Value.Parse(Manifest, manifest).models.filter(({ name }) => name === 'language')
    const second = { ...language, name: 'second', file: 'second.onnx' }
    writeFileSync(path, JSON.stringify({ version: 1, models: [language, second] }))
    let residentBytes = 100 * megabyte
    await using manager = new ModelManager(models.folder, {
      residentBytes: () => residentBytes,
      residentLimitBytes: 200 * megabyte,
    })
    await manager.load('language')
    residentBytes = 300 * megabyte
    await manager.load('second')
    expect(await manager.statuses()).toEqual([
      { name: 'language', state: 'idle', reason: null },
      { name: 'second', state: 'loaded', reason: null },
    ])
  })

  it('refuses a model that was changed while it was released', async () => {
    using models = copyModels()
    await using manager = new ModelManager(models.folder)
    const model = await manager.load('language')
    await manager.releaseMemory()
    appendFileSync(join(models.folder, 'language.onnx'), 'x')
    await expect(runLanguage(model)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
    await expect(runLanguage(model)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' })
    expect(await stateOf(manager, 'language')).toBe('unavailable')
  })

  it('says so when a run fails on what it was given, and goes on', async () => {
    await using manager = new ModelManager(shippedModels)
    const model = await manager.load('language')
    await expect(model.session.run({})).rejects.toMatchObject({ code: 'RUNTIME_FAILED' })
    expect(await runLanguage(model)).toEqual(['probabilities'])
  })

  it('refuses a model whose inputs are not those of the manifest', async () => {
    using models = copyModels()
    const path = join(models.folder, 'manifest.json')
    const manifest = Value.Parse(Manifest, JSON.parse(readFileSync(path, 'utf8')))
    for (const { name, inputs } of manifest.models) {
      if (name === 'language')
        for (const input of inputs) if (input.name === 'mask') input.shape = ['texts', 7]
    }
    writeFileSync(path, JSON.stringify(manifest))
    await using manager = new ModelManager(models.folder)
    await expect(manager.load('language')).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringContaining('the manifest says'),
    })
  })

  it('says which file is missing', async () => {
    using models = copyModels()
    rmSync(join(models.folder, 'language.onnx'))
    await using manager = new ModelManager(models.folder)
    await expect(manager.load('language')).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining(join(models.folder, 'language.onnx')),
    })
    expect(await stateOf(manager, 'language')).toBe('unavailable')
  })

  it.each([
    ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    [
      'changed by one bit',
      (bytes: Buffer) => bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1),
    ],
    ['empty', () => Buffer.alloc(0)],
  ])('refuses a file that was %s', async (_, damage) => {
    using models = copyModels()
    const file = join(models.folder, 'language.onnx')
    writeFileSync(file, damage(readFileSync(file)))
    await using manager = new ModelManager(models.folder)
    await expect(manager.load('language')).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      message: expect.stringMatching(/language\.onnx.*Install Nexus again/),
    })
  })

  it('says so when the runtime cannot be loaded', async () => {
    using models = copyModels()
    await using manager = new ModelManager(models.folder, {
      loadRuntime: () => Promise.reject(new Error('no such library')),
    })
    await expect(manager.load('language')).rejects.toMatchObject({ code: 'RUNTIME_FAILED' })
  })

  it('says so when the manifest is missing or damaged', async () => {
    using models = copyModels()
    appendFileSync(join(models.folder, 'manifest.json'), '}')
    await using damaged = new ModelManager(models.folder)
    await expect(damaged.load('language')).rejects.toMatchObject({ code: 'MANIFEST_DAMAGED' })
    expect(await damaged.statuses()).toMatchObject([{ name: 'manifest', state: 'unavailable' }])
    rmSync(join(models.folder, 'manifest.json'))
    await using missing = new ModelManager(models.folder)
    await expect(missing.load('language')).rejects.toMatchObject({ code: 'MANIFEST_MISSING' })
  })

  it('takes no file from outside the models folder', async () => {
    using models = copyModels()
    const manifest = join(models.folder, 'manifest.json')
    const outside = readFileSync(manifest, 'utf8').replace('"language.onnx"', '"../language.onnx"')
    writeFileSync(manifest, outside)
    await using manager = new ModelManager(models.folder)
    await expect(manager.load('language')).rejects.toMatchObject({ code: 'MANIFEST_DAMAGED' })
  })

  it('knows no model that the manifest does not list', async () => {
    using models = copyModels()
    await using manager = new ModelManager(models.folder)
    await expect(manager.load('weather')).rejects.toMatchObject({ code: 'MODEL_MISSING' })
  })
})
