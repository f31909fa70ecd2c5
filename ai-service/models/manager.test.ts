import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { copyModels } from '../testing/models-folder.ts'
import { ModelManager } from './manager.ts'

describe('the model manager', () => {
  it('loads a model on first use and once', async () => {
    using models = copyModels()
    await using manager = new ModelManager(models.folder)
    expect(await manager.statuses()).toEqual([{ name: 'language', state: 'idle', reason: null }])
    const [first, second] = await Promise.all([manager.load('language'), manager.load('language')])
    expect(first).toBe(second)
    expect(first.session.outputNames).toEqual(['probabilities'])
    expect(await manager.statuses()).toEqual([{ name: 'language', state: 'loaded', reason: null }])
  })

  it('says which file is missing', async () => {
    using models = copyModels()
    rmSync(join(models.folder, 'language.onnx'))
    await using manager = new ModelManager(models.folder)
    await expect(manager.load('language')).rejects.toMatchObject({
      code: 'MODEL_MISSING',
      message: expect.stringContaining(join(models.folder, 'language.onnx')),
    })
    expect(await manager.statuses()).toMatchObject([{ name: 'language', state: 'unavailable' }])
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
    await using manager = new ModelManager(models.folder, () => Promise.reject(new Error('no such library')))
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
    await expect(manager.load('topics')).rejects.toMatchObject({ code: 'MODEL_MISSING' })
  })
})
