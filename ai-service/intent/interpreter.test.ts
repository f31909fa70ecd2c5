import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { ModelManager } from '../models/manager.ts'
import { IntentInterpreter } from './interpreter.ts'

const models = new ModelManager(fileURLToPath(new URL('../../assets/models', import.meta.url)))
const interpreter = new IntentInterpreter(models)
afterAll(() => models[Symbol.asyncDispose]())

describe('what a person means in the omnibox', () => {
  it.each([
    ['close other tabs', 'close_other_tabs'],
    ['shut everything but this', 'close_other_tabs'],
    ['summarise this page', 'summarize_page'],
    ['mute', 'mute'],
    ['zoom in plz', 'zoom'],
    ['can you make text bigger', 'zoom'],
    ['I wanna see what I downloaded', 'open_downloads'],
    ['Reopen the tab I just closed, please', 'reopen_tab'],
    ['trnslate this page to german', 'translate_page'],
  ])('"%s" is surely the command %s', async (text, action) => {
    expect(await interpreter.interpret(text)).toMatchObject({ kind: 'command', action, isCertain: true })
  })

  it.each([
    'open source software',
    'close encounters movie',
    'history of rome',
    'zoom meeting download',
    'print on demand',
    'weather in lisbon tomorrow',
  ])('"%s" is a search', async text => {
    expect(await interpreter.interpret(text)).toMatchObject({ kind: 'search' })
  })

  it.each(['who wrote the iliad', 'how do i close my bank account', 'Why is the sky blue?'])(
    '"%s" is a question',
    async text => expect(await interpreter.interpret(text)).toMatchObject({ kind: 'question' }),
  )

  it('is never sure of what is no language at all', async () => {
    const hostile = [
      '',
      '   ',
      '\u0000\u0000',
      '\ud800',
      '\u202egnp.exe',
      '🙂🙂',
      'a'.repeat(100_000),
      '?'.repeat(5_000),
    ]
    for (const text of hostile) {
      const intent = await interpreter.interpret(text)
      expect(intent.kind === 'command' && intent.isCertain).toBe(false)
      expect(intent.confidence).toBeGreaterThanOrEqual(0)
      expect(intent.confidence).toBeLessThanOrEqual(1)
    }
  })
})
