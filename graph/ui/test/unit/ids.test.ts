import { describe, expect, it } from 'vitest'
import { documentPath, idOf, pathOf, shortId } from '../../src/lib/ids'

const base = 'https://w3id.org/districtkg/'

describe('ids', () => {
  it.each([
    ['division/220102'],
    ['enterprise/cn/东北电力设计院'],
    ['program/220102/%281%2B2%2B4%29项目推进体系'], // as schema/iri.go writes ( + )
    ['place/220102/xx%C2%B7城'], // a mark outside ASCII is encoded in the IRI itself
    ['enterprise/cn/%F0%9F%98%80'],
  ])('%s survives the way through the address bar', (id) => {
    const path = new URL(pathOf(base + 'id/' + id), 'http://localhost').pathname
    expect(idOf(path)).toBe(id)
  })
  it('takes any base', () => {
    expect(shortId('http://localhost:8080/g/id/division/220102')).toBe('division/220102')
    expect(shortId('division/220102')).toBe('division/220102')
  })
  it('leads to a place in a document', () => {
    expect(documentPath(base + 'id/document/0123', { start: 12, end: 40 })).toBe('/id/document/0123?from=12&to=40')
  })
  it('leaves a broken escape as a per cent sign', () => {
    expect(idOf('/id/place/cn/100%')).toBe('place/cn/100%25')
  })
})
