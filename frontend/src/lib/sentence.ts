import type { Failure } from '../wails/model'

/** A failure as one text for a field. */
export function sentence(failure: Failure | null): string {
  if (failure === null) return ''
  return failure.hint ? `${failure.message} ${failure.hint}` : failure.message
}
