import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import type { DecryptStringAsyncReturnValue } from 'electron'
import { platformHost } from './host.ts'

const keyFileName = 'standin-safe-storage.key'
const keyLength = 32
const nonceLength = 12
const tagLength = 16
/** Says how the rest was made, so that a later form can be told apart. */
const versionTag = Buffer.from('s1')

/**
 * The `safeStorage` module. There is no keyring: the key lies in a file in userData that only its user may read, which
 * guards against other users and against copies of single files, not against programs of the same user. That is what
 * Electron calls `basic_text`.
 */
export class SafeStorage {
  readonly #folder: () => string
  readonly #isReady: () => boolean
  #key: Buffer | null = null

  /** @internal */
  constructor(folder: () => string, isReady: () => boolean) {
    this.#folder = folder
    this.#isReady = isReady
  }

  isEncryptionAvailable(): boolean {
    return this.#isReady() && this.#tryKey() !== null
  }

  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return this.isEncryptionAvailable()
  }

  getSelectedStorageBackend(): 'basic_text' | 'unknown' {
    return this.#isReady() ? 'basic_text' : 'unknown'
  }

  /** It is so already. */
  setUsePlainTextEncryption(_usePlainText: boolean): void {}

  encryptString(plainText: string): Buffer {
    if (typeof plainText !== 'string') throw new TypeError('safeStorage.encryptString expects a string')
    const nonce = randomBytes(nonceLength)
    const cipher = createCipheriv('aes-256-gcm', this.#readyKey('encrypt'), nonce)
    const encrypted = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()])
    return Buffer.concat([versionTag, nonce, cipher.getAuthTag(), encrypted])
  }

  decryptString(encrypted: Buffer): string {
    const failure = new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.')
    const start = versionTag.length + nonceLength + tagLength
    if (!Buffer.isBuffer(encrypted) || encrypted.length < start) throw failure
    if (!encrypted.subarray(0, versionTag.length).equals(versionTag)) throw failure
    const key = this.#readyKey('decrypt')
    try {
      const nonce = encrypted.subarray(versionTag.length, versionTag.length + nonceLength)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      decipher.setAuthTag(encrypted.subarray(start - tagLength, start))
      return Buffer.concat([decipher.update(encrypted.subarray(start)), decipher.final()]).toString('utf8')
    } catch {
      throw failure
    }
  }

  async encryptStringAsync(plainText: string): Promise<Buffer> {
    return this.encryptString(plainText)
  }

  async decryptStringAsync(encrypted: Buffer): Promise<DecryptStringAsyncReturnValue> {
    return { shouldReEncrypt: false, result: this.decryptString(encrypted) }
  }

  #readyKey(purpose: 'encrypt' | 'decrypt'): Buffer {
    if (!this.#isReady()) throw new Error(`safeStorage cannot ${purpose} before app is ready`)
    const key = this.#tryKey()
    if (!key) throw new Error(`Error while ${purpose}ing: the key file cannot be read or written`)
    return key
  }

  #tryKey(): Buffer | null {
    if (this.#key) return this.#key
    const file = path.join(this.#folder(), keyFileName)
    try {
      const key = readOrMakeKey(file)
      this.#key = key.length === keyLength ? key : null
    } catch {
      this.#key = null
    }
    return this.#key
  }
}

function readOrMakeKey(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
  mkdirSync(path.dirname(file), { recursive: true })
  const key = randomBytes(keyLength)
  try {
    const descriptor = openSync(file, 'wx', 0o600)
    try {
      writeSync(descriptor, key)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    return key
  } catch {
    // Another process of the same application was faster: its key is the one.
    return readFileSync(file)
  }
}

export const safeStorage = new SafeStorage(
  () => platformHost().userDataPath(),
  () => platformHost().isReady(),
)
