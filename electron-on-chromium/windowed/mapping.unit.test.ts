import { describe, expect, it } from 'vitest'
import { cssColor, rgbaOf } from './color.ts'
import { safeCursor } from './cursor.ts'
import { inputOf } from './key-input.ts'
import { keyEventOf, mouseEventOf, wheelEventOf } from './view-input.ts'
import type { KeyMessage, MouseMessage } from './wire.ts'
import { zoomOf } from './zoom.ts'

const key: KeyMessage = {
  kind: 'key',
  type: 'down',
  key: 'a',
  code: 'KeyA',
  keyCode: 65,
  location: 0,
  isAutoRepeat: false,
  isComposing: false,
  modifiers: 0,
}

const press: MouseMessage = {
  kind: 'mouse',
  viewId: 1,
  type: 'down',
  x: 120,
  y: 60,
  button: 2,
  buttons: 2,
  clickCount: 2,
  modifiers: 8,
}

describe('keys', () => {
  it('type their character', () => {
    expect(keyEventOf(key)).toMatchObject({ type: 'keyDown', text: 'a', key: 'a', windowsVirtualKeyCode: 65 })
    expect(keyEventOf({ ...key, key: '😀' })).toMatchObject({ type: 'keyDown', text: '😀' })
    expect(keyEventOf({ ...key, key: 'Enter' })).toMatchObject({ type: 'keyDown', text: '\r' })
  })

  it('type nothing when they go up, are named, or are a command', () => {
    const silent = [
      { ...key, type: 'up' as const },
      { ...key, key: 'ArrowLeft' },
      { ...key, modifiers: 2 },
      { ...key, modifiers: 1 },
      { ...key, modifiers: 4 },
    ]
    for (const each of silent) expect(keyEventOf(each)).not.toHaveProperty('text')
    expect(silent.map(each => keyEventOf(each).type)).toEqual([
      'keyUp',
      'rawKeyDown',
      'rawKeyDown',
      'rawKeyDown',
      'rawKeyDown',
    ])
  })

  it('type with AltGr', () => {
    expect(keyEventOf({ ...key, key: '@', modifiers: 3 })).toMatchObject({ type: 'keyDown', text: '@' })
  })

  it('tell DevTools of the keypad apart from left and right', () => {
    expect(keyEventOf({ ...key, key: '1', location: 3 })).toMatchObject({ isKeypad: true })
    expect(keyEventOf({ ...key, key: '1', location: 3 })).not.toHaveProperty('location')
    expect(keyEventOf({ ...key, key: 'Shift', location: 2 })).toMatchObject({ location: 2 })
  })

  it('are told to before-input-event as Electron does', () => {
    expect(inputOf({ ...key, key: 'A', modifiers: 2 | 8, isAutoRepeat: true })).toEqual({
      type: 'keyDown',
      key: 'A',
      code: 'KeyA',
      isAutoRepeat: true,
      isComposing: false,
      shift: true,
      control: true,
      alt: false,
      meta: false,
      location: 0,
      modifiers: ['shift', 'control', 'isautorepeat'],
    })
  })
})

describe('the mouse', () => {
  it('presses with button, count and modifiers, where the page sees it', () => {
    expect(mouseEventOf(press, 1.5)).toEqual({
      type: 'mousePressed',
      x: 80,
      y: 40,
      button: 'right',
      buttons: 2,
      clickCount: 2,
      modifiers: 8,
    })
  })

  it('drags with the button that is held', () => {
    const move = { ...press, type: 'move' as const, button: -1, buttons: 1, clickCount: 0 }
    expect(mouseEventOf(move, 1)).toMatchObject({ type: 'mouseMoved', button: 'left', buttons: 1 })
    expect(mouseEventOf({ ...move, buttons: 0 }, 1)).toMatchObject({ button: 'none' })
  })

  it('leaves by going where the view is not', () => {
    const { x, y } = mouseEventOf({ ...press, type: 'leave' }, 1)
    expect(x).toBeLessThan(0)
    expect(y).toBeLessThan(0)
  })

  it('turns the wheel by what the person turned, whatever the zoom', () => {
    const turned = {
      kind: 'wheel' as const,
      viewId: 1,
      x: 20,
      y: 10,
      deltaX: 0.5,
      deltaY: -120,
      modifiers: 2,
    }
    expect(wheelEventOf(turned, 2)).toEqual({
      type: 'mouseWheel',
      x: 10,
      y: 5,
      deltaX: 0.5,
      deltaY: -120,
      modifiers: 2,
    })
  })
})

describe('the zoom of a view', () => {
  it('follows from its size and the page’s', () => {
    expect(zoomOf({ width: 1000, height: 600 }, { width: 800, height: 480 })).toBe(1.25)
    expect(zoomOf({ width: 1001, height: 601 }, { width: 834, height: 501 })).toBeCloseTo(1.2, 2)
  })

  it('is not read from a frame of before the view was resized', () => {
    expect(zoomOf({ width: 1000, height: 600 }, { width: 1000, height: 400 })).toBeNull()
    expect(zoomOf({ width: 0, height: 600 }, { width: 1000, height: 400 })).toBeNull()
  })
})

describe('cursors', () => {
  it('are keywords only: a page cannot have our window load its pictures', () => {
    expect(safeCursor('pointer')).toBe('pointer')
    expect(safeCursor('url("http://tracker.test/a.png") 2 2, grab')).toBe('grab')
    expect(safeCursor('url(x)')).toBe('default')
    expect(safeCursor('pointer; background: red')).toBe('default')
  })
})

describe('colours', () => {
  it('are read as Electron writes them, alpha first', () => {
    expect(rgbaOf('#80FF0010')).toEqual({ r: 255, g: 0, b: 16, a: 128 / 255 })
    expect(rgbaOf('#fc0')).toEqual({ r: 255, g: 204, b: 0, a: 1 })
    expect(rgbaOf('transparent').a).toBe(0)
    expect(cssColor('#80FF0010')).toBe('#FF001080')
    expect(cssColor('#FF0010')).toBe('#FF0010')
  })
})
