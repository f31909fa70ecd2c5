import type { Frame } from '../../contracts/compositor.ts'

const colours = ['#1f5f7a', '#a34a2a', '#4b6b1e', '#12766a', '#7a3e86', '#2f5fa8', '#a02f52', '#8a6412']
const grounds = ['#dfe9ec', '#f3ebe2', '#e8ece0', '#e0ebe7', '#ece3f0', '#e3e7f2', '#f2e1e2', '#f0ead8']

/** A made-up page of a tab. */
export async function sampleFrame(
  tabId: string,
  index: number,
  size = { width: 480, height: 270 },
): Promise<Frame> {
  const canvas = new OffscreenCanvas(size.width, size.height)
  const drawing = canvas.getContext('2d')
  if (drawing === null) throw new Error('A canvas was refused')
  drawing.scale(size.width / 480, size.height / 270)
  drawing.fillStyle = grounds[index % grounds.length] ?? '#fff'
  drawing.fillRect(0, 0, 480, 270)
  drawing.fillStyle = colours[index % colours.length] ?? '#000'
  if (index % 3 === 0) {
    drawing.fillRect(40, 46, 180, 18)
    drawing.globalAlpha = 0.25
    for (let line = 0; line < 8; line += 1) drawing.fillRect(40, 86 + line * 18, 380 - ((line * 53) % 120), 8)
  } else if (index % 3 === 1) {
    drawing.fillRect(0, 0, 480, 40)
    for (let line = 0; line < 6; line += 1) {
      drawing.globalAlpha = 0.5
      drawing.beginPath()
      drawing.arc(48, 72 + line * 36, 10, 0, 7)
      drawing.fill()
      drawing.globalAlpha = 0.3
      drawing.fillRect(76, 62 + line * 36, 140, 8)
      drawing.fillRect(76, 76 + line * 36, 300, 8)
    }
  } else {
    for (let cell = 0; cell < 9; cell += 1) {
      drawing.globalAlpha = 0.2 + 0.06 * cell
      drawing.fillRect(38 + (cell % 3) * 140, 40 + Math.floor(cell / 3) * 74, 124, 60)
    }
  }
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 })
  return { tabId, format: 'jpeg', ...size, bytes: new Uint8Array(await blob.arrayBuffer()) }
}
