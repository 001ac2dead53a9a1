// Text from a kubeconfig or a cluster can hold characters that show nothing or turn their neighbours around, so that one
// name looks like another. Go refuses them in names (view/text.go); here they are shown for what they are.
const UNSEEN = /\u034F|[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115F\u1160\u17B4\u17B5\u2065\u3164\uFFA0\uFFF0-\uFFF8]/u
const EACH_UNSEEN = new RegExp(UNSEEN, 'gu')

/** True when the text holds a character that a name must not have. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text)
}

/** The text with each unseen character written out: U+202E becomes "⟨202E⟩". */
export function visible(text: string): string {
  return text.replace(EACH_UNSEEN, (c) => `⟨${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`)
}

/** The same for text of several lines, which keep their ends. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}
