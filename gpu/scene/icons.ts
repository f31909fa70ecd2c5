// Own drawings in the manner of the design's icons: 24 wide, strokes of 1.75.

export const icons = {
  moon: 'M19.8 14.3A8 8 0 0 1 9.7 4.2a8 8 0 1 0 10.1 10.1z',
  speaker: 'M4 9.5v5h3.2L12 18.5v-13L7.2 9.5zM15.3 9.2a4 4 0 0 1 0 5.6M17.9 6.6a7.6 7.6 0 0 1 0 10.8',
  speakerOff: 'M4 9.5v5h3.2L12 18.5v-13L7.2 9.5zM16 9.5l5 5M21 9.5l-5 5',
  circleCross: 'M12 3.5a8.5 8.5 0 1 0 0 17a8.5 8.5 0 1 0 0-17M9 9l6 6M15 9l-6 6',
  search: 'M10.8 4.5a6.3 6.3 0 1 0 0 12.6a6.3 6.3 0 1 0 0-12.6M15.5 15.5 20.5 20.5',
  layers: 'M12 4l8.5 4.5L12 13 3.5 8.5zM3.5 12.5 12 17l8.5-4.5M3.5 16.3 12 20.8l8.5-4.5',
  cross: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  frame:
    'M4 8V5.5A1.5 1.5 0 0 1 5.5 4H8M16 4h2.5A1.5 1.5 0 0 1 20 5.5V8M20 16v2.5a1.5 1.5 0 0 1-1.5 1.5H16M8 20H5.5A1.5 1.5 0 0 1 4 18.5V16',
  mask: 'M3.5 8.5c2.5-1.3 5-1.5 8.5 0 3.5-1.5 6-1.3 8.5 0 0 4.5-1.5 7.5-4.5 7.5-2 0-2.5-2-4-2s-2 2-4 2c-3 0-4.5-3-4.5-7.5z',
  window:
    'M5.5 4.5h13A1.5 1.5 0 0 1 20 6v12a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18V6a1.5 1.5 0 0 1 1.5-1.5zM4 9h16',
} as const

export type IconName = keyof typeof icons

/** The icon as an element for the document. */
export function iconElement(document: Document, name: IconName): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg'
  const icon = document.createElementNS(space, 'svg')
  icon.setAttribute('viewBox', '0 0 24 24')
  icon.setAttribute('aria-hidden', 'true')
  icon.classList.add('icon')
  const path = document.createElementNS(space, 'path')
  path.setAttribute('d', icons[name])
  icon.append(path)
  return icon
}
