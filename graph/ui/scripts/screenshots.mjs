// `npm run screenshots` takes the pictures of the README from the real program.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { at, open, resting } from '../test/browser/server.mjs'

const folder = fileURLToPath(new URL('../screenshots', import.meta.url))
/** Clicks the first line to an enterprise that says who settled. */
async function pickEnterprise(page) {
  const keys = await page.getByTestId('network').evaluate((e) => e.network.edges().filter((k) => k.includes('/enterprise/')))
  for (const key of keys) {
    const place = await at(page, 'edge', key)
    await page.mouse.move(place.x, place.y)
    await page.waitForTimeout(300)
    await page.mouse.click(place.x, place.y)
    const said = await page.getByTestId('panel').locator('mark.trigger').first().waitFor({ timeout: 3000 }).then(() => page.getByTestId('panel').innerText(), () => '')
    if (said.includes('落户于')) return
    const close = page.getByTestId('panel').getByRole('button').first()
    if (await close.isVisible()) await close.click()
    await page.waitForTimeout(300)
  }
  throw new Error('no line to an enterprise tells who settled')
}

const site = await open()
try {
  await mkdir(folder, { recursive: true })
  const page = await site.chrome.newPage({ viewport: { width: 1320, height: 860 }, reducedMotion: 'reduce', colorScheme: 'light', locale: 'zh-CN' })
  const save = (name) => page.screenshot({ path: `${folder}/${name}.png` })

  await page.goto(`${site.base}/id/division/220102`)
  await resting(page)
  await page.getByTestId('predicate-settledIn').waitFor()
  await pickEnterprise(page)
  await page.mouse.move(10, 400)
  await page.waitForTimeout(500)
  await save('network')

  await page.setViewportSize({ width: 1320, height: 1020 })
  await page.goto(`${site.base}/compare`)
  await page.getByTestId('compare-cell').first().click()
  await page.mouse.move(10, 400)
  await page.waitForTimeout(300)
  await save('compare')
} finally {
  await site.close()
}
