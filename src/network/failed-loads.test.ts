import { expect, it } from 'vitest'
import { FailedLoads } from './failed-loads.ts'

function loads() {
  let now = 0
  return { failed: new FailedLoads(() => now), pass: (milliseconds: number) => (now += milliseconds) }
}

it('tabs that fail while the network process is away, or just before, are loaded again, each once', () => {
  const { failed, pass } = loads()
  failed.failed('long ago', 'refused')
  pass(10_000)
  failed.failed('just before', 'dropped')
  pass(1_000)
  failed.processDown(['loading'])
  failed.failed('meanwhile', 'networkStopped')
  expect(failed.processUp()).toEqual(['just before', 'loading', 'meanwhile'])
  failed.processDown([])
  expect(failed.processUp()).toEqual([])
})

it('a tab that failed for another reason, loads something else or is closed stays as it is', () => {
  const { failed } = loads()
  failed.processDown([])
  failed.failed('certificate', 'certificate')
  failed.failed('unknown', 'hostNotFound')
  failed.failed('gone on', 'networkStopped')
  failed.forget('gone on')
  expect(failed.processUp()).toEqual([])
})
