import { useEffect, useState } from 'react'

/**
 * Keeps a dropped file from replacing the page, and says whether files are over the window. The files themselves go to
 * Go, which reads them and rings.
 */
export function useDrops(): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const onOver = (event: DragEvent) => {
      event.preventDefault()
      if (!event.dataTransfer?.types.includes('Files')) return
      setOver(true)
      // dragleave comes for every element on the way and not at all when the drag is given up; silence ends it surely.
      clearTimeout(timer)
      timer = setTimeout(() => setOver(false), 300)
    }
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      clearTimeout(timer)
      setOver(false)
    }
    window.addEventListener('dragover', onOver)
    window.addEventListener('drop', onDrop)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  return over
}
