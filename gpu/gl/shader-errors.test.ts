import { expect, test } from 'vitest'
import { readShaderLog } from './shader-errors.ts'

test('each error has its line and what is wrong there', () => {
  const log =
    "ERROR: 0:3: 'colou' : undeclared identifier\nERROR: 0:12: '}' : syntax error\nERROR: 2 compilation errors.  No code generated.\n\n\0"
  expect(readShaderLog(log)).toEqual([
    { line: 3, message: "'colou' : undeclared identifier" },
    { line: 12, message: "'}' : syntax error" },
  ])
})

test('warnings are no errors', () => {
  expect(readShaderLog("WARNING: 0:1: 'x' : unused\nERROR: 0:2: 'y' : bad")).toEqual([
    { line: 2, message: "'y' : bad" },
  ])
})

test('what names no line is kept, and an empty log says so', () => {
  expect(readShaderLog('Varyings with the same name but different type')[0]?.line).toBeNull()
  expect(readShaderLog('')).toEqual([{ line: null, message: 'The compiler gave no reason.' }])
})
