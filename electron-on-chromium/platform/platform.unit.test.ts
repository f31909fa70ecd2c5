import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Clipboard } from './clipboard.ts'
import { ClipboardItem } from './clipboard-item.ts'
import { CrashReporter } from './crash-reporter.ts'
import { dialog } from './dialog.ts'
import { isSystemDark, NativeTheme } from './native-theme.ts'
import { PowerMonitor } from './power-monitor.ts'
import { SafeStorage } from './safe-storage.ts'
import { Screen } from './screen.ts'
import { shell } from './shell.ts'

describe('the modules around the edges', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'standin-platform-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('safeStorage gives back what it encrypted, also after a restart, and refuses what was changed', () => {
    const storage = new SafeStorage(
      () => folder,
      () => true,
    )
    const encrypted = storage.encryptString('Geheimnis ✓')
    expect(encrypted.includes('Geheimnis')).toBe(false)
    expect(storage.encryptString('Geheimnis ✓').equals(encrypted)).toBe(false)
    const later = new SafeStorage(
      () => folder,
      () => true,
    )
    expect(later.decryptString(encrypted)).toBe('Geheimnis ✓')
    const changed = Buffer.from(encrypted)
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1
    expect(() => later.decryptString(changed)).toThrow(/decrypting/)
    expect(() => later.decryptString(Buffer.from('x'))).toThrow(/decrypting/)
    const [mode] = [statSync(path.join(folder, 'standin-safe-storage.key')).mode & 0o777]
    expect(mode).toBe(0o600)
  })

  it('safeStorage is not available before ready', () => {
    const storage = new SafeStorage(
      () => folder,
      () => false,
    )
    expect([storage.isEncryptionAvailable(), storage.getSelectedStorageBackend()]).toEqual([false, 'unknown'])
    expect(() => storage.encryptString('x')).toThrow(/before app is ready/)
  })

  it('the clipboard holds several formats, and text', async () => {
    const clipboard = new Clipboard('clipboard')
    await clipboard.writeText('hello')
    expect([await clipboard.readText(), await clipboard.has('text/html')]).toEqual(['hello', false])
    await clipboard.write([
      new ClipboardItem({
        'text/plain': 'plain',
        'text/html': Promise.resolve(new Blob(['<b>plain</b>'], { type: 'text/html' })),
        'electron application/bookmark': { title: 't', url: 'u:v' },
      }),
    ])
    const [item] = await clipboard.read()
    expect(item?.types).toEqual(['text/plain', 'text/html', 'electron application/bookmark'])
    expect(await (await item?.getType('text/html'))?.text()).toBe('<b>plain</b>')
    expect(await item?.getType('electron application/bookmark')).toEqual({ title: 't', url: 'u:v' })
    await expect(item?.getType('image/png')).rejects.toThrow(/not found/)
    clipboard.clear()
    expect([await clipboard.readText(), await clipboard.read()]).toEqual(['', []])
    expect(() => new ClipboardItem({})).toThrow(TypeError)
  })

  it('dialogs that nobody sees are dismissed, and never hang', async () => {
    const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    try {
      expect(await dialog.showMessageBox({ message: 'Sure?', buttons: ['Yes', '&No'] })).toEqual({
        response: 1,
        checkboxChecked: false,
      })
      expect(dialog.showMessageBoxSync({ message: 'Sure?', buttons: ['A', 'B'], cancelId: 1 })).toBe(1)
      expect(await dialog.showOpenDialog({})).toEqual({ canceled: true, filePaths: [] })
      expect(await dialog.showSaveDialog({ title: 'Save' })).toEqual({ canceled: true, filePath: '' })
      expect(told).toHaveBeenCalledTimes(4)
    } finally {
      told.mockRestore()
    }
    await expect(dialog.showMessageBox({ message: 1 as unknown as string })).rejects.toThrow(TypeError)
  })

  it('nativeTheme follows its source, and the system without one', async () => {
    const theme = new NativeTheme(true)
    expect(theme.shouldUseDarkColors).toBe(true)
    const updated = once(theme, 'updated')
    theme.themeSource = 'light'
    await updated
    expect(theme.shouldUseDarkColors).toBe(false)
    expect(() => {
      theme.themeSource = 'sepia' as 'dark'
    }).toThrow(TypeError)
    mkdirSync(path.join(folder, 'gtk-3.0'))
    writeFileSync(
      path.join(folder, 'gtk-3.0', 'settings.ini'),
      '[Settings]\ngtk-application-prefer-dark-theme=1\n',
    )
    expect([
      isSystemDark({ GTK_THEME: 'Adwaita:dark' }),
      isSystemDark({ GTK_THEME: 'Adwaita', XDG_CONFIG_HOME: folder }),
      isSystemDark({ XDG_CONFIG_HOME: folder }),
    ]).toEqual([true, false, true])
  })

  it('screen finds the display of a point and of a rectangle', () => {
    const screen = new Screen()
    expect(screen.getPrimaryDisplay().bounds).toEqual({ x: 0, y: 0, width: 1920, height: 1080 })
    const bounds = (x: number) => ({ x, y: 0, width: 100, height: 100 })
    screen.setReader({
      displays: () => [
        { id: 1, label: 'a', bounds: bounds(0) },
        { id: 2, label: 'b', bounds: bounds(100) },
      ],
      cursor: () => ({ x: 7, y: 8 }),
    })
    expect([
      screen.getDisplayNearestPoint({ x: 500, y: 50 }).id,
      screen.getDisplayMatching({ x: 90, y: 0, width: 50, height: 10 }).id,
      screen.getCursorScreenPoint(),
    ]).toEqual([2, 2, { x: 7, y: 8 }])
    const added: number[] = []
    screen.on('display-added', (_event, display) => added.push(display.id))
    screen.update([screen.getPrimaryDisplay()])
    expect(added).toEqual([2])
  })

  it('powerMonitor reads the power supplies', () => {
    const supplies = path.join(folder, 'power')
    const write = (name: string, files: Record<string, string>) => {
      mkdirSync(path.join(supplies, name), { recursive: true })
      for (const [file, text] of Object.entries(files))
        writeFileSync(path.join(supplies, name, file), `${text}\n`)
    }
    expect(new PowerMonitor(supplies).isOnBatteryPower()).toBe(false)
    write('BAT0', { type: 'Battery', status: 'Discharging' })
    expect(new PowerMonitor(supplies).isOnBatteryPower()).toBe(true)
    write('AC', { type: 'Mains', online: '1' })
    expect(new PowerMonitor(supplies).isOnBatteryPower()).toBe(false)
    expect(() => new PowerMonitor(supplies).getSystemIdleState(0)).toThrow(TypeError)
  })

  it('crashReporter keeps parameters, and sends nothing', () => {
    const reporter = new CrashReporter()
    expect(() => reporter.start({})).toThrow(/submitURL/)
    reporter.start({ submitURL: 'http://127.0.0.1:9', extra: { a: '1' } })
    reporter.addExtraParameter('b', '2')
    reporter.removeExtraParameter('a')
    expect([reporter.getParameters(), reporter.getUploadToServer()]).toEqual([{ b: '2' }, false])
  })

  it('shell moves files to the trash, where they can be found again', async () => {
    vi.stubEnv('XDG_DATA_HOME', folder)
    const file = path.join(folder, 'to trash.txt')
    for (const text of ['first', 'second']) {
      writeFileSync(file, text)
      await shell.trashItem(file)
    }
    vi.unstubAllEnvs()
    const trash = path.join(folder, 'Trash')
    expect(readFileSync(path.join(trash, 'files', 'to trash.2.txt'), 'utf8')).toBe('second')
    expect(readFileSync(path.join(trash, 'info', 'to trash.txt.trashinfo'), 'utf8')).toContain(
      'to%20trash.txt',
    )
    await expect(shell.trashItem(file)).rejects.toThrow()
    await expect(shell.openExternal('no address')).rejects.toThrow('Invalid URL')
  })
})
