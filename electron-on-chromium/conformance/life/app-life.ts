import assert from 'node:assert/strict'
import { chapter, it } from './registry.ts'

chapter('app life', () => {
  it('emits ready once, and quits with code 0 when app.quit is called', async t => {
    const app = t.start('plain')
    assert.deepEqual(await app.exited(), { code: 0, signal: null })
    assert.deepEqual(
      app.reports.map(({ name }) => name),
      ['will-finish-launching', 'ready', 'before-quit', 'will-quit', 'quit'],
    )
  })
})
