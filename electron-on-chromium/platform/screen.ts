import { EventEmitter } from 'node:events'
import type { Display, Point, Rectangle } from 'electron'
import { unsupported } from './unsupported.ts'

/** What is known of the displays; A headless application has one that nobody sees. */
interface ScreenReader {
  displays(): readonly { readonly id: number; readonly label: string; readonly bounds: Rectangle }[]
  cursor(): Point
}

const headless: ScreenReader = {
  displays: () => [{ id: 1, label: 'headless', bounds: { x: 0, y: 0, width: 1920, height: 1080 } }],
  cursor: () => ({ x: 0, y: 0 }),
}

/** The `screen` module. */
export class Screen extends EventEmitter {
  #reader: ScreenReader = headless
  dipToScreenRect = unsupported('screen.dipToScreenRect', 'it belongs to Windows')
  screenToDipRect = unsupported('screen.screenToDipRect', 'it belongs to Windows')

  /** @internal Called at boot when there is a screen. */
  setReader(reader: ScreenReader): void {
    this.#reader = reader
  }

  /** @internal To be called when displays came, went or changed. */
  update(before: readonly Display[]): void {
    const now = this.getAllDisplays()
    for (const display of now) {
      const old = before.find(({ id }) => id === display.id)
      if (!old) this.emit('display-added', {}, display)
      else if (JSON.stringify(old) !== JSON.stringify(display))
        this.emit('display-metrics-changed', {}, display, ['bounds', 'workArea'])
    }
    for (const display of before)
      if (!now.some(({ id }) => id === display.id)) this.emit('display-removed', {}, display)
  }

  getAllDisplays(): Display[] {
    return this.#reader.displays().map(({ id, label, bounds }) => ({
      accelerometerSupport: 'unknown',
      bounds: { ...bounds },
      colorDepth: 24,
      colorSpace: '{primaries:BT709, transfer:SRGB, matrix:RGB, range:FULL}',
      depthPerComponent: 8,
      detected: true,
      displayFrequency: 60,
      id,
      internal: false,
      label,
      maximumCursorSize: { width: 0, height: 0 },
      monochrome: false,
      nativeOrigin: { x: bounds.x, y: bounds.y },
      rotation: 0,
      scaleFactor: 1,
      size: { width: bounds.width, height: bounds.height },
      touchSupport: 'unknown',
      workArea: { ...bounds },
      workAreaSize: { width: bounds.width, height: bounds.height },
    }))
  }

  getPrimaryDisplay(): Display {
    const [primary] = this.getAllDisplays()
    if (!primary) throw new Error('There is no display')
    return primary
  }

  getCursorScreenPoint(): Point {
    return this.#reader.cursor()
  }

  getDisplayNearestPoint(point: Point): Display {
    const distance = ({ bounds }: Display) =>
      Math.hypot(
        Math.max(bounds.x - point.x, 0, point.x - bounds.x - bounds.width),
        Math.max(bounds.y - point.y, 0, point.y - bounds.y - bounds.height),
      )
    return this.getAllDisplays().toSorted((a, b) => distance(a) - distance(b))[0] ?? this.getPrimaryDisplay()
  }

  getDisplayMatching(rectangle: Rectangle): Display {
    const shared = ({ bounds }: Display) => {
      const width =
        Math.min(bounds.x + bounds.width, rectangle.x + rectangle.width) - Math.max(bounds.x, rectangle.x)
      const height =
        Math.min(bounds.y + bounds.height, rectangle.y + rectangle.height) - Math.max(bounds.y, rectangle.y)
      return width > 0 && height > 0 ? width * height : 0
    }
    const best = this.getAllDisplays().toSorted((a, b) => shared(b) - shared(a))[0]
    return best && shared(best) > 0 ? best : this.getPrimaryDisplay()
  }

  /** The scale is always 1. */
  dipToScreenPoint(point: Point): Point {
    return { ...point }
  }
  screenToDipPoint(point: Point): Point {
    return { ...point }
  }
}

export const screen = new Screen()
