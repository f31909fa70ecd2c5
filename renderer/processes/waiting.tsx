import { useEffect, useState } from 'react'

/** Readings come within a second; when they do not, that is said rather than left to be guessed. */
const lateAfterMs = 5_000

/** Before the first sample. */
export function Waiting({ lateWords }: { lateWords: string }) {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setIsLate(true), lateAfterMs)
    return () => clearTimeout(timer)
  }, [])
  return (
    <p className="nx-dock__empty" role="status">
      {isLate
        ? `No reading has come yet. ${lateWords}`
        : 'Measuring. The first readings come within a second.'}
    </p>
  )
}
