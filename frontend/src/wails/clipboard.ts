/** Copies text that the page shows already. The webview's own clipboard is missing where its origin counts as insecure. */
export async function copyText(text: string): Promise<boolean> {
  try {
    const native = window.runtime?.ClipboardSetText
    if (native) return await native(text)
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
