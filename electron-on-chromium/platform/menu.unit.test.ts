import { afterEach, describe, expect, it } from 'vitest'
import { isAcceleratorPressed, type KeyStroke, parseAccelerator } from './accelerator.ts'
import { installPlatform, type PlatformHost, type PlatformWebContents, type PlatformWindow } from './host.ts'
import { Menu, MenuItem, matchAccelerator, runAccelerator } from './menu.ts'

const stroke = (key: string, code: string, held = ''): KeyStroke => ({
  type: 'keyDown',
  key,
  code,
  control: held.includes('c'),
  shift: held.includes('s'),
  alt: held.includes('a'),
  meta: held.includes('m'),
})

describe('accelerators', () => {
  it.each<[string, KeyStroke]>([
    ['CommandOrControl+A', stroke('a', 'KeyA', 'c')],
    ['CmdOrCtrl+Shift+Z', stroke('Z', 'KeyZ', 'cs')],
    ['Shift+Escape', stroke('Escape', 'Escape', 's')],
    ['Ctrl+Plus', stroke('+', 'Equal', 'cs')],
    ['Ctrl++', stroke('+', 'NumpadAdd', 'c')],
    ['Ctrl+-', stroke('-', 'Minus', 'c')],
    ['Ctrl+0', stroke('0', 'Digit0', 'c')],
    ['Ctrl+Shift+1', stroke('!', 'Digit1', 'cs')],
    ['Alt+Left', stroke('ArrowLeft', 'ArrowLeft', 'a')],
    ['F11', stroke('F11', 'F11')],
    ['Ctrl+num3', stroke('3', 'Numpad3', 'c')],
    ['Super+Space', stroke(' ', 'Space', 'm')],
    // A keyboard of another script: the place of the key counts.
    ['Ctrl+R', stroke('к', 'KeyR', 'c')],
  ])('%s is pressed', (text, pressed) => {
    const accelerator = parseAccelerator(text)
    expect(accelerator && isAcceleratorPressed(accelerator, pressed)).toBe(true)
  })

  it.each<[string, KeyStroke]>([
    ['Ctrl+A', stroke('a', 'KeyA')],
    ['Ctrl+A', stroke('a', 'KeyA', 'cs')],
    ['Ctrl+A', { ...stroke('a', 'KeyA', 'c'), type: 'keyUp' }],
    ['Ctrl+A', stroke('q', 'KeyA', 'c')],
    ['F1', stroke('F11', 'F11')],
    ['num3', stroke('3', 'Digit3')],
  ])('%s is not pressed by another stroke', (text, pressed) => {
    const accelerator = parseAccelerator(text)
    expect(accelerator && isAcceleratorPressed(accelerator, pressed)).toBe(false)
  })

  it.each(['', 'Ctrl', 'Ctrl+', 'Ctrl+Nothing', 'A+B', 'F25'])('"%s" is none', text => {
    expect(parseAccelerator(text)).toBe(null)
  })
})

describe('menus', () => {
  const calls: string[] = []
  const window = { id: 1, close: () => calls.push('close') } as unknown as PlatformWindow
  const contents = {
    id: 2,
    zoomLevel: 0,
    reload: () => calls.push('reload'),
  } as unknown as PlatformWebContents
  installPlatform({
    isReady: () => true,
    focusedWindow: () => window,
    focusedWebContents: () => contents,
    applicationName: () => 'Test',
    isWindowed: () => false,
    allWindows: () => [],
    quit: () => calls.push('quit'),
  } as unknown as PlatformHost)
  afterEach(() => {
    calls.length = 0
    Menu.setApplicationMenu(null)
  })

  it('order their template', () => {
    const ids = (template: Parameters<typeof Menu.buildFromTemplate>[0]) =>
      Menu.buildFromTemplate(template).items.map(({ id, type }) => (type === 'separator' ? '-' : id))
    const item = (id: string, place = {}) => ({ id, label: id, ...place })
    const line = { type: 'separator' as const }
    expect(ids([item('2'), item('3', { after: ['1'] }), item('1', { before: ['2'] })])).toEqual([
      '1',
      '2',
      '3',
    ])
    expect(ids([item('a'), line, item('b', { before: ['a'] })])).toEqual(['b', 'a'])
    expect(ids([item('a'), line, item('b', { beforeGroupContaining: ['a'] })])).toEqual(['b', '-', 'a'])
    expect(ids([line, item('a'), line, line, item('b'), line])).toEqual(['a', '-', 'b'])
    expect(ids([item('a', { after: ['b'] }), item('b', { after: ['a'] })]).length).toBe(2)
  })

  it('click the item whose accelerator is pressed, wherever it lies', () => {
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        {
          label: 'A',
          submenu: [
            { label: 'go', accelerator: 'Ctrl+G', click: (item, w) => calls.push(`${item.label} ${w?.id}`) },
            { label: 'off', accelerator: 'Ctrl+H', enabled: false, click: () => calls.push('off') },
            { label: 'shown', accelerator: 'Ctrl+I', registerAccelerator: false },
            { label: 'hidden', accelerator: 'Ctrl+J', visible: false, click: () => calls.push('hidden') },
          ],
        },
      ]),
    )
    const pressed = ['g', 'h', 'i', 'j'].map(key =>
      runAccelerator(stroke(key, `Key${key.toUpperCase()}`, 'c')),
    )
    expect([pressed, calls]).toEqual([
      [true, false, false, true],
      ['go 1', 'hidden'],
    ])
  })

  it('do what roles say', () => {
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        { role: 'viewMenu' },
        { role: 'fileMenu' },
        { role: 'windowMenu' },
        { role: 'editMenu' },
      ]),
    )
    for (const [key, code, held] of [
      ['r', 'KeyR', 'c'],
      ['q', 'KeyQ', 'c'],
      ['w', 'KeyW', 'c'],
      ['+', 'Equal', 'cs'],
    ] as const)
      expect(runAccelerator(stroke(key, code, held))).toBe(true)
    expect([calls, contents.zoomLevel]).toEqual([['reload', 'quit', 'close'], 0.5])
    // The page copies by itself.
    expect(matchAccelerator(stroke('c', 'KeyC', 'c'))).toBe(null)
  })

  it('uncheck the other radio items of a group, and keep what else a template says', () => {
    const menu = Menu.buildFromTemplate([
      { label: 'a', type: 'radio', checked: true },
      { label: 'b', type: 'radio' },
      { type: 'separator' },
      { label: 'c', type: 'radio', checked: true },
      { label: 'd', own: 'field' } as { label: string },
    ])
    menu.items[1]?.click()
    expect(menu.items.map(({ checked }) => checked)).toEqual([false, true, false, true, false])
    expect(menu.items[4]).toHaveProperty('own', 'field')
    expect(() => new MenuItem({ type: 'wrong' as 'normal' })).toThrow('Unknown menu item type: wrong')
    expect(() => menu.insert(9, new MenuItem({ label: 'x' }))).toThrow(RangeError)
  })
})
