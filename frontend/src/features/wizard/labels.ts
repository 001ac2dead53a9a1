// Labels as a person types them: "env=prod, team=payments". Go has the last word on what is allowed.
const KEY = /^[\p{L}\p{N}]([\p{L}\p{N}._/-]*[\p{L}\p{N}])?$/u

/** The labels that could be read, and what is wrong with the first that couldn't ('' when nothing is). */
export function parseLabels(text: string): { labels: Record<string, string>; error: string } {
  const labels = new Map<string, string>()
  let error = ''
  for (const part of text.split(',')) {
    const trimmed = part.trim()
    if (trimmed === '') continue
    const at = trimmed.indexOf('=')
    const key = (at < 0 ? trimmed : trimmed.slice(0, at)).trim()
    const value = at < 0 ? '' : trimmed.slice(at + 1).trim()
    if (!KEY.test(key)) error ||= `“${key}” can’t be a label’s name: use letters, digits and . _ / - between them.`
    else if (key.length > 253 || value.length > 253) error ||= `The label "${key.slice(0, 20)}…" is too long.`
    else if (labels.has(key)) error ||= `The label "${key}" is there twice.`
    else labels.set(key, value)
  }
  return { labels: Object.fromEntries(labels), error }
}
