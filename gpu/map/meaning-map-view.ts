import type { MapPoint, MeaningMap } from '../../contracts/overview-scene.ts'
import { element } from '../page/elements.ts'
import { SearchBar } from '../page/search-bar.ts'
import type { Surface, Tools, View } from '../page/surface.ts'
import { queryFilter } from '../scene/filter.ts'
import type { Size } from '../scene/painter.ts'
import type { Scene } from '../scene/scene.ts'
import { type MapCamera, type Point, panned, revealing, seeingAll, zoomed } from './map-camera.ts'
import { mapScene, type SeenPoint, seenPoints } from './map-scene.ts'
import { directionOf, nearestTowards, pointAt } from './nearest.ts'
import { PointList } from './point-list.ts'
import { listenToPointer } from './pointer.ts'

export interface MapWishes {
  readonly choose: (id: string) => void
  readonly dismiss: () => void
  readonly search: (query: string) => void
  readonly redraw: () => void
}

type Shown = 'all' | MapPoint['kind']

const zoomStep = 1.4

/** Pages placed by what they mean, to be zoomed, searched and opened. */
export class MeaningMapView implements Surface {
  readonly name = 'map'
  readonly element: HTMLElement
  readonly #wishes: MapWishes
  readonly #bar: SearchBar
  readonly #list = new PointList()
  readonly #empty = element('p', { class: 'empty', hidden: '' })
  #all: MeaningMap = { points: [], regions: [] }
  #map = this.#all
  #shown: Shown = 'all'
  #query = ''
  #matches: ReadonlySet<string> = new Set()
  #found: ReadonlySet<string> = new Set()
  #size: Size = { width: 0, height: 0 }
  #top = 0
  #fitted: MapCamera = { centre: { x: 0, y: 0 }, zoom: 1 }
  #camera = this.#fitted
  #current: string | null = null
  #hovered: string | null = null

