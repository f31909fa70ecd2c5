import { expect, test } from 'vitest'
import { fileOfDataUrl } from './data-url.ts'

test('a data address gives its type and its bytes, in either writing', () => {
  const read = (url: string) => {
    const file = fileOfDataUrl(url)
    return file === null ? null : [file.type, file.body.toString('utf8')]
  }
  expect(read('data:text/css;charset=utf-8;base64,YSB7fQ==')).toEqual(['text/css;charset=utf-8', 'a {}'])
  expect(read('data:text/html,%3Cp%3E%C3%A4')).toEqual(['text/html', '<p>ä'])
  expect(read('data:,')).toEqual(['text/plain;charset=US-ASCII', ''])
  expect(read('data:text/html,%E')).toBeNull()
  expect(read('data:text/html')).toBeNull()
  expect(read('https://a.example/,')).toBeNull()
})
