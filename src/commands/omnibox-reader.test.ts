import { describe, expect, it } from 'vitest'
import type { Intent } from '../../contracts/intent.ts'
import { OmniboxReader } from './omnibox-reader.ts'

const signal = new AbortController().signal
const none = { offer: null, isQuestion: false }
const tabs = () => ({
  tabs: [
    { id: 'a', title: 'A', url: 'https://a.example/' },
    { id: 'b', title: 'B', url: 'https://b.example/' },
  ],
  activeTabId: 'a',
})

function start(intent: Intent | null) {
  const asked: string[] = []
  const reader = new OmniboxReader({
    interpret: text => {
      asked.push(text)
      return intent === null ? Promise.reject(new Error('no such process')) : Promise.resolve(intent)
    },
    tabs,
  })
  return { asked, read: (input: string) => reader.read(input, signal) }
}

const command = (action: Extract<Intent, { kind: 'command' }>['action'], confidence: number): Intent => ({
  kind: 'command',
  action,
  confidence,
  isCertain: confidence >= 0.9,
})

describe('what words in the omnibox may mean', () => {
  it.each(['example.com', 'localhost:3000', 'about:blank', '/etc/passwd', 'https://a.b.c', 'zo', ' '])(
    'never asks a model about "%s"',
    async input => {
      const { asked, read } = start(command('zoom', 1))
      expect(await read(input)).toEqual(none)
      expect(asked).toEqual([])
    },
  )

  it('runs what is sure, offers what is not, and leaves out what is unlikely', async () => {
    const offer = { kind: 'ready', title: 'Zoom in', command: { kind: 'zoomIn' } }
    expect(await start(command('zoom', 0.95)).read('zoom in')).toEqual({
      offer: { ...offer, runsAtEnter: true },
      isQuestion: false,
    })
    expect(await start(command('zoom', 0.6)).read('zoom in')).toEqual({
      offer: { ...offer, runsAtEnter: false },
      isQuestion: false,
    })
    expect(await start(command('zoom', 0.2)).read('zoom in')).toEqual(none)
  })

  it('never runs at once what takes much away, however sure it is', async () => {
    expect(await start(command('close_other_tabs', 1)).read('close other tabs')).toMatchObject({
      offer: { title: 'Close other tabs (1)', runsAtEnter: false },
    })
    expect(await start(null).read('quit')).toMatchObject({
      offer: { command: { kind: 'quit' }, runsAtEnter: false },
    })
  })

  it('says what Nexus cannot do only to who surely asked for it', async () => {
    const offer = { kind: 'notYet', title: 'Translate this page' }
    expect((await start(command('translate_page', 0.95)).read('translate')).offer).toEqual(offer)
    expect((await start(command('translate_page', 0.5)).read('translate')).offer).toBeNull()
  })

  it('knows questions, also those to the page', async () => {
    expect(await start({ kind: 'question', confidence: 1 }).read('why tides')).toEqual({
      offer: null,
      isQuestion: true,
    })
    expect(await start(command('ask_page', 1)).read('what does it say here')).toEqual({
      offer: null,
      isQuestion: true,
    })
  })

  it('offers nothing when the AI process is not there, and knows a few phrases without it', async () => {
    expect(await start(null).read('zoom in')).toEqual(none)
    expect((await start(null).read('Full screen')).offer).toMatchObject({ command: { kind: 'fullScreen' } })
    expect((await start(null).read('bookmark this page')).offer).toMatchObject({
      command: { kind: 'keepPage' },
    })
  })

  it('rejects what nobody waits for any more', async () => {
    const reader = new OmniboxReader({ interpret: () => Promise.reject(new Error('gone')), tabs })
    await expect(reader.read('zoom in', AbortSignal.abort(new Error('taken back')))).rejects.toThrow(
      'taken back',
    )
  })
})
