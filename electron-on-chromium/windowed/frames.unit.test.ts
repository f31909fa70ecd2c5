import { describe, expect, it } from 'vitest'
import type { DevToolsSession } from '../chromium/devtools.ts'
import { type Frame, FrameQueue } from './frame-queue.ts'
import { type Timers, ViewCast } from './view-cast.ts'
import { frameHeaderBytes } from './wire.ts'

function frame(viewId: number, text: string): Frame {
  return { viewId, width: 300, height: 200, picture: Buffer.from(text) }
}

describe('the queue of frames', () => {
  function queueWithPage() {
    const written: string[] = []
    let isOpen = true
    const queue = new FrameQueue(parts => {
      if (!isOpen) return false
      const record = Buffer.concat(parts)
      expect(record.readUInt32LE(0)).toBe(record.length - 4)
      written.push(`${record.readUInt32LE(4)}:${record.subarray(frameHeaderBytes).toString()}`)
      return true
    })
    return {
      queue,
      written,
      setOpen: (open: boolean) => {
        isOpen = open
      },
    }
  }

  it('sends two ahead and keeps the newest of the rest', () => {
    const { queue, written } = queueWithPage()
    for (const name of ['a', 'b', 'c', 'd']) queue.push(frame(1, name))
    expect(written).toEqual(['1:a', '1:b'])
    queue.painted(1)
    expect(written).toEqual(['1:a', '1:b', '1:d'])
    queue.painted(1)
    queue.painted(1)
    queue.push(frame(1, 'e'))
    expect(written).toEqual(['1:a', '1:b', '1:d', '1:e'])
  })

  it('does not let one view wait for another', () => {
    const { queue, written } = queueWithPage()
    for (const name of ['a', 'b', 'c']) queue.push(frame(1, name))
    queue.push(frame(2, 'x'))
    expect(written).toEqual(['1:a', '1:b', '2:x'])
  })

  it('begins anew with a page that begins anew', () => {
    const { queue, written, setOpen } = queueWithPage()
    for (const name of ['a', 'b', 'c']) queue.push(frame(1, name))
    setOpen(false)
    queue.painted(1)
    setOpen(true)
    queue.reset()
    queue.push(frame(1, 'd'))
    expect(written).toEqual(['1:a', '1:b', '1:d'])
  })

  it('says where the picture begins and how large it is shown', () => {
    const records: Buffer[] = []
    const queue = new FrameQueue(parts => records.push(Buffer.concat(parts)) > 0)
    queue.push(frame(7, 'picture'))
    const [record] = records
    expect(record && [record.readUInt32LE(8), record.readUInt16LE(12), record.readUInt16LE(14)]).toEqual([
      1, 300, 200,
    ])
  })
})

/** A page that answers as Chromium does, and timers that run when told. */
function castOfPage(format: 'jpeg' | 'png') {
  const sent: string[] = []
  const listeners = new Set<(params: never) => void>()
  const png = Buffer.alloc(24)
  png.writeUInt32BE(300, 16)
  png.writeUInt32BE(200, 20)
  const session: DevToolsSession = {
    sessionId: 's',
    targetId: 't',
    isDetached: false,
    // One answer for all commands: their types at once cannot be met by it.
    send: (async (method: string) => {
      sent.push(method)
      return { data: png.toString('base64') }
    }) as unknown as DevToolsSession['send'],
    on: (_event: string, listener: (params: never) => void) => {
      listeners.add(listener)
      return { [Symbol.dispose]: () => listeners.delete(listener) }
    },
    onDetached: () => ({ [Symbol.dispose]: () => {} }),
  }
  let due: (() => void) | null = null
  const timers: Timers = {
    set: callback => {
      due = callback
      return callback
    },
    clear: timer => {
      if (due === timer) due = null
    },
  }
  const pushed: Frame[] = []
  const cast = new ViewCast({
    viewId: 1,
    session,
    format,
    zoomOf: () => 1,
    push: each => pushed.push(each),
    timers,
  })
  const draw = (look = 'look'): void => {
    const params = {
      data: Buffer.from(look).toString('base64'),
      sessionId: 1,
      metadata: { deviceWidth: 300, deviceHeight: 200 },
    }
    for (const listener of [...listeners]) listener(params as never)
  }
  const passQuietTime = async (): Promise<void> => {
    const callback = due
    due = null
    callback?.()
    await new Promise(resolve => setImmediate(resolve))
  }
  return { cast, sent, pushed, draw, passQuietTime, hasTimer: () => due !== null }
}

describe('the cast of a view', () => {
  it('acknowledges every frame, and takes one lossless picture when the view has become quiet', async () => {
    const { cast, sent, pushed, draw, passQuietTime } = castOfPage('jpeg')
    cast.start()
    draw('one')
    draw('two')
    await passQuietTime()
    expect(sent).toEqual([
      'Page.startScreencast',
      'Page.screencastFrameAck',
      'Page.screencastFrameAck',
      'Page.captureScreenshot',
    ])
    expect(pushed.map(each => [each.width, each.height])).toEqual([
      [300, 200],
      [300, 200],
      [300, 200],
    ])
  })

  it('does not take the frame that its own picture caused for a change', async () => {
    const { cast, sent, pushed, draw, passQuietTime } = castOfPage('jpeg')
    cast.start()
    draw()
    await passQuietTime()
    draw()
    await passQuietTime()
    expect(sent.filter(method => method === 'Page.captureScreenshot')).toHaveLength(1)
    expect(pushed).toHaveLength(2)
  })

  it('takes a picture of each look once, however often a caret blinks', async () => {
    const { cast, sent, pushed, draw, passQuietTime } = castOfPage('jpeg')
    cast.start()
    for (const look of ['on', 'off', 'on', 'off', 'on']) {
      draw(look)
      await passQuietTime()
    }
    expect(sent.filter(method => method === 'Page.captureScreenshot')).toHaveLength(2)
    const isStill = pushed.map(each => each.picture.length === 24)
    expect(isStill).toEqual([false, true, false, true, true, true, true])
  })

  it('takes no picture where frames are lossless as they are', () => {
    const { cast, draw, hasTimer } = castOfPage('png')
    cast.start()
    draw()
    expect(hasTimer()).toBe(false)
  })

  it('fetches a picture of a new size that was never drawn, and none when it was', async () => {
    const { cast, sent, pushed, draw, passQuietTime } = castOfPage('jpeg')
    cast.start()
    draw('narrow')
    await passQuietTime()
    cast.sizeChanged()
    await passQuietTime()
    expect(sent.filter(method => method === 'Page.captureScreenshot')).toHaveLength(2)
    expect(pushed).toHaveLength(3)
    cast.sizeChanged()
    draw('wide')
    await passQuietTime()
    expect(sent.filter(method => method === 'Page.captureScreenshot')).toHaveLength(3)
    expect(pushed).toHaveLength(5)
  })

  it('shows nothing and waits for nothing once it was stopped', () => {
    const { cast, sent, pushed, draw, hasTimer } = castOfPage('jpeg')
    cast.start()
    draw()
    cast.stop()
    draw()
    expect(pushed).toHaveLength(1)
    expect(hasTimer()).toBe(false)
    expect(sent.at(-2)).toBe('Page.stopScreencast')
  })
})
