import type { BrowserWindow } from 'electron'
import { platformHost } from './host.ts'

/** What a dialog shows; everything in it is text, never markup. */
export interface DialogPage {
  readonly title: string
  readonly message: string
  readonly detail: string
  readonly width: number
  readonly height: number
  readonly buttons: readonly string[]
  readonly defaultButton: number
  /** The button that Escape stands for. */
  readonly cancelButton: number
  readonly checkbox: { readonly label: string; readonly isChecked: boolean } | null
  /** The rows of a list, and a line of text to be edited; for file dialogs. */
  readonly list: readonly { readonly label: string; readonly value: string }[] | null
  readonly input: string | null
  readonly isMultiple: boolean
}

/** What a person did in it. */
interface DialogAnswer {
  readonly button: number
  readonly isChecked: boolean
  readonly input: string
  readonly selected: readonly string[]
  /** The row that was opened by a double click, instead of a button. */
  readonly opened: string | null
}

/** A dialog in a small window of its own. */
export class DialogWindow implements Disposable {
  readonly #window: BrowserWindow
  readonly #closed: Promise<null>

  private constructor(window: BrowserWindow) {
    this.#window = window
    this.#closed = new Promise(resolve => window.once('closed', () => resolve(null)))
  }

  /** null where there is no screen to show it on. */
  static async open(page: DialogPage): Promise<DialogWindow | null> {
    const { openWindow } = platformHost()
    if (!openWindow || !platformHost().isWindowed()) return null
    const window = openWindow({ width: page.width, height: page.height, title: page.title })
    const dialog = new DialogWindow(window)
    await window.loadURL(`data:text/html;charset=utf-8,${encodeURIComponent(document)}`)
    return dialog
  }

  /** Shows a page and waits for the person. null: the window was closed. */
  ask(page: DialogPage): Promise<DialogAnswer | null> {
    const script = `(${askInPage})(${JSON.stringify(page).replaceAll('<', '\\u003c')})`
    const answer: Promise<DialogAnswer | null> = this.#window.webContents.executeJavaScript(script)
    return Promise.race([answer, this.#closed]).catch(() => null)
  }

  [Symbol.dispose](): void {
    if (!this.#window.isDestroyed()) this.#window.close()
  }
}

const document = `<!doctype html><meta charset="utf-8"><style>
  :root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
  body { margin: 0; height: 100vh; box-sizing: border-box; padding: 20px; display: flex; flex-direction: column; gap: 12px;
    background: Canvas; color: CanvasText; }
  h1 { font-size: 15px; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
  p { margin: 0; white-space: pre-wrap; overflow: auto; overflow-wrap: anywhere; opacity: .8; }
  ul { flex: 1; min-height: 0; overflow: auto; margin: 0; padding: 4px; list-style: none;
    border: 1px solid color-mix(in srgb, CanvasText 25%, transparent); border-radius: 6px; }
  li { padding: 3px 8px; border-radius: 4px; cursor: default; }
  li[aria-selected=true] { background: Highlight; color: HighlightText; }
  input[type=text] { font: inherit; padding: 6px 8px; }
  footer { margin-top: auto; display: flex; gap: 8px; justify-content: flex-end; }
  button { font: inherit; padding: 6px 16px; }
</style><body></body>`

const askInPage = `function (page) {
  const { body } = document
  body.replaceChildren()
  document.title = page.title
  const add = (parent, name, properties = {}) => parent.appendChild(Object.assign(document.createElement(name), properties))
  return new Promise(resolve => {
    const selected = new Set()
    let input = null
    let checkbox = null
    const finish = (button, opened = null) => resolve({
      button, opened, isChecked: checkbox?.checked ?? false, input: input?.value ?? '', selected: [...selected],
    })
    if (page.message) add(body, 'h1', { textContent: page.message })
    if (page.detail) add(body, 'p', { textContent: page.detail })
    if (page.list) {
      const list = add(body, 'ul', { role: 'listbox', tabIndex: 0 })
      for (const { label, value } of page.list) {
        const row = add(list, 'li', { role: 'option', textContent: label, ariaSelected: 'false' })
        row.onclick = event => {
          if (!page.isMultiple || !event.ctrlKey) {
            selected.clear()
            for (const other of list.children) other.ariaSelected = 'false'
          }
          selected.add(value)
          row.ariaSelected = 'true'
          if (input && page.input !== null) input.value = value
        }
        row.ondblclick = () => finish(-1, value)
      }
    }
    if (page.input !== null) input = add(body, 'input', { type: 'text', value: page.input, ariaLabel: 'Path' })
    if (page.checkbox) {
      const label = add(body, 'label')
      checkbox = add(label, 'input', { type: 'checkbox', checked: page.checkbox.isChecked })
      label.append(' ' + page.checkbox.label)
    }
    const footer = add(body, 'footer')
    page.buttons.forEach((textContent, index) => {
      const button = add(footer, 'button', { textContent })
      button.onclick = () => finish(index)
      if (index === page.defaultButton) button.focus()
    })
    input?.focus()
    window.onkeydown = event => {
      if (event.key === 'Escape') finish(page.cancelButton)
      if (event.key === 'Enter' && event.target === input) finish(page.defaultButton)
    }
  })
}`
