import { EventEmitter } from 'node:events'
import type { BaseWindow, MenuItemConstructorOptions, NativeImage, PopupOptions, SharingItem } from 'electron'
import {
  isAcceleratorPressed,
  type KeyStroke,
  type ParsedAccelerator,
  parseAccelerator,
} from './accelerator.ts'
import { type PlatformWebContents, type PlatformWindow, platformHost } from './host.ts'
import { orderItems } from './menu-order.ts'
import { performRole, roleDefaults } from './menu-roles.ts'
import { UnsupportedApiError } from './unsupported.ts'

type ItemType = 'normal' | 'separator' | 'submenu' | 'checkbox' | 'radio' | 'header' | 'palette'
type Role = NonNullable<MenuItemConstructorOptions['role']>

const itemTypes: readonly string[] = [
  'normal',
  'separator',
  'submenu',
  'checkbox',
  'radio',
  'header',
  'palette',
] satisfies ItemType[]

let lastCommandId = 0

export class MenuItem {
  readonly commandId: number = ++lastCommandId
  readonly accelerator: string | null
  readonly role?: Role
  readonly submenu?: Menu
  readonly type: ItemType
  readonly userAccelerator = null
  accessibilityLabel: string
  acceleratorWorksWhenHidden: boolean
  enabled: boolean
  icon?: NativeImage | string
  id: string
  label: string
  registerAccelerator: boolean
  sharingItem: SharingItem
  sublabel: string
  toolTip: string
  visible: boolean
  /** The menu that the item is part of; set when it is put in. */
  menu: Menu = undefined as never
  /** Does what a person does by choosing the item. */
  click: (event?: unknown, window?: PlatformWindow, webContents?: PlatformWebContents) => void
  #isChecked: boolean

  constructor(options: MenuItemConstructorOptions) {
    // Further fields of a template become properties of the item.
    for (const [name, value] of Object.entries(options))
      if (!(name in this) && name !== 'click')
        Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true })
    const role = options.role?.toLowerCase()
    const defaults = roleDefaults(role)
    const submenu = options.submenu ?? defaults.submenu
    const type = options.type ?? (submenu ? 'submenu' : 'normal')
    if (!itemTypes.includes(type)) throw new Error(`Unknown menu item type: ${type}`)
    if (type === 'submenu' && !submenu) throw new Error('Invalid submenu')
    if (role !== undefined) this.role = role as Role
    if (submenu)
      this.submenu =
        submenu instanceof Menu
          ? submenu
          : Menu.buildFromTemplate([...(submenu as MenuItemConstructorOptions[])])
    this.type = type
    this.accelerator = options.accelerator ?? defaults.accelerator
    this.accessibilityLabel = options.accessibilityLabel ?? ''
    this.acceleratorWorksWhenHidden = options.acceleratorWorksWhenHidden ?? true
    this.enabled = options.enabled ?? true
    if (options.icon !== undefined) this.icon = options.icon
    this.id = options.id as string
    this.label = options.label ?? defaults.label
    this.registerAccelerator = options.registerAccelerator ?? defaults.registerAccelerator
    this.sharingItem = options.sharingItem as SharingItem
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.visible = options.visible ?? true
    this.#isChecked = options.checked ?? false
    const { click } = options
    this.click = (event, window, webContents) => {
      if (this.type === 'checkbox' || this.type === 'radio') this.checked = !this.checked
      if (performRole(role, window ?? null, webContents ?? null)) return
      if (typeof click === 'function')
        (click as (item: MenuItem, window: unknown, event: unknown) => void)(this, window, event)
    }
  }

  get checked(): boolean {
    return this.#isChecked
  }
  set checked(isChecked: boolean) {
    if (this.type !== 'radio' || !this.menu) {
      this.#isChecked = isChecked
      return
    }
    for (const item of this.menu.radioGroupOf(this)) item.#isChecked = false
    this.#isChecked = true
  }
}

let applicationMenu: Menu | null = null
let isApplicationMenuSet = false

export class Menu extends EventEmitter {
  items: MenuItem[] = []

  static buildFromTemplate(template: readonly (MenuItemConstructorOptions | MenuItem)[]): Menu {
    if (!Array.isArray(template))
      throw new TypeError('Invalid template for Menu: Menu template must be an array')
    const items = template as readonly (MenuItemConstructorOptions | MenuItem)[]
    for (const item of items)
      if (
        typeof item !== 'object' ||
        item === null ||
        !('label' in item || 'role' in item || item.type === 'separator')
      )
        throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
    const menu = new Menu()
    for (const item of withoutSpareSeparators(
      orderItems<MenuItemConstructorOptions | MenuItem>(items, () => ({ type: 'separator' })),
    ))
      menu.append(item instanceof MenuItem ? item : new MenuItem(item))
    return menu
  }

