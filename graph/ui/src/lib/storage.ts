// What the reader chose is kept in the browser. One that forbids storage
// forgets, and nothing else breaks.

export function recall(name: string): string | null {
  try {
    return localStorage.getItem('districtkg.' + name)
  } catch {
    return null
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem('districtkg.' + name)
    else localStorage.setItem('districtkg.' + name, value)
  } catch {
    // Forbidden: the choice holds until the page is closed.
  }
}
