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
  reload: async page => { await page.reload(); await settled(page) },
  read: async (page, selector) => page.$eval(selector, element => element.textContent),
  all: async (page, selector) => page.$$eval(selector, elements => elements.map(element => element.textContent)),
  focus: async page => page.evaluate(() => document.activeElement?.dataset.at ?? document.activeElement?.id),
  evaluate: async (page, code) => page.evaluate(code),
  correct,
  timed: async (page, acts) => {
    const spent = []
    for (let turn = 0; turn < acts; turn += 1) {
      const key = turn % 3 === 2 ? 'u' : turn % 3 ? '6' : 'Enter'
      spent.push(await page.evaluate(key => new Promise(done => {
        const begun = performance.now()
        new MutationObserver((_, watch) => {
          if (document.body.dataset.busy !== 'no') return
          watch.disconnect()
          requestAnimationFrame(() => done(performance.now() - begun))
        }).observe(document.body, { attributes: true, attributeFilter: ['data-busy'] })
        document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      }), key))
    }
    return spent
  },
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

const DIGITS = { kicker: '1', headline: '2', subtitle: '3', subhead: '4', paragraph: '5', caption: '6', byline: '7', credit: '8', header: '9', footer: '0' }

// What is true of a page: by place, the role of a block, its item, and which piece each piece goes on.
function truths(page) {
  const out = new Map()
  for (const node of page.nodes) {
    for (const block of node.blocks) {
      out.set(block.at, { role: block.role, item: node.id ?? '', on: '' })
      let piece = null, last = ''
      for (const segment of block.segments) {
        if ('piece' in segment) piece = segment.at
        else if (piece && 'text' in segment) {
          if (last) out.set(piece, { role: block.role, item: node.id ?? '', on: last })
          last = piece
          piece = null
        }
      }
    }
  }
  return out
}

// Which key puts a place right; null where nothing is wrong there.
function remedy(here, right) {
  if (!here || !right) return null
  if (here.on !== right.on && here.role === 'paragraph' && right.role === 'paragraph') return right.on ? 'j' : 's'
  return here.role === right.role && here.on === right.on ? null : DIGITS[right.role]
}

const spot = place => `#blocks [data-cut="${place}"], #blocks .block[data-at="${place}"] .role`

// Of some places those that are in view in the structure.
const inView = (page, places) => page.evaluate(pairs => pairs.filter(([, selector]) => {
  const box = document.querySelector(selector)?.getBoundingClientRect(), frame = document.querySelector('#structure').getBoundingClientRect()
  return box && box.top >= frame.top && box.bottom <= frame.bottom
}).map(([place]) => place), places.map(place => [place, spot(place)]))

/** An editor who knows the page, and every key and click of theirs: a question at hand is put right with its key; what else
 * is wrong in view is clicked and put right; when nothing in view is wrong, A says so of all that is asked there. */
async function correct(page, gold) {
  const state = () => page.evaluate(() => fetch('api/page/1').then(answer => answer.json()))
  const right = truths(gold)
  const trace = []
  let keys = 0, clicks = 0, errors = null
  const press = async key => { keys += 1; await page.keyboard.press(key); await settled(page) }
  for (let turn = 0; turn < 60; turn += 1) {
    const now = await state()
    const here = truths(now)
    const wrong = [...here.keys()].filter(at => remedy(here.get(at), right.get(at)))
    errors ??= wrong.length
    const asked = await page.$eval('#dock', dock => dock.dataset.question)
    const at = asked?.split(' ')[1]
    const open = await page.$eval('#answers', answers => answers.childElementCount > 0 && !!document.querySelector('#blocks .mark:not(.checked), #blocks .cut.unsure, #blocks .cut.doubtful'))
    if (!wrong.length && !open) break
    const key = asked && remedy(here.get(at), right.get(at))
    const doubted = new Set(now.queue.filter(one => one.asked).map(one => one.at))
    const [seen] = key ? [] : await inView(page, open ? wrong.filter(place => doubted.has(place)) : wrong)
    if (key) await press(key === 'j' || key === 's' ? 'x' : key)
    else if (seen || !open) {
      await page.hover(spot(seen ?? wrong[0]))  // no key and no click
      await press(remedy(here.get(seen ?? wrong[0]), right.get(seen ?? wrong[0])))
    } else await press('a')
    const said = await page.$eval('#message.bad', message => message.textContent).catch(() => '')
    trace.push([asked, key || (seen ? `point at ${seen}` : 'a'), said].join(' '))
  }
  const end = await state()
  return { errors, keys, clicks, trace, left: [...truths(end)].filter(([at, one]) => JSON.stringify(one) !== JSON.stringify(right.get(at))), progress: end.progress }
}

const settled = page => page.waitForFunction(() => document.body.dataset.busy === 'no')

await main(async (task, newPage) => {
  const pages = []
  const foreign = []
  const open = async () => {
    const page = await newPage({ viewport: task.viewport ?? { width: 1440, height: 900 }, locale: task.locale ?? 'zh-CN' })
    page.on('request', request => new URL(request.url()).hostname === '127.0.0.1' || foreign.push(request.url()))
    if (task.who) await page.addInitScript(name => localStorage.setItem('edition-who', name), task.who)
    await page.goto(task.url)
    await settled(page)
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
