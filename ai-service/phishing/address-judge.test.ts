import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ModelManager } from '../models/manager.ts'
import { copyModels } from '../testing/models-folder.ts'
import { AddressJudge } from './address-judge.ts'

const bare = { title: '', signals: null, visits: null, looksLike: null }
let models: ModelManager
let judge: AddressJudge

beforeAll(() => {
  models = new ModelManager('assets/models')
  judge = new AddressJudge(models)
})

afterAll(() => models[Symbol.asyncDispose]())

const probabilityOf = async (url: string): Promise<number> =>
  (await judge.judge({ url, ...bare })).probability ?? Number.NaN

it('finds addresses of phishing more likely than those of honest sites', async () => {
  for (const url of [
    'http://paypal.com.account-verify.example/webscr.php',
    'https://josts.com/wp-includes/js/Office365/signin.php?email=a@b.example',
    'https://metamask-wallet-login.gitbook.io/us',
    'http://198.51.100.7/secure/chase/login.php',
  ]) {
    expect(await probabilityOf(url)).toBeGreaterThan(0.85)
  }
  for (const url of [
    'https://debian.org/doc/manuals/maint-guide/start.en.html',
    'https://www.smallbakery.example/recipes/2019/05/rye-bread',
    'https://accounts.google.com/signin',
    'https://en.wikipedia.org/wiki/PayPal',
  ]) {
    expect(await probabilityOf(url)).toBeLessThan(0.5)
  }
})

it('answers for addresses that nobody writes', async () => {
  for (const url of ['', `http://${'a'.repeat(1_000_000)}`, 'http://\u0000\u202e\ud800/', 'http://@:/?#']) {
    const judgement = await judge.judge({ url, ...bare })
    expect(judgement).toMatchObject({ level: 'none', reasons: [] })
  }
})

it('judges by rules alone where the model is missing, and says so', async () => {
  using copy = copyModels()
  rmSync(join(copy.folder, 'phishing.onnx'))
  await using lame = new ModelManager(copy.folder)
  const judgement = await new AddressJudge(lame).judge({
    url: 'https://paypal.com.secure-login.example/',
    ...bare,
  })
  expect(judgement).toMatchObject({
    level: 'caution',
    probability: null,
    modelMissing: expect.stringContaining('phishing.onnx'),
  })
})