  /** The default menu, from `ready` on, for applications that never set one. */
  static getApplicationMenu(): Menu | null {
    if (!isApplicationMenuSet && platformHost().isReady())
      Menu.setApplicationMenu(
        Menu.buildFromTemplate([
          { role: 'fileMenu' },
          { role: 'editMenu' },
          { role: 'viewMenu' },
          { role: 'windowMenu' },
        ]),
      )
    return applicationMenu
  }

  static setApplicationMenu(menu: Menu | null): void {
    if (menu !== null && !(menu instanceof Menu)) throw new TypeError('Invalid menu')
    applicationMenu = menu
    isApplicationMenuSet = true
  }

  /** For macOS; elsewhere there is nothing to send to. */
  static sendActionToFirstResponder(_action: string): void {}

  /** For Windows. */
  static setHighlightColors(_options: unknown): void {}

  append(item: MenuItem): void {
    this.insert(this.items.length, item)
  }

  insert(position: number, item: MenuItem): void {
    if (!(item instanceof MenuItem)) throw new TypeError('Invalid item')
    if (position < 0) throw new RangeError(`Position ${position} cannot be less than 0`)
    if (position > this.items.length)
      throw new RangeError(`Position ${position} cannot be greater than the total MenuItem count`)
    item.menu = this
    this.items.splice(position, 0, item)
  }

  getItemCount(): number {
    return this.items.length
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item
      const found = item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }

  /** Context menus are not drawn; an application that needs them draws them in its own page. */
  popup(options: PopupOptions = {}): void {
    if (typeof options !== 'object' || options === null) throw new TypeError('Options must be an object')
    if (!options.window && platformHost().allWindows().length === 0)
      throw new Error('Cannot open Menu without a BaseWindow present')
    if (platformHost().isWindowed())
      throw new UnsupportedApiError('menu.popup', 'the windowed face draws no native menus')
    // Headless nobody can choose: the menu opens and closes at once.
    this.emit('menu-will-show', {})
    this.#isOpen = true
    setImmediate(() => {
      this.closePopup()
      options.callback?.()
    })
  }

  closePopup(_window?: BaseWindow): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.emit('menu-will-close', {})
  }

  #isOpen = false

  /** @internal The radio items around one, up to the next separators. */
  radioGroupOf(item: MenuItem): MenuItem[] {
    const index = this.items.indexOf(item)
    const isBoundary = ({ type }: MenuItem) => type === 'separator'
    const start = this.items.slice(0, index).findLastIndex(isBoundary) + 1
    const end = this.items.findIndex((other, at) => at > index && isBoundary(other))
    return this.items.slice(start, end === -1 ? undefined : end).filter(({ type }) => type === 'radio')
  }
}

function withoutSpareSeparators<T extends { readonly type?: string; readonly visible?: boolean }>(
  items: readonly T[],
): T[] {
  const isSeparator = (item: T | undefined) => item?.type === 'separator' && item.visible !== false
  const folded = items.filter((item, index) => !isSeparator(item) || !isSeparator(items[index - 1]))
  return folded.filter((item, index) => !isSeparator(item) || (index !== 0 && index !== folded.length - 1))
}

const parsed = new Map<string, ParsedAccelerator | null>()

function parsedAccelerator(text: string): ParsedAccelerator | null {
  if (!parsed.has(text)) parsed.set(text, parseAccelerator(text))
  return parsed.get(text) ?? null
}

/** The item of the application menu whose accelerator that key stroke is, or null. */
export function matchAccelerator(
  stroke: KeyStroke,
  menu: Menu | null = Menu.getApplicationMenu(),
): MenuItem | null {
  for (const item of menu?.items ?? []) {
    if (!item.visible && !item.acceleratorWorksWhenHidden) continue
    if (item.submenu && item.enabled) {
      const found = matchAccelerator(stroke, item.submenu)
      if (found) return found
    }
    if (!item.enabled || !item.registerAccelerator || !item.accelerator || item.submenu) continue
    const accelerator = parsedAccelerator(item.accelerator)
    if (accelerator && isAcceleratorPressed(accelerator, stroke)) return item
  }
  return null
}

/** Clicks the item whose accelerator that key stroke is. True: there was one, the page must not see the key. */
export function runAccelerator(
  stroke: KeyStroke,
  window: PlatformWindow | null = platformHost().focusedWindow(),
  webContents: PlatformWebContents | null = platformHost().focusedWebContents(),
): boolean {
  const item = matchAccelerator(stroke)
  if (!item) return false
  const event = {
    ctrlKey: stroke.control,
    metaKey: stroke.meta,
    shiftKey: stroke.shift,
    altKey: stroke.alt,
    triggeredByAccelerator: true,
  }
  item.click(event, window ?? undefined, webContents ?? undefined)
  return true
}
