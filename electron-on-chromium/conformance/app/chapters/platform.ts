// The modules around the edges: menus, dialogs, clipboard, images, theme, screen, storage of secrets.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  app,
  clipboard,
  crashReporter,
  dialog,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  powerMonitor,
  safeStorage,
  screen,
  shell,
} from 'electron'
import { inPage, next, openPage, openWindow, until } from '../harness/page.ts'
import { assertSame } from '../harness/same.ts'
import { chapter, it } from './registry.ts'

const redPixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='

chapter('platform', () => {
  it('Menu.buildFromTemplate makes items with their types, labels, states and submenus', () => {
    const menu = Menu.buildFromTemplate([
      {
        label: 'File',
        submenu: [
          { label: 'Open', accelerator: 'CmdOrCtrl+O', id: 'open' },
          { type: 'separator' },
          { label: 'Wrap', type: 'checkbox', checked: true, enabled: false },
          { label: 'One', type: 'radio' },
          { label: 'Two', type: 'radio', checked: true },
        ],
      },
      { role: 'editMenu' },
    ])
    const [file, edit] = menu.items
    assert.deepEqual(
      [file?.label, file?.type, edit?.role, menu.items.length],
      ['File', 'submenu', 'editmenu', 2],
    )
    const items = file?.submenu?.items ?? []
    assert.deepEqual(
      items.map(({ type, checked, enabled }) => [type, checked, enabled]),
      [
        ['normal', false, true],
        ['separator', false, true],
        ['checkbox', true, false],
        ['radio', false, true],
        ['radio', true, true],
      ],
    )
    assertSame(menu.getMenuItemById('open'), items[0])
    assert.equal(menu.getMenuItemById('none'), null)
  })

  it('before, after and the groups of a template order its items as documented', () => {
    const menu = Menu.buildFromTemplate([
      { id: '1', label: 'one', after: ['3'] },
      { id: '2', label: 'two', before: ['1'] },
      { id: '3', label: 'three' },
    ])
    assert.deepEqual(
      menu.items.map(({ id }) => id),
      ['3', '2', '1'],
    )
    const grouped = Menu.buildFromTemplate([
      { id: '1', label: 'one' },
      { type: 'separator' },
      { id: '3', label: 'three', beforeGroupContaining: ['1'] },
      { id: '4', label: 'four', afterGroupContaining: ['2'] },
      { type: 'separator' },
      { id: '2', label: 'two' },
    ])
    assert.deepEqual(
      grouped.items.map(({ id, type }) => (type === 'separator' ? '---' : id)),
      ['3', '4', '---', '1', '---', '2'],
    )
  })

  it('append and insert add items, and click runs the handler with the item', () => {
    const menu = new Menu()
    const clicked: unknown[] = []
    menu.append(new MenuItem({ label: 'second', click: item => clicked.push(item.label) }))
    menu.insert(0, new MenuItem({ label: 'first' }))
    assert.deepEqual(
      menu.items.map(({ label }) => label),
      ['first', 'second'],
    )
    menu.items[1]?.click()
    assert.deepEqual(clicked, ['second'])
  })

  it('a click checks a checkbox, and a radio item unchecks the others of its group', () => {
    const menu = Menu.buildFromTemplate([
      { label: 'box', type: 'checkbox' },
      { type: 'separator' },
      { label: 'one', type: 'radio', checked: true },
      { label: 'two', type: 'radio' },
    ])
    menu.items[0]?.click()
    menu.items[3]?.click()
    assert.deepEqual(
      menu.items.filter(({ type }) => type !== 'separator').map(({ checked }) => checked),
      [true, false, true],
    )
  })

  it('an item without label, role or type is refused', () => {
    assert.throws(() => new MenuItem({ type: 'no such type' as 'normal' }))
    assert.throws(() => Menu.buildFromTemplate('not a list' as unknown as []))
  })

  it('the application menu is what was set, and null when it is taken away', t => {
    const before = Menu.getApplicationMenu()
    t.defer(() => Menu.setApplicationMenu(before))
    const menu = Menu.buildFromTemplate([{ label: 'Own', submenu: [{ label: 'Item' }] }])
    Menu.setApplicationMenu(menu)
    assertSame(Menu.getApplicationMenu(), menu)
    Menu.setApplicationMenu(null)
    assert.equal(Menu.getApplicationMenu(), null)
  })

  it('an accelerator of the application menu clicks its item, unless before-input-event prevents it', async t => {
    const before = Menu.getApplicationMenu()
    t.defer(() => Menu.setApplicationMenu(before))
    let clicks = 0
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        { label: 'Own', submenu: [{ label: 'Go', accelerator: 'Control+Shift+G', click: () => clicks++ }] },
      ]),
    )
    const window = await openPage(t)
    window.show()
    window.webContents.focus()
    const press = (): void =>
      window.webContents.sendInputEvent({ type: 'keyDown', keyCode: 'G', modifiers: ['control', 'shift'] })
    press()
    await until(() => clicks === 1, 'the click')
    window.webContents.on('before-input-event', event => event.preventDefault())
    const seen = next(window.webContents, 'before-input-event')
    press()
    await seen
    await inPage(window.webContents, '1')
    assert.equal(clicks, 1)
  })

  it('the accelerator of a disabled item does nothing', async t => {
    const before = Menu.getApplicationMenu()
    t.defer(() => Menu.setApplicationMenu(before))
    const clicks: string[] = []
    Menu.setApplicationMenu(
      Menu.buildFromTemplate([
        {
          label: 'Own',
          submenu: [
            { label: 'Off', accelerator: 'Ctrl+D', enabled: false, click: () => clicks.push('off') },
            { label: 'On', accelerator: 'Ctrl+E', click: () => clicks.push('on') },
          ],
        },
      ]),
    )
    const window = await openPage(t)
    window.show()
    window.webContents.focus()
    for (const keyCode of ['D', 'E']) {
      window.webContents.sendInputEvent({ type: 'keyDown', keyCode, modifiers: ['control'] })
    }
    await until(() => clicks.includes('on'), 'the enabled item')
    assert.deepEqual(clicks, ['on'])
  })

  it('dialog has its methods, and they refuse arguments that are none', async () => {
    for (const method of [
      'showOpenDialog',
      'showSaveDialog',
      'showMessageBox',
      'showErrorBox',
      'showOpenDialogSync',
      'showSaveDialogSync',
      'showMessageBoxSync',
    ] as const) {
      assert.equal(typeof dialog[method], 'function', method)
    }
    await assert.rejects(async () => dialog.showOpenDialog({ title: 300 as unknown as string }), TypeError)
    await assert.rejects(async () => dialog.showMessageBox({ message: 1 as unknown as string }), TypeError)
  })

  it('shell has its methods, and openExternal refuses what is no address', async () => {
    for (const method of ['openExternal', 'openPath', 'showItemInFolder', 'trashItem', 'beep'] as const) {
      assert.equal(typeof shell[method], 'function', method)
    }
    await assert.rejects(async () => shell.openExternal('not an address'))
  })

  it('shell.trashItem removes the file, or says that it cannot', async t => {
    const path = join(app.getPath('userData'), 'to-trash.txt')
    writeFileSync(path, 'x')
    t.defer(() => undefined)
    await assert.rejects(shell.trashItem(`${path}-that-does-not-exist`))
  })

  it('text of the clipboard is read back', async () => {
    const text = `copied text ${String.fromCodePoint(0x1f600)}`
    await clipboard.writeText(text)
    assert.equal(await clipboard.readText(), text)
    assert.equal(await clipboard.has('text/plain'), true)
    clipboard.clear()
    assert.equal(await clipboard.readText(), '')
  })

  it('a nativeImage from a data URL has its size and pixels', () => {
    const image = nativeImage.createFromDataURL(redPixel)
    assert.deepEqual([image.isEmpty(), image.getSize()], [false, { width: 1, height: 1 }])
    assert.deepEqual([...image.toPNG().subarray(1, 4)].map(code => String.fromCharCode(code)).join(''), 'PNG')
    assert.match(image.toDataURL(), /^data:image\/png;base64,/)
  })

  it('a nativeImage from a buffer or a file is the same, and an unreadable one is empty', () => {
    const png = nativeImage.createFromDataURL(redPixel).toPNG()
    assert.deepEqual(nativeImage.createFromBuffer(png).getSize(), { width: 1, height: 1 })
    const path = join(app.getPath('userData'), 'pixel.png')
    writeFileSync(path, png)
    assert.deepEqual(nativeImage.createFromPath(path).getSize(), { width: 1, height: 1 })
    assert.deepEqual(
      [nativeImage.createEmpty().isEmpty(), nativeImage.createFromPath('/no/such/image.png').isEmpty()],
      [true, true],
    )
    assert.deepEqual(nativeImage.createEmpty().getSize(), { width: 0, height: 0 })
  })

  it('a nativeImage from a bitmap can be resized and cropped', () => {
    const bitmap = Buffer.alloc(4 * 8 * 4, 0xff)
    const image = nativeImage.createFromBitmap(bitmap, { width: 8, height: 4 })
    assert.deepEqual(image.getSize(), { width: 8, height: 4 })
    assert.equal(image.getAspectRatio(), 2)
    assert.deepEqual(image.crop({ x: 1, y: 1, width: 3, height: 2 }).getSize(), { width: 3, height: 2 })
    assert.deepEqual(image.resize({ width: 4 }).getSize(), { width: 4, height: 2 })
    assert.equal(image.toBitmap().length, 4 * 8 * 4)
  })

  it('themeSource decides shouldUseDarkColors, emits updated and reaches the pages', async t => {
    t.defer(() => {
      nativeTheme.themeSource = 'system'
    })
    nativeTheme.themeSource = 'light'
    const { webContents } = await openPage(t)
    const isDark = (): Promise<unknown> =>
      inPage(webContents, `matchMedia('(prefers-color-scheme: dark)').matches`)
    await until(async () => (await isDark()) === false, 'light')
    assert.equal(nativeTheme.shouldUseDarkColors, false)
    const updated = next(nativeTheme, 'updated')
    nativeTheme.themeSource = 'dark'
    await updated
    assert.deepEqual([nativeTheme.shouldUseDarkColors, nativeTheme.themeSource], [true, 'dark'])
    await until(async () => (await isDark()) === true, 'dark')
    const other = await openPage(t)
    assert.equal(await inPage(other.webContents, `matchMedia('(prefers-color-scheme: dark)').matches`), true)
  })

  it('an unknown themeSource is refused', () => {
    assert.throws(() => {
      nativeTheme.themeSource = 'sepia' as 'dark'
    })
    assert.equal(nativeTheme.themeSource, 'system')
  })

  it('screen knows its displays', () => {
    const primary = screen.getPrimaryDisplay()
    assert.ok(primary.bounds.width > 0 && primary.workArea.height > 0 && primary.scaleFactor > 0)
    assert.ok(screen.getAllDisplays().some(({ id }) => id === primary.id))
    assert.deepEqual(screen.getDisplayNearestPoint({ x: 0, y: 0 }).id, primary.id)
    assert.deepEqual(Object.keys(screen.getCursorScreenPoint()).sort(), ['x', 'y'])
  })

  it('powerMonitor tells the idle time and state', () => {
    assert.ok(['active', 'idle', 'locked', 'unknown'].includes(powerMonitor.getSystemIdleState(60)))
    assert.ok(powerMonitor.getSystemIdleTime() >= 0)
    assert.equal(typeof powerMonitor.isOnBatteryPower(), 'boolean')
    assert.equal(typeof powerMonitor.onBatteryPower, 'boolean')
    assert.throws(() => powerMonitor.getSystemIdleState(-1))
  })

  it('safeStorage encrypts and decrypts, or says that it cannot', async t => {
    if (!(await safeStorage.isAsyncEncryptionAvailable())) t.skip('no key store on this machine')
    const secret = 'a secret, Ж'
    const encrypted = await safeStorage.encryptStringAsync(secret)
    assert.ok(Buffer.isBuffer(encrypted) && !encrypted.includes(secret))
    assert.equal((await safeStorage.decryptStringAsync(encrypted)).result, secret)
    await assert.rejects(safeStorage.decryptStringAsync(Buffer.from('no ciphertext')))
  })

  it('safeStorage names its backend on Linux', t => {
    if (process.platform !== 'linux') t.skip('only on Linux')
    assert.match(
      safeStorage.getSelectedStorageBackend(),
      /^(basic_text|gnome_libsecret|kwallet[56]?|unknown)$/,
    )
  })

  it('crashReporter takes parameters once it is started', () => {
    crashReporter.start({ uploadToServer: false, submitURL: '', extra: { given: 'at start' } })
    crashReporter.addExtraParameter('added', 'later')
    assert.deepEqual(crashReporter.getParameters(), { given: 'at start', added: 'later' })
    crashReporter.removeExtraParameter('added')
    assert.deepEqual(crashReporter.getParameters(), { given: 'at start' })
    assert.deepEqual([crashReporter.getUploadToServer(), crashReporter.getUploadedReports()], [false, []])
    assert.equal(crashReporter.getLastCrashReport(), null)
  })

  it('app: locale, metrics, badge, paths that can be set', t => {
    assert.equal(typeof app.getLocale(), 'string')
    assert.ok(app.getPreferredSystemLanguages().length > 0)
    const folder = app.getPath('userData')
    const before = app.getPath('downloads')
    t.defer(() => app.setPath('downloads', before))
    app.setPath('downloads', folder)
    assert.equal(app.getPath('downloads'), folder)
    assert.throws(() => app.getPath('no such path' as 'home'))
    assert.throws(() => app.setPath('no such path', folder))
    assert.deepEqual([app.name, app.getVersion(), app.isPackaged], ['Conformance', '1.2.3', false])
  })

  it('app.isReady and whenReady agree in a running application', async () => {
    assert.equal(app.isReady(), true)
    await app.whenReady()
  })

  it('openDevTools, isDevToolsOpened and closeDevTools can be called', async t => {
    const window = openWindow(t)
    assert.equal(window.webContents.isDevToolsOpened(), false)
    window.webContents.closeDevTools()
    assert.equal(window.webContents.devToolsWebContents, null)
  })

  it('an API that does not exist is undefined or an error that names it', async () => {
    const electron: Record<string, unknown> = await import('electron')
    let outcome: string
    try {
      outcome = String(electron.noSuchModule)
    } catch (error) {
      outcome = String(error)
    }
    assert.match(outcome, /undefined|noSuchModule/)
  })
})
