import * as Type from 'typebox'

/** A row of the data folder. */
export const Row = Type.Object({
  norm: Type.String(),
  label: Type.Union([Type.Literal(0), Type.Literal(1)]),
  reg: Type.String(),
  src: Type.String(),
})