  constructor(wishes: MapWishes) {
    this.#wishes = wishes
    this.#bar = new SearchBar({
      label: 'Search the map',
      placeholder: 'Search titles, or by meaning',
      choices: {
        name: 'Pages',
        of: [
          { value: 'all', label: 'All' },
          { value: 'tab', label: 'Tabs' },
          { value: 'history', label: 'History' },
        ],
      },
      onQuery: query => {
        this.#query = query
        this.#matches = new Set()
        this.#find()
        wishes.search(query)
      },
      onChoice: value => {
        if (value === 'all' || value === 'tab' || value === 'history') this.#show(value)
      },
      onLeave: key => {
        if (this.#current === null) return
        if (key === 'Enter') wishes.choose(this.#current)
        else this.#list.focus()
      },
      onDismiss: wishes.dismiss,
    })
    this.#bar.addButton('Farther', 'minus', () => this.#zoom(1 / zoomStep), true)
    this.#bar.addButton('Nearer', 'plus', () => this.#zoom(zoomStep), true)
    this.#bar.addButton('Show all', 'frame', () => this.#look(this.#fitted), true)
    this.element = element(
      'main',
      { class: 'surface', 'aria-label': 'Map of meaning' },
      this.#bar.element,
      this.#list.element,
      this.#empty,
    )
    this.element.addEventListener('keydown', event => this.#answer(event))
    listenToPointer(this.element, {
      zoom: (factor, { x, y }) => this.#zoom(factor, { x, y: y - this.#top }),
      pan: (byX, byY) => this.#look(panned(this.#camera, byX, byY)),
      hover: at => this.#hover(at),
      press: at => {
        const id = this.#pointAt(at)
        if (id === null) return
        this.#setCurrent(id, false)
        wishes.choose(id)
      },
    })
  }

  get count(): number {
    return this.#map.points.length
  }

  setMap(map: MeaningMap): void {
    // Who has not moved the map yet sees all of it, also what came later.
    const isUnmoved = this.#camera === this.#fitted
    this.#all = map
    this.#show(this.#shown)
    if (isUnmoved) this.#look(this.#fitted)
  }

  setMatches(query: string, ids: readonly string[]): void {
    if (query !== this.#query) return
    this.#matches = new Set(ids)
    this.#find()
  }

  prepare(query: string): void {
    this.#query = query
    this.#bar.field.value = query
    this.#matches = new Set()
    this.#top = this.#bar.element.offsetHeight
    this.#show(this.#shown)
    this.#camera = this.#fitted
    this.#find()
  }

  leave(): void {
    this.#hovered = null
  }

  focus(): void {
    if (this.#query === '' && this.#current !== null) this.#list.focus()
    else this.#bar.field.focus()
  }

  resize(size: Size): void {
    this.#size = size
    this.#top = this.#bar.element.offsetHeight
    const wasFitted = this.#camera === this.#fitted
    this.#fitted = seeingAll(this.#map.points, this.#area)
    this.#look(wasFitted ? this.#fitted : this.#camera)
  }

  draw(view: View, tools: Tools): Scene {
    return mapScene(
      {
        ...view,
        map: this.#map,
        camera: this.#camera,
        top: this.#top,
        isFound: point => this.#found.has(point.id),
        isSearching: this.#query !== '',
        current: this.#current,
        hovered: this.#hovered,
      },
      tools,
    )
  }

  get #area(): Size {
    return { width: this.#size.width, height: Math.max(1, this.#size.height - this.#top) }
  }

  #seen(): SeenPoint[] {
    return seenPoints({ map: this.#map, camera: this.#camera, top: this.#top, ...this.#size })
  }

  #show(shown: Shown): void {
    this.#shown = shown
    const points = this.#all.points.filter(point => shown === 'all' || point.kind === shown)
    this.#map = { points, regions: this.#all.regions }
    this.#fitted = seeingAll(points, this.#area)
    const heaviest = points.reduce<MapPoint | null>(
      (best, point) => (best === null || point.weight > best.weight ? point : best),
      null,
    )
    if (!points.some(point => point.id === this.#current)) this.#current = heaviest?.id ?? null
    this.#find()
  }

  #find(): void {
    const filter = queryFilter(this.#query, this.#matches)
    const found = this.#map.points.filter(point => filter(point.id, [point.label, point.detail]))
    this.#found = new Set(found.map(point => point.id))
    const best = found.toSorted((one, other) => other.weight - one.weight)[0]
    if (this.#query !== '' && best !== undefined && !this.#found.has(this.#current ?? ''))
      this.#current = best.id
    const { length } = this.#map.points
    this.#bar.summary = this.#query === '' ? countText(length) : `${found.length} of ${countText(length)}`
    this.#empty.hidden = length > 0
    this.#empty.textContent =
      'No page has been read yet. Pages that were read are placed here by what they say.'
    this.#list.element.hidden = length === 0
    this.#listPoints()
    this.#wishes.redraw()
  }

  #look(camera: MapCamera): void {
    this.#camera = camera
    this.#listPoints()
    this.#wishes.redraw()
  }

  #zoom(factor: number, at?: Point): void {
    const middle = { x: this.#area.width / 2, y: this.#area.height / 2 }
    this.#look(zoomed(this.#camera, factor, at ?? middle, this.#area, this.#fitted))
  }

  #listPoints(): void {
    const isShown = ({ point }: SeenPoint): boolean => this.#query === '' || this.#found.has(point.id)
    this.#list.show(this.#seen().filter(isShown), this.#current)
  }

  #setCurrent(id: string, isRevealed: boolean): void {
    this.#current = id
    const point = this.#map.points.find(one => one.id === id)
    this.#look(point === undefined || !isRevealed ? this.#camera : revealing(this.#camera, point, this.#area))
    this.#list.focus()
  }

  #answer(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    if (
      event.target instanceof HTMLElement &&
      event.target.closest('.bar') !== null &&
      event.key !== '/' &&
      event.key !== 'Escape'
    )
      return
    if (this.#act(event.key)) event.preventDefault()
  }

  /** Whether the key means something here. */
  #act(key: string): boolean {
    const direction = directionOf(key)
    if (direction !== null) {
      const points = this.#map.points.filter(point => this.#query === '' || this.#found.has(point.id))
      const from = points.find(point => point.id === this.#current) ?? points[0]
      const to = from === undefined ? null : nearestTowards(points, from, direction)
      if (to !== null) this.#setCurrent(to, true)
      return true
    }
    switch (key) {
      case '+':
      case '=':
        this.#zoom(zoomStep)
        return true
      case '-':
        this.#zoom(1 / zoomStep)
        return true
      case '0':
        this.#look(this.#fitted)
        return true
      case '/':
        this.#bar.field.focus()
        return true
      case 'Escape':
        this.#wishes.dismiss()
        return true
      case 'Enter':
      case ' ':
        if (this.#current !== null) this.#wishes.choose(this.#current)
        return true
      default:
        return false
    }
  }

  #hover(at: Point): void {
    const hovered = this.#pointAt(at)
    if (hovered === this.#hovered) return
    this.#hovered = hovered
    this.element.classList.toggle('on-point', hovered !== null)
    this.#wishes.redraw()
  }

  #pointAt(at: Point): string | null {
    const seen = this.#seen().map(({ point, x, y }) => ({ id: point.id, x, y }))
    return pointAt(seen, at, 14)
  }
}

function countText(count: number): string {
  return count === 1 ? '1 page' : `${count} pages`
}
