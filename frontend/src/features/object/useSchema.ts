import { useEffect, useState } from 'react'
import { useBackend } from '../../wails/context'
import type { ObjectRef } from '../../wails/model'

/** The kind's schema once it is wanted; null until then, and where the cluster has none: completion then offers nothing. */
export function useSchema(of: ObjectRef, wanted: boolean): unknown {
  const { objects } = useBackend()
  const [schema, setSchema] = useState<unknown>(null)
  useEffect(() => {
    if (!wanted) return
    let gone = false
    objects.schema(of).then(
      (found) => {
        if (!gone) setSchema(found)
      },
      () => undefined, // the text can be edited without
    )
    return () => {
      gone = true
    }
  }, [objects, of, wanted])
  return schema
}
