import { describe, expect, it } from 'vitest'
import { createEndpoint } from '../../ipc/endpoint.ts'
import { CancelledError, IpcError, ProcessTerminatedError } from '../../ipc/errors.ts'
import { identity } from '../../ipc/identity.ts'
import { AiClient } from './ai-client.ts'

function start() {
  const endpoint = createEndpoint({ identity: identity('controller', 'controller') })
  let starts = 0
  const client = new AiClient({
    endpoint,
    withAi: work => {
      starts += 1
      return work()
    },
  })
  return { client, starts: () => starts }
}

/** Fails with each of these in turn, then answers. */
function failing(...errors: readonly Error[]): () => Promise<string> {
  const left = [...errors]
  return () => {
    const error = left.shift()
    return error === undefined ? Promise.resolve('answer') : Promise.reject(error)
  }
}

const died = new ProcessTerminatedError('ai is gone')

describe('the way to the AI process', () => {
  it('asks the next process what the one that died was asked', async () => {
    const { client, starts } = start()
    let prepared = 0
    const prepare = (): void => {
      prepared += 1
    }
    expect(await client.run(failing(died, died), { prepare })).toBe('answer')
    expect({ starts: starts(), prepared }).toEqual({ starts: 3, prepared: 3 })
  })

  it('gives up on what kills every process, and says that the AI is not there', async () => {
    const { client, starts } = start()
    await expect(client.run(failing(died, died, died))).rejects.toMatchObject({
      code: 'AI_UNAVAILABLE',
      message: expect.stringContaining('Browsing goes on'),
    })
    expect(starts()).toBe(3)
  })

  it('does not ask again for what nobody waits for, nor after a failure that will not pass', async () => {
    const { client, starts } = start()
    const abort = new AbortController()
    const leaving = client.run(
      () => {
        abort.abort()
        return Promise.reject(died)
      },
      { signal: abort.signal },
    )
    await expect(leaving).rejects.toBe(died)
    await expect(client.run(failing(new CancelledError('no')))).rejects.toMatchObject({ code: 'CANCELLED' })
    await expect(client.run(failing(new IpcError('MODEL_MISSING', 'x')))).rejects.toMatchObject({
      code: 'MODEL_MISSING',
    })
    expect(starts()).toBe(3)
  })
})
