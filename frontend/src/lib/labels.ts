/** The labels as "key=value" texts, sorted; a label without a value is its key alone. */
export function labelTexts(labels: Record<string, string>): string[] {
  return Object.entries(labels)
    .map(([key, value]) => (value === '' ? key : `${key}=${value}`))
    .sort() // by code: a language's own order takes its time to load
}

/** Reads "key=value" or "key"; null when there is no key. */
export function readLabel(text: string): [key: string, value: string] | null {
  const at = text.indexOf('=')
  const key = (at < 0 ? text : text.slice(0, at)).trim()
  return key === '' ? null : [key, at < 0 ? '' : text.slice(at + 1).trim()]
}
