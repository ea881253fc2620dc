// IRIs of the graph and the paths of the page. An IRI is base + "id/" + rest;
// its page is /id/ + rest, so that a link and an identifier are the same thing.

/** shortId returns what stands behind "/id/" of an IRI: division/220102. */
export function shortId(iri: string): string {
  const i = iri.indexOf('/id/')
  return i < 0 ? iri : iri.slice(i + 4)
}

/** pathOf returns the path of a thing's page. */
export const pathOf = (iri: string) => '/id/' + shortId(iri)

/**
 * idOf returns the short id that a path names. A browser percent-encodes every
 * character outside ASCII, an IRI only those that are no letters or digits
 * (schema/iri.go): so decode each segment and encode it again as the IRI does.
 */
export function idOf(path: string): string {
  return path
    .replace(/^\/?id\//, '')
    .split('/')
    .map((segment) => escape(decode(segment)))
    .join('/')
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment // a lone per cent sign: no encoding of ours
  }
}

function escape(text: string): string {
  return Array.from(text, (c) => (/[A-Za-z0-9\-._~]/.test(c) || (c > '\x7f' && /[\p{L}\p{Nd}]/u.test(c)) ? c : percent(c))).join('')
}

function percent(c: string): string {
  return Array.from(new TextEncoder().encode(c), (b) => '%' + b.toString(16).toUpperCase().padStart(2, '0')).join('')
}

/** documentPath returns the path of a document, at a range of code points. */
export function documentPath(iri: string, range?: { start: number; end: number }): string {
  const path = pathOf(iri)
  return range ? `${path}?from=${range.start}&to=${range.end}` : path
}
