import type { Duplex } from 'node:stream'
import { deserialize, serialize } from 'node:v8'
import type { MessagePort } from 'node:worker_threads'
import type { RemoteControl, RemoteWord } from './remote-port.ts'

/** Between two threads. */
export function controlOverPort(port: MessagePort): RemoteControl {
  return {
    say: word => port.postMessage(word),
    onWord: listener => void port.on('message', (word: RemoteWord) => listener(word)),
  }
}

const headBytes = 4

/** Between two processes: the length of each word before it, as the fork channel is taken by the port under test. */
export function controlOverStream(stream: Duplex): RemoteControl {
  return {
    say(word) {
      const body = serialize(word)
      const head = Buffer.alloc(headBytes)
      head.writeUInt32LE(body.length)
      stream.write(Buffer.concat([head, body]))
    },
    onWord(listener) {
      let rest = Buffer.alloc(0)
      stream.on('data', (chunk: Buffer) => {
        rest = Buffer.concat([rest, chunk])
        while (rest.length >= headBytes && rest.length >= headBytes + rest.readUInt32LE()) {
          const end = headBytes + rest.readUInt32LE()
          const word = deserialize(rest.subarray(headBytes, end)) as RemoteWord
          rest = rest.subarray(end)
          listener(word)
        }
      })
    },
  }
}
