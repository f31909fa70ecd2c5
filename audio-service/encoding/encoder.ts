/** Turns samples into the bytes of a file, piece after piece. */
export interface Encoder extends Disposable {
  /** What the file begins with. */
  begin(): Uint8Array
  /** The next bytes; empty while more is needed for any. All channels are of one length. */
  encode(channels: readonly Float32Array[]): Uint8Array
  /** The last bytes, and what takes the place of the first ones of the file; empty where nothing does. */
  finish(): { readonly bytes: Uint8Array; readonly header: Uint8Array }
}
