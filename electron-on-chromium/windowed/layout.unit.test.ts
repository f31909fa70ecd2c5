import { describe, expect, it } from 'vitest'
import type { DevToolsSession } from '../chromium/devtools.ts'
import type { FaceView } from '../main/face.ts'
import { coveredViews, layoutOf } from './layout.ts'

const noSession: DevToolsSession = {
  sessionId: null,
  targetId: null,
  isDetached: true,
  send: () => Promise.reject(new Error('nothing is sent here')),
  on: () => ({ [Symbol.dispose]: () => {} }),
  onDetached: () => ({ [Symbol.dispose]: () => {} }),
}

function view(viewId: number, changes: Partial<FaceView> = {}): FaceView {
  return {
    viewId,
    session: noSession,
    bounds: { x: 0, y: 0, width: 800, height: 600 },
    isVisible: true,
    zIndex: viewId,
    backgroundColor: null,
    borderRadius: 0,
    ...changes,
  }
}

const window = { width: 800, height: 600 }

describe('the layout of a window', () => {
  it('stacks views and panes by their z-index, and leaves out what cannot be seen', () => {
    const layout = layoutOf(
      '#80FF0000',
      [
        view(1, { zIndex: 5 }),
        view(2, { zIndex: 1, backgroundColor: '#00112233', borderRadius: 8 }),
        view(3, { isVisible: false }),
        view(4, { bounds: { x: 0, y: 0, width: 0, height: 10 } }),
      ],
      [
        {
          bounds: { x: 1, y: 2, width: 3, height: 4 },
          zIndex: 3,
          backgroundColor: '#ABCDEF',
          borderRadius: 0,
        },
      ],
    )
    expect(layout).toEqual({
      background: '#FF000080',
      layers: [
        {
          viewId: 2,
          box: { x: 0, y: 0, width: 800, height: 600 },
          background: '#11223300',
          borderRadius: 8,
        },
        { viewId: null, box: { x: 1, y: 2, width: 3, height: 4 }, background: '#ABCDEF', borderRadius: 0 },
        { viewId: 1, box: { x: 0, y: 0, width: 800, height: 600 }, background: '#FFFFFF', borderRadius: 0 },
      ],
    })
  })
})

describe('views that need no frames', () => {
  it('are those behind an opaque view that covers them', () => {
    expect([...coveredViews([view(1), view(2)], window)]).toEqual([1])
  })

  it('are not those that show at a rounded corner, through a see-through view, or beside a smaller one', () => {
    expect([...coveredViews([view(1), view(2, { borderRadius: 4 })], window)]).toEqual([])
    expect([...coveredViews([view(1), view(2, { backgroundColor: '#80FFFFFF' })], window)]).toEqual([])
    const smaller = view(2, { bounds: { x: 1, y: 0, width: 799, height: 600 } })
    expect([...coveredViews([view(1), smaller], window)]).toEqual([])
  })

  it('are not covered by a view that is hidden', () => {
    expect([...coveredViews([view(1), view(2, { isVisible: false })], window)]).toEqual([])
  })

  it('are those outside the window', () => {
    const outside = view(1, { bounds: { x: 800, y: 0, width: 10, height: 10 } })
    const partly = view(2, { bounds: { x: -5, y: 0, width: 10, height: 10 } })
    expect([...coveredViews([outside, partly], window)]).toEqual([1])
  })
})
