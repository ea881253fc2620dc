// What a reader does, in a real browser with the real program on the sample documents.
import assert from 'node:assert/strict'
import { after, before, beforeEach, afterEach, test } from 'node:test'
import { at, open, resting } from './server.mjs'

let site, page
let complaints = []

before(async () => (site = await open()), { timeout: 300_000 })
after(async () => site?.close())
beforeEach(async () => {
  complaints = []
  page = await site.chrome.newPage({ viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce', locale: 'zh-CN' })
  page.setDefaultTimeout(30_000)
  page.on('pageerror', (e) => complaints.push(e.message))
  page.on('console', (m) => m.type() === 'error' && complaints.push(m.text()))
  page.on('request', (r) => r.url().startsWith(site.base) || /^(data|blob):/.test(r.url()) || complaints.push(`asked ${r.url()}`))
})
afterEach(async () => {
  await page.close()
  assert.deepEqual(complaints, [], 'the page complains of nothing and asks no other host')
})

const go = (path) => page.goto(site.base + path)
const text = (id) => page.getByTestId(id).first().innerText()
const json = async (path) => (await page.request.get(site.base + path)).json()

/** Points at a line of the district's network whose sentence names both ends, and returns its relation. */
async function pointAtTellingEdge() {
  const { items } = await json('/api/v1/entities/division%2F220102/relations?limit=1000')
  const network = page.getByTestId('network')
  const drawn = new Set(await network.evaluate((e) => e.network.edges()))
  const key = (a, b) => (a < b ? `${a} ${b}` : `${b} ${a}`)
  const telling = items.filter((r) => drawn.has(key(r.subject.id, r.object.id)) && r.evidence.quote.includes(r.subject.name) && r.evidence.quote.includes(r.object.name))
  for (const relation of telling) {
    // Lines may lie upon each other, and one of a pixel may be missed by a hair.
    const place = await at(page, 'edge', key(relation.subject.id, relation.object.id))
    for (const off of [0, 1, -1, 2, -2]) {
      await page.mouse.move(place.x + off, place.y + off)
      await page.evaluate(() => new Promise(requestAnimationFrame))
      if ((await network.evaluate((e) => e.network.pointed())) !== key(relation.subject.id, relation.object.id)) continue
      return { relation, place: { x: place.x + off, y: place.y + off } }
    }
  }
  assert.fail(`none of ${telling.length} lines can be pointed at`)
}

test('the start lists districts and documents', async () => {
  await go('/')
  await page.getByTestId('district').first().waitFor()
  assert.equal(await page.getByTestId('document-link').count(), 5)
  assert.match(await text('stats'), /5\s*文档/)
})

test('search an entity by name and by pinyin initials, with the keyboard', async () => {
  await go('/')
  const box = page.getByTestId('search')
  await box.fill('南关区')
  await page.getByTestId('suggestion').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/id/division/220102')
  assert.equal(await text('entity-name'), '南关区')

  await go('/')
  await box.fill('ngq')
  await page.getByTestId('suggestion').filter({ hasText: '南关区' }).first().waitFor()
})

test('the network is drawn; a node shows its card and a double click goes there', async () => {
  await go('/id/division/220102')
  await resting(page)
  const painted = await page.getByTestId('network').screenshot()
  assert.ok(painted.length > 15_000, `a drawing, not a blank: ${painted.length} bytes`)
  assert.match(await text('network-count'), /\d+ 个节点/)

  const nodes = await page.getByTestId('network').evaluate((e) => e.network.nodes())
  assert.ok(nodes.length > 20, `${nodes.length} nodes`)
  const card = await json(`/api/v1/entities/${encodeURIComponent(nodes[1])}`)
  const place = await at(page, 'node', nodes[1])
  await page.mouse.move(place.x, place.y)
  await page.mouse.click(place.x, place.y)
  await page.getByTestId('panel-name').waitFor()
  assert.equal(await text('panel-name'), card.name)

  const again = await at(page, 'node', nodes[1])
  await page.mouse.dblclick(again.x, again.y)
  await page.waitForFunction((name) => document.querySelector('[data-testid=entity-name]')?.textContent === name, card.name)
})

test('the keyboard goes round the neighbours, shows cards and sentences, and leads on', async () => {
  await go('/id/division/220102')
  await resting(page)
  const network = page.getByTestId('network')
  const pointed = () => network.evaluate((e) => e.network.pointed())
  for (let i = 0; i < 60 && !(await network.evaluate((e) => e === document.activeElement)); i++) await page.keyboard.press('Tab')
  assert.notEqual(await network.evaluate((e) => getComputedStyle(e).outlineStyle), 'none', 'the focus is seen')
  assert.equal(await pointed(), null)

  await page.keyboard.press('ArrowRight')
  const first = await json(`/api/v1/entities/${encodeURIComponent(await pointed())}`)
  const said = await text('network-said')
  assert.ok(said.includes(first.name) && /第 1 个，共 \d+ 个/.test(said), `told in words: ${said}`)
  await page.keyboard.press('ArrowRight')
  const second = await pointed()
  await page.keyboard.press('ArrowLeft')
  assert.ok(second !== first.id && (await pointed()) === first.id, 'to the next and back')
  await page.keyboard.press('ArrowLeft')
  assert.match(await text('network-said'), /第 (\d+) 个，共 \1 个/)
  await page.keyboard.press('ArrowRight')

  await page.keyboard.press(' ')
  await page.getByTestId('panel').getByTestId('sentence').first().waitFor()
  await page.keyboard.press('Enter')
  await page.getByTestId('panel-name').waitFor()
  assert.equal(await text('panel-name'), first.name)
  await page.keyboard.press('ArrowRight') // from there, all ways lead to its own neighbours
  assert.notEqual(await pointed(), first.id)
  await page.keyboard.press('Home')
  assert.match(await text('network-said'), /南关区/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.waitForFunction((name) => document.querySelector('[data-testid=entity-name]')?.textContent === name, first.name)
})

test('an edge shows the sentence it came from, and leads to it in the document', async () => {
  await go('/id/division/220102')
  await resting(page)
  const { relation, place } = await pointAtTellingEdge()
  await page.mouse.click(place.x, place.y)
  const panel = page.getByTestId('panel')
  await panel.getByTestId('sentence').first().waitFor()
  const said = (await panel.innerText()).replace(/\s/g, '')
  assert.ok(said.includes(relation.evidence.quote.replace(/\s/g, '')), 'the whole sentence is quoted')
  const marked = (await panel.locator('mark').allInnerTexts()).join(' ')
  assert.ok(marked.includes(relation.subject.name) && marked.includes(relation.object.name), `both names are marked: ${marked}`)

  await panel.getByTestId('source').first().click()
  await page.getByTestId('document-text').waitFor()
  await page.locator('.target').first().waitFor()
  const target = (await page.locator('.target').allInnerTexts()).join('').replace(/\s/g, '')
  assert.ok(relation.evidence.quote.replace(/\s/g, '').includes(target) && target.length > 3, `the document lights up the sentence: ${target}`)
  assert.ok(await page.locator('.target').first().isVisible())
  const box = await page.locator('.target').first().boundingBox()
  assert.ok(box.y > 0 && box.y < 900, `scrolled to the place: ${box.y}`)
})

test('who settled here, since when, says who: a filter answers for network and list', async () => {
  await go('/id/division/220102')
  await resting(page)
  await page.getByTestId('predicate-settledIn').click()
  await page.waitForURL(/predicate=settledIn/)
  await resting(page)
  const groups = page.locator('[data-testid^=group-]')
  await page.waitForFunction(() => document.querySelectorAll('[data-testid^=group-]').length === 1)
  const row = groups.getByTestId('relation-row').first()
  assert.match(await row.innerText(), /20\d\d年/)
  assert.ok((await row.getByTestId('source').count()) > 0)
})

test('a question of the start leads to its answer', async () => {
  await go('/')
  await page.getByRole('link', { name: '哪些企业落户南关区？' }).click()
  await page.getByTestId('group-settledIn-in').getByTestId('relation-row').first().waitFor()
  await page.waitForFunction(() => {
    const { top } = document.getElementById('relations').getBoundingClientRect()
    return top > 0 && top < 200
  })
})

test('two steps reach further than one', async () => {
  await go('/id/division/220102')
  await resting(page)
  const near = await page.getByTestId('network').evaluate((e) => e.network.nodes().length)
  await page.getByTestId('depth-2').click()
  await page.waitForURL(/depth=2/)
  await page.waitForFunction((n) => (document.querySelector('[data-testid=network]')?.network?.nodes().length ?? 0) > n, near)
})

test('English and Chinese, remembered', async () => {
  await go('/id/division/220102')
  await page.getByTestId('entity-name').waitFor()
  await page.getByTestId('language').click()
  await page.getByRole('heading', { name: 'Relations and sources' }).waitFor()
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await page.reload()
  await page.getByRole('heading', { name: 'Relations and sources' }).waitFor()
  await page.getByTestId('language').click()
  await page.getByRole('heading', { name: '关系与出处' }).waitFor()
})

test('a document shows its text with finds; figures tell what they mean', async () => {
  await go('/')
  const { items } = await json('/api/v1/documents')
  const bulletin = items.find((d) => d.kind === 'statistical_bulletin')
  assert.ok(bulletin, 'a bulletin among the samples')
  await page.locator(`a[href$="${bulletin.id.split('/').at(-1)}"]`).first().click()
  await page.getByTestId('document-text').waitFor()
  const { text: original } = await json(`/api/v1/documents/${encodeURIComponent(bulletin.id)}`)
  const dense = (s) => s.replace(/\s/g, '')
  assert.equal(dense(await page.getByTestId('document-text').evaluate((e) => e.textContent)), dense(original), 'the text is the original, unaltered')
  await page.locator('.find.figure', { hasText: '521.92亿元' }).first().click()
  const panel = page.getByTestId('panel-figure')
  assert.match(await panel.innerText(), /521\.92\s*亿元/)
  assert.match(await panel.innerText(), /地区生产总值/)
  await page.locator('.find[data-class=Division]').first().click()
  await page.getByTestId('panel-entity').first().waitFor()
})

test('districts side by side, each number with its sentence, as CSV too', async () => {
  await go('/compare?district=division/220102&district=division/120104&indicator=' + encodeURIComponent('地区生产总值') + '&measure=growth')
  await page.getByTestId('compare-cell').first().waitFor()
  assert.equal(await page.getByTestId('compare-district').count(), 2)
  await page.getByTestId('compare-cell').first().click()
  const shown = await page.getByTestId('compare-cell').first().innerText()
  const panel = page.getByTestId('compare-panel')
  await panel.locator('mark.figure').first().waitFor()
  assert.match(await panel.innerText(), new RegExp(shown.split('\n')[0].replace(/\+\d+$/, '').replace(/[+.]/g, '\\$&')))
  const csv = await page.request.get(site.base + (await page.getByTestId('csv').getAttribute('href')))
  assert.match(csv.headers()['content-type'], /text\/csv/)
  assert.match(await csv.text(), /南关区/)
})

test('compare proposes what the districts have in common', async () => {
  await go('/compare')
  await page.getByTestId('compare-cell').first().waitFor()
  await page.getByTestId('indicator').fill('生产总值')
  await page.getByTestId('indicator-option').first().click()
  await page.waitForURL(/indicator=/)
})

test('the console runs Gizmo and tells when the result was cut', async () => {
  await go('/gizmo')
  await page.getByTestId('gizmo-query').fill('g.V().all()')
  await page.getByTestId('gizmo-run').click()
  await page.getByTestId('gizmo-cut').waitFor()
  assert.equal(await page.getByTestId('gizmo-result').locator('tbody tr').count(), 100)
  await page.getByTestId('gizmo-query').fill('g.V("南关区").in("rdfs:label").all()')
  await page.keyboard.press('Control+Enter')
  await page.getByTestId('gizmo-result').getByRole('link').first().waitFor()
})

test('sentences are found in the texts', async () => {
  await go('/search?q=' + encodeURIComponent('医院'))
  await page.getByTestId('hit').first().waitFor()
  await page.getByTestId('tab-sentences').click()
  await page.getByTestId('sentence-hit').first().waitFor()
  assert.match((await page.getByTestId('sentence-hit').first().locator('mark').allInnerTexts()).join(''), /医院|医|院/)
})

test('an unknown entity and an unknown page say so', async () => {
  await go('/id/enterprise/cn/' + encodeURIComponent('没有这家企业'))
  await page.getByTestId('problem').waitFor()
  assert.match(await text('problem'), /没有找到/)
  complaints = complaints.filter((c) => !/404/.test(c)) // the browser notes the answer that the test asks for
  await go('/nowhere')
  await page.getByRole('heading', { name: '没有这一页' }).waitFor()
})

test('dark theme is remembered, and a phone sees no sideways scroll', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of ['/', '/id/division/220102', '/compare', '/gizmo', '/search?q=' + encodeURIComponent('南关')]) {
    await go(path)
    await page.waitForLoadState('networkidle')
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.equal(over, 0, `${path} is ${over} px too wide`)
  }
  await page.getByTestId('theme').click()
  await page.getByTestId('theme').click()
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
  await page.reload()
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
})
