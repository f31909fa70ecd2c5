import { describe, expect, it } from 'vitest'
import { inputOf, keyCommand, mouseCommand } from './input-events.ts'

describe('keyCommand', () => {
  it('names the key that a shifted letter makes, and its place on the keyboard', () => {
    const command = keyCommand({ type: 'keyDown', keyCode: 'a', modifiers: ['shift', 'ctrl'] })
    expect(command).toMatchObject({
      type: 'rawKeyDown',
      key: 'A',
      code: 'KeyA',
      windowsVirtualKeyCode: 65,
      modifiers: 10,
    })
    expect(inputOf(command)).toMatchObject({
      type: 'keyDown',
      key: 'A',
      code: 'KeyA',
      shift: true,
      control: true,
      alt: false,
    })
  })

  it('knows the names of accelerators', () => {
    const keys = ['Escape', 'F5', 'Up', 'Space'].map(keyCode => keyCommand({ type: 'keyUp', keyCode }).key)
    expect(keys).toEqual(['Escape', 'F5', 'ArrowUp', ' '])
  })
})

describe('mouseCommand', () => {
  it('turns the wheel the way the page counts', () => {
    expect(mouseCommand({ type: 'mouseWheel', x: 1, y: 2, deltaY: 120 })).toMatchObject({
      type: 'mouseWheel',
      deltaY: -120,
    })
  })
})
