import type { OnBeforeRequestListenerDetails, Session, UploadData } from 'electron'
import { expect, it } from 'vitest'
import { SimulatedClock } from '../../ipc/simulated-clock.ts'
import type { RequestSource } from '../network/web-request.ts'
import { Uploads } from './uploads.ts'

const large = [{ bytes: Buffer.alloc(100_000) }]
const source: RequestSource = { session: {} as Session, isPrivate: false }

function start() {
  const clock = new SimulatedClock()
  const uploads = new Uploads(clock)
  const begin = (uploadData: readonly Partial<UploadData>[], resourceType = 'xhr'): void => {
    const request = { id: 1, webContentsId: 7, method: 'POST', uploadData, resourceType }
    // Of a request the part looks at nothing else.
    uploads.part.decide?.(request as unknown as OnBeforeRequestListenerDetails, source)
  }
  const end = (how: 'onStarted' | 'onRedirected' | 'onCompleted' | 'onFailed'): void =>
    uploads.part[how]?.({ id: 1 } as never, source)
  return { clock, uploads, begin, end }
}

it.each(['onStarted', 'onRedirected', 'onCompleted', 'onFailed'] as const)(
  'a page sends until somebody answers, or nobody will: %s',
  how => {
    const { clock, uploads, begin, end } = start()
    begin(large)
    clock.advance(3_600_000)
    expect([uploads.isUploading(7), uploads.isUploading(8)]).toEqual([true, false])
    end(how)
    expect(uploads.isUploading(7)).toBe(false)
  },
)

it('a file is an upload whatever its size; a few bytes are sent soon, and what waits then is no upload', () => {
  const { clock, uploads, begin } = start()
  begin([{ bytes: Buffer.alloc(0), blobUUID: 'b' }])
  clock.advance(60_000)
  expect(uploads.isUploading(7)).toBe(true)
  begin([{ bytes: Buffer.alloc(100) }])
  expect(uploads.isUploading(7)).toBe(true)
  clock.advance(15_000)
  expect(uploads.isUploading(7)).toBe(false)
})

it('a request without a body is no upload, and a ping needs no page', () => {
  const { uploads, begin } = start()
  begin([])
  begin(large, 'ping')
  expect(uploads.isUploading(7)).toBe(false)
})
