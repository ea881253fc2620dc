// Classes and predicates in order of presentation, as schema/ontology.go has
// them. Their words are in i18n, their colours in styles/tokens.css.

export const classes = [
  'Division', 'Enterprise', 'Agency', 'Organization', 'Hospital', 'School', 'Project',
  'Zone', 'Place', 'Road', 'Program', 'Event', 'Honor', 'Person',
] as const

export const predicates = [
  'settledIn', 'undertakes', 'awarded', 'implements', 'hosts', 'cooperatesWith', 'acquired', 'controls',
  'subsidiaryOf', 'supervises', 'holdsOffice', 'locatedIn', 'partOf', 'providesData',
] as const

const rank = new Map<string, number>([...classes, ...predicates].map((name, i) => [name, i]))

/** byOntology orders names of classes or predicates as above; unknown ones come last, by name. */
export function byOntology(a: string, b: string): number {
  return (rank.get(a) ?? 99) - (rank.get(b) ?? 99) || (a < b ? -1 : a > b ? 1 : 0)
}

/** localName returns what stands behind the last "#", "/" or ":" of an IRI: settledIn. */
export const localName = (iri: string) => iri.replace(/^.*[#/:]/, '')
