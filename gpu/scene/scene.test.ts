import { describe, expect, it } from 'vitest'
import { cssColour, readColour } from './colour.ts'
import { ease } from './easing.ts'
import { filmed, plain, snapped } from './quads.ts'
import { coverCrop, mixCrops } from './scene.ts'

describe('scenes', () => {
  it('show the upper part of a picture that is too high, the middle of one too wide', () => {
    expect(coverCrop({ width: 400, height: 400 }, { width: 200, height: 100 })).toEqual({
      left: 0,
      top: 0,
      right: 1,
      bottom: 0.5,
    })
    expect(coverCrop({ width: 400, height: 100 }, { width: 200, height: 100 })).toEqual({
      left: 0.25,
      top: 0,
      right: 0.75,
      bottom: 1,
    })
    const whole = { left: 0, top: 0, right: 1, bottom: 1 }
    expect(coverCrop({ width: 0, height: 0 }, { width: 1, height: 0 })).toEqual(whole)
    expect(mixCrops(whole, { left: 0.5, top: 0, right: 1, bottom: 0.5 }, 0.5)).toEqual({
      left: 0.25,
      top: 0,
      right: 1,
      bottom: 0.75,
    })
  })

  it('fall on the pixels of the screen', () => {
    expect(snapped(plain({ x: 1.3, y: 2.6, width: 1, height: 1 }, [0, 0, 0, 1]), 2)).toMatchObject({
      x: 1.5,
      y: 2.5,
    })
  })

  it('are moved and made larger by a camera', () => {
    const camera = { from: { x: 10, y: 10 }, to: { x: 0, y: 0 }, scale: 2 }
    expect(filmed(camera, plain({ x: 15, y: 20, width: 5, height: 5 }, [0, 0, 0, 1], 3), 0.5)).toMatchObject({
      x: 10,
      y: 20,
      width: 10,
      height: 10,
      radius: 6,
      opacity: 0.5,
    })
  })

  it('read the colours that a browser writes', () => {
    expect(readColour('rgb(255, 0, 51)')).toEqual([1, 0, 0.2, 1])
    expect(readColour('rgba(0, 0, 0, 0.5)')).toEqual([0, 0, 0, 0.5])
    expect(readColour('color(srgb 0.1 0.2 0.3 / 0.4)')).toEqual([0.1, 0.2, 0.3, 0.4])
    expect([readColour('red'), readColour(''), readColour('rgb(a, b, c)')]).toEqual([null, null, null])
    expect(cssColour([1, 0, 0.2, 0.5])).toBe('rgba(255, 0, 51, 0.5)')
  })

  it('begin quickly and come to rest', () => {
    const steps = [-1, 0, 0.1, 0.2, 0.5, 1, 2].map(ease)
    expect(steps).toEqual(steps.toSorted((one, other) => one - other))
    expect([steps.at(0), steps.at(1), steps.at(-1)]).toEqual([0, 0, 1])
    expect(ease(0.2)).toBeGreaterThan(0.49)
  })
})
