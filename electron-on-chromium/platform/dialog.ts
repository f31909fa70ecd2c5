import type {
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron'
import { type DialogPage, DialogWindow } from './dialog-page.ts'
import { chooseFiles, choosePath } from './file-dialog.ts'
import { platformHost } from './host.ts'
import { UnsupportedApiError } from './unsupported.ts'

/** The functions take a window first, or not. */
function lastOf<T extends object>(args: readonly unknown[], name: string): T {
  const options = args.length > 1 ? args[1] : args[0]
  if (typeof options !== 'object' || options === null)
    throw new TypeError(`${name}: options must be an object`)
  return options as T
}

function checkTexts(options: object, names: readonly string[]): void {
  for (const name of names) {
    const value: unknown = Reflect.get(options, name)
    if (value !== undefined && typeof value !== 'string') throw new TypeError(`${name} must be a string`)
  }
}

function checkMessageBox(options: MessageBoxOptions): void {
  checkTexts(options, ['message', 'title', 'detail', 'checkboxLabel'])
  if (options.buttons !== undefined && !Array.isArray(options.buttons))
    throw new TypeError('Buttons must be an array')
}

/** The button that Escape means: as told, else the first that says so, else the first of all. */
function cancelButtonOf({ cancelId, buttons = [] }: MessageBoxOptions): number {
  if (cancelId !== undefined) return cancelId
  return Math.max(
    0,
    buttons.findIndex(label => /^(cancel|no)$/i.test(label.replaceAll('&', ''))),
  )
}

/**
 * Without a screen nobody can answer, and nothing may hang: every dialog is dismissed at once, as by Escape, and the
 * terminal says so. An application under test replaces these functions, as it does with Electron.
 */
function dismissed(what: string, text: string): void {
  process.stderr.write(`electron-on-chromium: ${what} dismissed, nobody sees it: ${text}\n`)
}

function messagePage(options: MessageBoxOptions): DialogPage {
  const buttons = options.buttons?.length ? options.buttons : ['OK']
  return {
    title: options.title ?? platformHost().applicationName(),
    message: options.message,
    detail: options.detail ?? '',
    width: 460,
    height: 220,
    buttons: buttons.map(label => label.replace(/&(?=\S)/, '')),
    defaultButton: options.defaultId ?? 0,
    cancelButton: cancelButtonOf(options),
    checkbox: options.checkboxLabel
      ? { label: options.checkboxLabel, isChecked: options.checkboxChecked ?? false }
      : null,
    list: null,
    input: null,
    isMultiple: false,
  }
}

async function showMessageBox(...args: readonly unknown[]): Promise<MessageBoxReturnValue> {
  const options = lastOf<MessageBoxOptions>(args, 'showMessageBox')
  checkMessageBox(options)
  const cancelled = { response: cancelButtonOf(options), checkboxChecked: options.checkboxChecked ?? false }
  if (options.signal?.aborted) return cancelled
  const page = messagePage(options)
  using window = await DialogWindow.open(page)
  if (!window) {
    dismissed('message box', options.message)
    return cancelled
  }
  const aborted = new Promise<null>(resolve =>
    options.signal?.addEventListener('abort', () => resolve(null), { once: true }),
  )
  const answer = await Promise.race([window.ask(page), aborted])
  return answer ? { response: answer.button, checkboxChecked: answer.isChecked } : cancelled
}

function refuseToBlock(api: string): void {
  if (platformHost().isWindowed())
    throw new UnsupportedApiError(api, 'a dialog in a page cannot block; use the asynchronous one')
}

/** The `dialog` module. */
export const dialog = {
  showMessageBox,
  showMessageBoxSync(...args: readonly unknown[]): number {
    const options = lastOf<MessageBoxOptions>(args, 'showMessageBoxSync')
    checkMessageBox(options)
    refuseToBlock('dialog.showMessageBoxSync')
    dismissed('message box', options.message)
    return cancelButtonOf(options)
  },
  showErrorBox(title: string, content: string): void {
    if (typeof title !== 'string' || typeof content !== 'string')
      throw new TypeError('showErrorBox expects two strings')
    process.stderr.write(`${title}\n${content}\n`)
    if (!platformHost().isReady() || !platformHost().isWindowed()) return
    void showMessageBox({ title, message: title, detail: content, type: 'error' })
  },
  async showOpenDialog(...args: readonly unknown[]): Promise<OpenDialogReturnValue> {
    const options = lastOf<OpenDialogOptions>(args, 'showOpenDialog')
    checkTexts(options, ['title', 'defaultPath', 'buttonLabel', 'message'])
    if (!platformHost().isWindowed()) {
      dismissed('open dialog', options.title ?? '')
      return { canceled: true, filePaths: [] }
    }
    const filePaths = await chooseFiles(options)
    return { canceled: filePaths.length === 0, filePaths }
  },
  showOpenDialogSync(...args: readonly unknown[]): string[] | undefined {
    const options = lastOf<OpenDialogOptions>(args, 'showOpenDialogSync')
    checkTexts(options, ['title', 'defaultPath', 'buttonLabel', 'message'])
    refuseToBlock('dialog.showOpenDialogSync')
    dismissed('open dialog', options.title ?? '')
    return undefined
  },
  async showSaveDialog(...args: readonly unknown[]): Promise<SaveDialogReturnValue> {
    const options = lastOf<SaveDialogOptions>(args, 'showSaveDialog')
    checkTexts(options, ['title', 'defaultPath', 'buttonLabel', 'message'])
    if (!platformHost().isWindowed()) {
      dismissed('save dialog', options.title ?? '')
      return { canceled: true, filePath: '' }
    }
    const filePath = await choosePath(options)
    return { canceled: filePath === '', filePath }
  },
  showSaveDialogSync(...args: readonly unknown[]): string {
    const options = lastOf<SaveDialogOptions>(args, 'showSaveDialogSync')
    checkTexts(options, ['title', 'defaultPath', 'buttonLabel', 'message'])
    refuseToBlock('dialog.showSaveDialogSync')
    dismissed('save dialog', options.title ?? '')
    return ''
  },
  async showCertificateTrustDialog(..._args: readonly unknown[]): Promise<void> {
    throw new UnsupportedApiError('dialog.showCertificateTrustDialog', 'it belongs to macOS and Windows')
  },
}
