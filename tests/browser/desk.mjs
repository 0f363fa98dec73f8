// Someone at the editor's desk: {url, steps, viewport?, locale?} -> {seen, errors}. A step is [verb, …]; what it tells goes to `seen`.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { here, main } from './browser.mjs'

const AXE = readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8')

const VERBS = {
  press: async (page, ...keys) => { for (const key of keys) { await page.keyboard.press(key); await settled(page) } },
  click: async (page, selector) => { await page.click(selector); await settled(page) },
  select: async (page, selector, value) => { await page.selectOption(selector, value); await settled(page) },
  fill: async (page, selector, text) => page.fill(selector, text),
  mark: async (page, selector, from, to) => page.$eval(selector, (field, ends) => { field.focus(); field.setSelectionRange(...ends) }, [from, to]),
  at: async (page, place) => { await page.click(`#blocks .block[data-at="${place}"] .role`); await settled(page) },
  reload: async page => { await page.reload(); await ready(page) },
  read: async (page, selector) => page.$eval(selector, element => element.textContent),
  all: async (page, selector) => page.$$eval(selector, elements => elements.map(element => element.textContent)),
  focus: async page => page.evaluate(() => document.activeElement?.dataset.at ?? document.activeElement?.id),
  evaluate: async (page, code) => page.evaluate(code),
  wide: async page => page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
  shot: async (page, file) => { await page.waitForTimeout(150); await page.screenshot({ path: file }) },
  viewport: async (page, width, height) => page.setViewportSize({ width, height }),
  axe: async page => {
    const complaints = page.errors.length
    await page.evaluate(`${AXE};0`)  // over the debugging protocol: the desk's own policy allows no foreign script
    const { violations } = await page.evaluate(() => window.axe.run(document))
    page.errors.length = complaints  // axe's own inline styles, which the policy refuses too
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(node => node.target.join(' ')).join(', ')}`)
  },
}

const settled = page => page.waitForFunction(() => document.body.dataset.busy === 'no')
const ready = async page => { await page.waitForSelector('#dock #asked:not(:empty)'); await settled(page) }

await main(async (task, newPage) => {
  const pages = []
  const foreign = []
  const open = async () => {
    const page = await newPage({ viewport: task.viewport ?? { width: 1440, height: 900 }, locale: task.locale ?? 'zh-CN' })
    page.on('request', request => new URL(request.url()).hostname === '127.0.0.1' || foreign.push(request.url()))
    if (task.who) await page.addInitScript(name => localStorage.setItem('edition-who', name), task.who)
    await page.goto(task.url)
    await ready(page)
    pages.push(page)
  }
  await open()
  const seen = []
  let tab = 0
  for (const [verb, ...given] of task.steps) {
    if (verb === 'tab') {
      tab = given[0]
      if (tab === pages.length) await open()
      continue
    }
    const told = await VERBS[verb](pages[tab], ...given)
    if (told !== undefined) seen.push(told)
  }
  return { seen, foreign, errors: pages.flatMap(page => page.errors) }
})
