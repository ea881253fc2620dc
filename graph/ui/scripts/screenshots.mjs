// `npm run screenshots` takes the pictures of the README from the real program.
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { at, open, resting } from '../test/browser/server.mjs'

const folder = fileURLToPath(new URL('../screenshots', import.meta.url))
const site = await open()
try {
  await mkdir(folder, { recursive: true })
  const page = await site.chrome.newPage({ viewport: { width: 1320, height: 860 }, reducedMotion: 'reduce', colorScheme: 'light', locale: 'zh-CN' })
  const save = (name) => page.screenshot({ path: `${folder}/${name}.png` })

  await page.goto(`${site.base}/id/division/220102`)
  await resting(page)
  await page.getByTestId('predicate-settledIn').waitFor()
  const key = await page.getByTestId('network').evaluate((e) => {
    const settled = e.network.edges().filter((k) => k.includes('/enterprise/'))
    // The line that runs highest stands freest.
    return settled.sort((a, b) => e.network.edge(a).y - e.network.edge(b).y)[0]
  })
  const place = await at(page, 'edge', key)
  await page.mouse.move(place.x, place.y)
  await page.mouse.click(place.x, place.y)
  await page.getByTestId('panel').getByTestId('sentence').first().waitFor()
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
