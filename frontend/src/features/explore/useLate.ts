import { useEffect, useState } from 'react'

/** What is soon over shows nothing: what flashes is worse than what is missing, ms. */
const LATE = 150

/** True once the same thing has gone on for a while; '' is nothing. */
export function useLate(what: string): boolean {
  const [late, setLate] = useState('')
  useEffect(() => {
    if (what === '') return
    const timer = setTimeout(() => setLate(what), LATE)
    return () => {
      clearTimeout(timer)
      setLate('')
    }
  }, [what])
  return what !== '' && late === what
}
