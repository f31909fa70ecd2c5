import type { Page } from '@playwright/test'

/** Between two frames, in milliseconds. */
export interface FrameGaps {
  readonly gaps: readonly number[]
}

/**
 * The peer: the same cards as elements, their pictures as `<img>`, opened by a CSS transform of the grid and scrolled by
 * the engine. Gives the gaps between frames of each.
 */
export async function measurePeer(
  page: Page,
  rounds: number,
): Promise<{ opening: FrameGaps; scrolling: FrameGaps }> {
  return await page.evaluate(async times => {
    const { frames, tabs } = window.workbench
    await window.workbench.client.close({})
    const grid = document.createElement('div')
    const scroller = document.createElement('div')
    Object.assign(scroller.style, { position: 'absolute', inset: '74px 0 0', overflow: 'hidden auto' })
    Object.assign(grid.style, {
      display: 'grid',
      gridTemplateColumns: 'repeat(4, 1fr)',
      gap: '20px',
      padding: '0 28px',
      transformOrigin: '0 0',
    })
    const dataUrlOf = (bytes: Uint8Array): Promise<string> =>
      new Promise(resolve => {
        const reader = new FileReader()
        reader.onload = () => resolve(String(reader.result))
        reader.readAsDataURL(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }))
      })
    for (const tab of tabs.tabs) {
      const card = document.createElement('div')
      const image = document.createElement('img')
      const frame = frames.get(tab.id)
      if (frame !== undefined) image.src = await dataUrlOf(frame.bytes)
      Object.assign(image.style, {
        width: '100%',
        height: '136px',
        objectFit: 'cover',
        objectPosition: 'top',
        borderRadius: '6px',
        border: '1px solid #b9c3bf',
      })
      const title = document.createElement('div')
      title.textContent = tab.title
      card.append(image, title)
      grid.append(card)
      await image.decode()
    }
    scroller.append(grid)
    document.body.append(scroller)
    const nextFrame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve))
    await nextFrame()
    await nextFrame()
    const opening: number[] = []
    for (let round = 0; round < times; round += 1) {
      Object.assign(grid.style, { transition: 'none', transform: 'scale(4.3)', opacity: '0' })
      await nextFrame()
      await nextFrame()
      Object.assign(grid.style, {
        transition: 'transform 220ms cubic-bezier(0.2, 0, 0, 1), opacity 220ms cubic-bezier(0.2, 0, 0, 1)',
        transform: 'scale(1)',
        opacity: '1',
      })
      let last = await nextFrame()
      for (const end = last + 220; last < end; ) {
        const now = await nextFrame()
        opening.push(now - last)
        last = now
      }
    }
    const scrolling: number[] = []
    let last = await nextFrame()
    for (let step = 0; step < times * 15; step += 1) {
      scroller.scrollTop = (step * 40) % 1_600
      const now = await nextFrame()
      scrolling.push(now - last)
      last = now
    }
    scroller.remove()
    return { opening: { gaps: opening }, scrolling: { gaps: scrolling } }
  }, rounds)
}
