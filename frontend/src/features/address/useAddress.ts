import { useState } from 'react'
import { useBackend } from '../../wails/context'
import type { Address } from './address'

export interface AddressControls {
  /** Null: none is looked up. */
  value: Address | null
  set: (address: Address | null) => void
  /** Something was entered that leaving would lose. */
  touched: boolean
  /** Ends the look-up. */
  drop: () => void
}

/** The address that a wizard looks up, kept while its other steps are gone through. */
export function useAddress(): AddressControls {
  const backend = useBackend()
  const [value, setValue] = useState<Address | null>(null)
  // A look-up that can't be dropped ends by itself after some minutes.
  const end = () => {
    if (value) backend.cancelLookup(value.ticket).catch(() => undefined)
  }
  return {
    value,
    set: (next) => {
      if (next?.ticket !== value?.ticket) end()
      setValue(next)
    },
    touched: value !== null && Object.keys(value.drafts).length + value.trusted.length > 0,
    drop: end,
  }
}
