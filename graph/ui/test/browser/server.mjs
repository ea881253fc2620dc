// Starts the real program on the sample documents, and the browser that looks at it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const here = fileURLToPath(new URL('../..', import.meta.url))

/** The program: DISTRICTKG_BIN, else what `make build` wrote. */
function program() {
  const path = resolve(here, process.env.DISTRICTKG_BIN || '../../bin/districtkg')
  if (!existsSync(path)) throw new Error(`no program at ${path}: run make build, or set DISTRICTKG_BIN`)
  return path
}

/** Chromium: CHROMIUM, else the first on the path. */
function browser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const places = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)].flatMap((folder) => names.map((name) => join(folder, name)))
  const path = process.env.CHROMIUM || places.find(existsSync)
  if (!path) throw new Error('no Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM')
  return path
}

const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** run runs the program to its end. */
async function run(...args) {
  const child = spawn(program(), args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stdout.on('data', (d) => (said += d))
  child.stderr.on('data', (d) => (said += d))
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`districtkg ${args.join(' ')} ended with ${code}:\n${said}`)
}

/** serve serves the graph at a free port and returns its address. */
async function serve(db) {
  const child = spawn(program(), ['serve', '--db', db, '--addr', '127.0.0.1:0', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^serving on (http:\S+)/.exec(line)
    if (!found) continue
    child.stdout.resume()
    const stop = async () => {
      child.kill('SIGTERM')
      await once(child, 'close')
    }
    return { base: found[1], stop }
  }
  throw new Error('districtkg serve ended without telling its address')
}

/** open builds the samples, serves them and starts the browser. */
export async function open() {
  const db = await mkdtemp(join(tmpdir(), 'districtkg-page-'))
  const closers = [() => rm(db, { recursive: true, force: true })]
  const close = async () => {
    for (const c of closers.reverse()) await c()
  }
  try {
    await run('build', '--db', join(db, 'graph'))
    const { base, stop } = await serve(join(db, 'graph'))
    closers.push(stop)
    const chrome = await chromium.launch({ executablePath: browser(), args: flags })
    closers.push(() => chrome.close())
    return { base, chrome, close }
  } catch (cause) {
    await close()
    throw cause
  }
}

/** at returns the place, on the screen, of a node or a line of the network. */
export const at = (page, kind, id) =>
  page.getByTestId('network').evaluate(
    (element, [kind, id]) => {
      const box = element.getBoundingClientRect()
      const place = element.network[kind](id)
      return { x: box.x + place.x, y: box.y + place.y }
    },
    [kind, id],
  )

/** resting waits until the layout of the network has come to rest. */
export async function resting(page) {
  await page.locator('[data-testid=network][data-resting=true]').waitFor({ timeout: 60_000 })
  await page.waitForFunction(() => document.querySelector('[data-testid=network]')?.network?.resting)
}
