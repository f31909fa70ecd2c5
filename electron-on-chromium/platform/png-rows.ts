/**
 * Undoes the filters of the rows of a PNG with eight bits a sample, as they come out of the compression: each row led by
 * the number of its filter. Works in place. One loop a filter: pictures of whole windows are read on main's thread.
 */
export function unfilterRows(rows: Uint8Array, rowLength: number, height: number, pixelLength: number): void {
  for (let y = 0; y < height; y++) {
    const from = y * (rowLength + 1) + 1
    // The row above the first one is all zero, and what lies left of a row too.
    const distanceUp = y === 0 ? 0 : rowLength + 1
    switch (rows[from - 1]) {
      case 1:
        addLeft(rows, from + pixelLength, from + rowLength, pixelLength)
        break
      case 2:
        if (distanceUp > 0) addUp(rows, from, from + rowLength, distanceUp)
        break
      case 3:
        addAverage(rows, from, rowLength, pixelLength, distanceUp)
        break
      case 4:
        // What is nearest to its own value of nothing but the left one is the left one.
        if (distanceUp === 0) addLeft(rows, from + pixelLength, from + rowLength, pixelLength)
        else addNearest(rows, from, rowLength, pixelLength, distanceUp)
        break
    }
  }
}

function addLeft(rows: Uint8Array, from: number, to: number, pixelLength: number): void {
  for (let at = from; at < to; at++) rows[at] = (rows[at] ?? 0) + (rows[at - pixelLength] ?? 0)
}

function addUp(rows: Uint8Array, from: number, to: number, distanceUp: number): void {
  for (let at = from; at < to; at++) rows[at] = (rows[at] ?? 0) + (rows[at - distanceUp] ?? 0)
}

function addAverage(
  rows: Uint8Array,
  from: number,
  rowLength: number,
  pixelLength: number,
  distanceUp: number,
): void {
  const isFirst = distanceUp === 0
  const first = from + pixelLength
  for (let at = from; at < first; at++)
    rows[at] = (rows[at] ?? 0) + ((isFirst ? 0 : (rows[at - distanceUp] ?? 0)) >> 1)
  for (let at = first; at < from + rowLength; at++) {
    const up = isFirst ? 0 : (rows[at - distanceUp] ?? 0)
    rows[at] = (rows[at] ?? 0) + (((rows[at - pixelLength] ?? 0) + up) >> 1)
  }
}

/** Paeth's filter: of left, up and up left, what is nearest to left + up - up left. */
function addNearest(
  rows: Uint8Array,
  from: number,
  rowLength: number,
  pixelLength: number,
  distanceUp: number,
): void {
  const first = from + pixelLength
  addUp(rows, from, first, distanceUp)
  for (let at = first; at < from + rowLength; at++) {
    const left = rows[at - pixelLength] ?? 0
    const up = rows[at - distanceUp] ?? 0
    const upLeft = rows[at - distanceUp - pixelLength] ?? 0
    const toLeft = Math.abs(up - upLeft)
    const toUp = Math.abs(left - upLeft)
    const toUpLeft = Math.abs(left + up - upLeft - upLeft)
    const nearest = toLeft <= toUp && toLeft <= toUpLeft ? left : toUp <= toUpLeft ? up : upLeft
    rows[at] = (rows[at] ?? 0) + nearest
  }
}

/** Copies unfiltered rows of three or four bytes a pixel to pixels of four; those of three are opaque. */
export function copyRows(
  rows: Buffer,
  width: number,
  height: number,
  pixelLength: number,
  target: Buffer,
): void {
  const rowLength = width * pixelLength + 1
  for (let y = 0; y < height; y++) {
    let from = y * rowLength + 1
    if (pixelLength === 4) {
      rows.copy(target, y * width * 4, from, from + width * 4)
      continue
    }
    const end = (y + 1) * width * 4
    for (let at = y * width * 4; at < end; at += 4, from += 3) {
      target[at] = rows[from] ?? 0
      target[at + 1] = rows[from + 1] ?? 0
      target[at + 2] = rows[from + 2] ?? 0
      target[at + 3] = 255
    }
  }
}
