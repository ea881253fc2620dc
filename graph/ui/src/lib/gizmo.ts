// Gizmo's answers as a table. A row is an object (id and tags), or a bare value.
import type { Json } from '../model'

export interface Table {
  columns: string[]
  rows: Record<string, Json>[]
}

export function table(result: readonly Json[]): Table {
  const columns: string[] = []
  const rows = result.map((item) => {
    const row = typeof item === 'object' && item !== null && !Array.isArray(item) ? item : { value: item }
    for (const name of Object.keys(row)) if (!columns.includes(name)) columns.push(name)
    return row
  })
  columns.sort((a, b) => Number(b === 'id') - Number(a === 'id'))
  return { columns, rows }
}

/** cell writes a value as text: strings bare, everything else as JSON. */
export const cell = (value: Json | undefined) => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value))

/** linked returns the IRI path of a value that names a thing of the graph (full, in <>, or shortened to id:…), or null. */
export function linked(text: string): string | null {
  const found = /^<?(?:https?:\/\/[^\s<>]*\/id\/|id:)([^\s<>]+)>?$/.exec(text)
  return found ? '/id/' + found[1] : null
}

/** Examples: the key of their name, and the query. */
export const examples: { key: string; query: string }[] = [
  { key: 'settled', query: `// 谁落户在南关区\ng.V("南关区").in("rdfs:label").in("dkg:settledIn").out("rdfs:label").all()` },
  { key: 'labels', query: `// 叫这个名字的条目，和它们的类别\ng.V("南关区").in("rdfs:label").tag("thing").out("rdf:type").all()` },
  { key: 'types', query: `// 所有医疗机构的名称\ng.V().has("rdf:type", "dkg:Hospital").out("rdfs:label").all()` },
  { key: 'honours', query: `// 南关区获评的荣誉\ng.V("南关区").in("rdfs:label").out("dkg:awarded").out("rdfs:label").all()` },
]
