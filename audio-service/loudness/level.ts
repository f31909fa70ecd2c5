/** The loudness of a weighted mean square, in LUFS (ITU-R BS.1770-4, annex 1); null for silence. */
export function loudnessOf(energy: number): number | null {
  return energy <= 0 ? null : -0.691 + 10 * Math.log10(energy)
}

export function energyOf(loudness: number): number {
  return 10 ** ((loudness + 0.691) / 10)
}
