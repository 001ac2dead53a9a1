const PLACE = 'binnacle.palette'
const MOST = 6

/** The ids of what was chosen last, newest first. Objects are not among them: their names belong to the view, not to this machine. */
export function recents(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '[]')
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string').slice(0, MOST) : []
  } catch {
    return [] // there is no storage here, or something else lies in its place
  }
}

export function chose(id: string): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify([id, ...recents().filter((one) => one !== id)].slice(0, MOST)))
  } catch {
    // Then the next time begins with the pages.
  }
}
