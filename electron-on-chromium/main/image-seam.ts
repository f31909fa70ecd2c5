import type { NativeImage } from 'electron'

let createFromPng: ((png: Buffer) => NativeImage) | null = null

/** @internal Called once, by the start. */
export function setImageFactory(factory: (png: Buffer) => NativeImage): void {
  createFromPng = factory
}

/** A NativeImage out of an encoded picture. */
export function imageFromPng(png: Buffer): NativeImage {
  if (!createFromPng) throw new Error('No image factory was installed')
  return createFromPng(png)
}
