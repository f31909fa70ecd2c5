import type { Surface as SurfaceName } from '../../contracts/compositor.ts'
import type { Lettering, Placed } from '../scene/lettering.ts'
import type { Size } from '../scene/painter.ts'
import type { Palette } from '../scene/palette.ts'
import type { Scene } from '../scene/scene.ts'

/** What surfaces are drawn with. */
export interface Tools {
  readonly palette: Palette
  readonly lettering: Lettering
  /** The icon of a site, once it is decoded. */
  readonly icon: (dataUrl: string) => Placed | null
  /** Of the picture of a tab, when it is there. */
  readonly sizeOf: (tabId: string) => Size | null
}

/** The view at this moment: its size in CSS pixels, and how far the opening movement is, 0 to 1. */
export interface View extends Size {
  readonly scale: number
  readonly progress: number
}

/** Something that can be laid over the page area: elements for keys and readers, over what is drawn. */
export interface Surface {
  readonly name: SurfaceName
  readonly element: HTMLElement
  /** How many tabs or points there are. */
  readonly count: number
  /** It is about to be shown: forgets where it was. */
  prepare(query: string): void
  /** It is about to go; where to is known from the tab that was chosen last. */
  leave(): void
  focus(): void
  setMatches(query: string, ids: readonly string[]): void
  /** The size of the view has changed. */
  resize(view: Size): void
  /** `wanted` gets the tabs whose pictures are to be drawn and are not there. */
  draw(view: View, tools: Tools, wanted: Set<string>): Scene
}
