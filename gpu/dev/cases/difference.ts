import type { Page } from '@playwright/test'

/** How far two pictures of one view differ: the mean, and the share of pixels that differ by more than a tenth. */
export function difference(page: Page, one: Buffer, other: Buffer): Promise<{ mean: number; apart: number }> {
  return page.evaluate(
    async ([first, second]) => {
      const pixels = async (base64: string): Promise<Uint8ClampedArray> => {
        const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes]))
        const drawing = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')
        drawing?.drawImage(bitmap, 0, 0)
        return drawing?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray()
      }
      const [a, b] = await Promise.all([pixels(first ?? ''), pixels(second ?? '')])
      let [sum, apart] = [0, 0]
      for (let at = 0; at < a.length; at += 4) {
        let largest = 0
        for (const part of [0, 1, 2]) {
          const by = Math.abs((a[at + part] ?? 0) - (b[at + part] ?? 255))
          sum += by
          largest = Math.max(largest, by)
        }
        if (largest > 25) apart += 1
      }
      return { mean: sum / (a.length * 0.75) / 255, apart: apart / (a.length / 4) }
    },
    [one.toString('base64'), other.toString('base64')],
  )
}
