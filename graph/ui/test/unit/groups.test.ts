import { describe, expect, it } from 'vitest'
import { groupFigures, groupRelations, sharedIndicators } from '../../src/lib/groups'
import { evidence, figure, nanguan, relation, report, thing } from './make'

describe('groupRelations', () => {
  const huawei = thing('Enterprise', '华为')
  const gold = thing('Enterprise', '金赛药业')
  const of = (period: string) => evidence('引进', 0, report({ period }))

  it('groups by predicate and direction, the best attested first', () => {
    const groups = groupRelations(nanguan.id, [
      relation(gold, 'settledIn', nanguan, '落户'),
      relation(huawei, 'settledIn', nanguan, '引进', { evidence: of('2022') }),
      relation(huawei, 'settledIn', nanguan, '引进', { evidence: of('2025-H1') }),
      relation(nanguan, 'partOf', thing('Division', '长春市'), '长春市南关区'),
    ])
    expect(groups.map((g) => [g.predicate, g.way, g.partners.map((p) => p.entity.name)])).toEqual([
      ['settledIn', 'in', ['华为', '金赛药业']],
      ['partOf', 'out', ['长春市']],
    ])
    expect(groups[0]?.partners[0]?.statements.map((s) => s.evidence.document.period)).toEqual(['2025-H1', '2022'])
  })

  it('knows no direction of cooperation', () => {
    const groups = groupRelations(huawei.id, [relation(huawei, 'cooperatesWith', nanguan, ''), relation(gold, 'cooperatesWith', huawei, '')])
    expect(groups).toHaveLength(1)
    expect(groups[0]?.partners).toHaveLength(2)
  })
})

describe('groupFigures', () => {
  it('shows the newest surest level, its growth and the line of years', () => {
    const level = figure('地区生产总值', 521.92e8)
    const groups = groupFigures([
      figure('地区生产总值', 480e8, { period: '2022' }),
      figure('地区生产总值', 600e8, { period: '2024', status: 'target' }),
      level,
      figure('地区生产总值', 6.6, { measure: 'growth', unit: '%', of: level.id }),
      figure('地区生产总值', 260e8, { period: '2023-H1' }),
      figure('人口', 60e4, { unit: '人' }),
    ])
    expect(groups.map((g) => g.indicator.name)).toEqual(['地区生产总值', '人口'])
    expect(groups[0]?.head.id).toBe(level.id)
    expect(groups[0]?.growth?.value).toBe(6.6)
    expect(groups[0]?.trend).toEqual([{ period: '2022', value: 480e8 }, { period: '2023', value: 521.92e8 }, { period: '2024', value: 600e8 }])
  })

  it('shows a growth where nothing else is known', () => {
    const [group] = groupFigures([figure('投资', 17.1, { measure: 'growth', unit: '%' })])
    expect(group?.head.measure).toBe('growth')
    expect(group?.growth).toBeUndefined()
  })
})

describe('sharedIndicators', () => {
  it('puts first what most places have', () => {
    const erdao = [figure('财政收入', 1), figure('地区生产总值', 2)]
    const nankai = [figure('地区生产总值', 3), figure('地区生产总值', 4, { period: undefined })]
    expect(sharedIndicators([erdao, nankai]).map((s) => [s.indicator.name, s.places, s.figures])).toEqual([['地区生产总值', 2, 2], ['财政收入', 1, 1]])
  })
})
