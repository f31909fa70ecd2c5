import { describe, expect, it } from 'vitest'
import type { CompositorUnderTest } from '../compositor-under-test.ts'

export function textureCases(compositor: () => CompositorUnderTest): void {
  describe('textures', () => {
    it.each(['webgl2', 'software'] as const)(
      'belong to contexts with a name each and no more memory than there is, %s',
      async graphics => {
        await compositor().open(3, { graphics })
        const left = await compositor().page.evaluate(async () => {
          const { client } = window.workbench
          await client.createContext({ contextId: 'small', budgetBytes: 100_000 })
          const refused = await client
            .createContext({ contextId: 'small', budgetBytes: 1 })
            .catch(error => error.code)
          const tooMuch = await client
            .createContext({ contextId: 'x', budgetBytes: 2 ** 40 })
            .catch(error => error.code)
          await client.destroyContext({ contextId: 'small' })
          const unknown = await client.destroyContext({ contextId: 'small' }).catch(error => error.code)
          return [refused, tooMuch, unknown]
        })
        expect(left).toEqual(['CONTEXT_EXISTS', 'NO_MEMORY_LEFT', 'UNKNOWN_CONTEXT'])
      },
    )

    it('of a tab can be had smaller, and not when there is none', async () => {
      for (const graphics of ['webgl2', 'software'] as const) {
        await compositor().open(2, { graphics })
        const [picture, none] = await compositor().page.evaluate(async () => {
          const { client } = window.workbench
          const made = await client.thumbnail({ tabId: 'tab-0', width: 240 })
          const bitmap = await createImageBitmap(
            new Blob([new Uint8Array(made.bytes)], { type: made.mediaType }),
          )
          const drawing = new OffscreenCanvas(240, 135).getContext('2d')
          drawing?.drawImage(bitmap, 0, 0)
          const [red = 0, green = 0, blue = 0] = drawing?.getImageData(50, 27, 1, 1).data ?? []
          const missing = await client.thumbnail({ tabId: 'nobody', width: 240 }).catch(error => error.code)
          return [{ width: bitmap.width, height: bitmap.height, red, green, blue }, missing] as const
        })
        expect(none).toBe('NO_PICTURE')
        expect([picture.width, picture.height]).toEqual([240, 135])
        // the dark blue bar that the sample page has there, upright
        expect([picture.red < 60, picture.green > 70 && picture.green < 120, picture.blue > 100]).toEqual([
          true,
          true,
          true,
        ])
      }
    })

    it('refuses what is no picture', async () => {
      await compositor().load()
      const codes = await compositor().page.evaluate(async () => {
        const { client } = window.workbench
        const bad = { tabId: 'a', width: 4, height: 4, bytes: new Uint8Array(10) }
        return Promise.all(
          (['jpeg', 'png', 'rgba', 'bgra'] as const).map(format =>
            client.putFrame({ ...bad, format }).catch(error => error.code),
          ),
        )
      })
      expect(codes).toEqual(['BAD_FRAME', 'BAD_FRAME', 'BAD_FRAME', 'BAD_FRAME'])
    })

    it.each(['webgl2', 'software'] as const)('take the frames of a video, %s', async graphics => {
      await compositor().load({ graphics })
      const played = await compositor().page.evaluate(async () => {
        const { client, makeClip } = window.workbench
        const { codec, chunks } = await makeClip(30)
        const target = { contextId: 'tabs', textureId: 'clip', width: 128, height: 96 }
        const result = await client.playVideo({ ...target, codec }, { input: chunks })
        const made = await client.thumbnail({ tabId: 'clip', width: 128 })
        const bitmap = await createImageBitmap(
          new Blob([new Uint8Array(made.bytes)], { type: made.mediaType }),
        )
        const drawing = new OffscreenCanvas(128, 96).getContext('2d')
        drawing?.drawImage(bitmap, 0, 0)
        const [red = 0, green = 0] = drawing?.getImageData(64, 48, 1, 1).data ?? []
        const codeOf = (error: { code: string }): string => error.code
        const unknown = await client
          .playVideo({ ...target, codec: 'none' }, { input: chunks })
          .then(() => '', codeOf)
        const rubbish = [{ isKey: true, timestampMicros: 0, bytes: new Uint8Array(50) }]
        const bad = await client.playVideo({ ...target, codec }, { input: rubbish }).then(() => '', codeOf)
        return { result, red, green, unknown, bad }
      })
      expect(played).toMatchObject({
        result: { frames: 30, width: 128, height: 96 },
        unknown: 'NO_DECODER',
        bad: 'BAD_VIDEO',
      })
      // the last frame is green
      expect([played.green > 120, played.red < 60]).toEqual([true, true])
    })
  })
}
