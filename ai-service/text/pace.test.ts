import { describe, expect, it } from 'vitest'
import { createPace } from './pace.ts'

describe('pace', () => {
  it('lets others run once a slice is used up, and not before', async () => {
    let nowMs = 0
    const pace = createPace(new AbortController().signal, () => nowMs)
    expect(pace.breathe()).toBeUndefined()
    nowMs = 9
    let others = 0
    setImmediate(() => others++)
    await pace.breathe()
    expect(others).toBe(1)
    expect(pace.breathe()).toBeUndefined()
  })

  it('stops work that was cancelled meanwhile, with the reason', async () => {
    let nowMs = 0
    const abort = new AbortController()
    const pace = createPace(abort.signal, () => nowMs)
    nowMs = 9
    setImmediate(() => abort.abort(new Error('the page was left')))
    await expect(pace.breathe()).rejects.toThrow('the page was left')
  })
})
