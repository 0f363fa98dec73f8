// What every script here shares: Debian's Chromium, a file server on the loopback interface, a check with axe-core.
//
// A script is run by `browsing.run` in Python: `node SCRIPT '{"…": …}'`. It gets one JSON object as its argument and
// prints one JSON object. `page.errors` collects what the page complained of; a script that ignores them says why.

import { createReadStream, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const here = path.dirname(fileURLToPath(import.meta.url))

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--hide-scrollbars',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css',
  '.epub': 'application/epub+zip', '.xhtml': 'application/xhtml+xml', '.svg': 'image/svg+xml', '.json': 'application/json',
  '.jpg': 'image/jpeg', '.png': 'image/png', '.xml': 'application/xml', '.otf': 'font/otf',
}

/** Run `work(task, newPage)` with the task from the command line; print what it gives as JSON. */
export async function main(work) {
  const task = JSON.parse(process.argv[2] ?? '{}')
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS })
  try {
    const result = await work(task, options => newPage(browser, options))
    process.stdout.write(JSON.stringify(result))
  } finally {
    await browser.close()
  }
}

/** A page; `options` as in Playwright's browser.newPage, e.g. {viewport: {width, height}, colorScheme: 'dark'}. */
async function newPage(browser, options = {}) {
  const page = await browser.newPage({ viewport: { width: 600, height: 800 }, ...options })
  page.errors = []
  page.on('pageerror', error => page.errors.push(String(error)))
  page.on('console', message => message.type() === 'error' && page.errors.push(message.text()))
  return page
}

/** What axe-core finds wrong: [{id, impact, help, targets}]. */
export async function axe(page, options = {}) {
  await page.addScriptTag({ path: path.join(here, 'node_modules/axe-core/axe.min.js') })
  const { violations } = await page.evaluate(given => window.axe.run(document, given), options)
  return violations.map(({ id, impact, help, nodes }) => ({ id, impact, help, targets: nodes.map(n => n.target.join(' ')) }))
}

/** Serve files: `roots` maps the beginning of an address to a folder. Gives {origin, close}. */
export function serve(roots) {
  const server = createServer((request, answer) => {
    const file = locate(roots, decodeURIComponent(request.url.split('?')[0]))
    if (!file) return answer.writeHead(request.url === '/favicon.ico' ? 204 : 404).end()
    answer.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
    createReadStream(file).pipe(answer)
  })
  return new Promise(ready => server.listen(0, '127.0.0.1', () => ready({
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => server.close(),
  })))
}

function locate(roots, address) {
  for (const [start, folder] of Object.entries(roots)) {
    if (!address.startsWith(start)) continue
    const file = path.resolve(folder, address.slice(start.length))
    if (file.startsWith(path.resolve(folder)) && statSync(file, { throwIfNoEntry: false })?.isFile()) return file
  }
  return null
}

