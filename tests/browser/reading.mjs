// Read a book as a person does, in a real engine, and say what happened.
//
// {book, engine: "foliate" | "epubjs", viewport?, night?, contents?: false, search?: [query], notes?: [href],
//  shots?: [{href, file, turns?, viewport?, night?}]}
// -> {info, entries: [{label, href, reached, text, …}], pages: […], searches: {query: hits}, notes: [text], errors}

import path from 'node:path'
import { here, main, serve } from './browser.mjs'

await main(async (task, newPage) => {
  const server = await serve({ '/modules/': path.join(here, 'node_modules'), '/book/': path.dirname(task.book), '/': here })
  try {
    const page = await newPage({ viewport: task.viewport ?? { width: 600, height: 800 }, colorScheme: task.night ? 'dark' : 'light' })
    await page.goto(`${server.origin}/${task.engine}.html`)
    await page.waitForFunction('window.ready')
    const address = `/book/${encodeURIComponent(path.basename(task.book))}`
    const info = await page.evaluate(([url, night]) => engine.open(url, night), [address, Boolean(task.night)])
    return await read(page, task, info)
  } finally {
    server.close()
  }
})

async function read(page, task, info) {
  const go = async entry => ({ ...entry, ...await page.evaluate(href => engine.go(href), entry.href) })
  const entries = [], pages = [], searches = {}, notes = []
  if (task.contents !== false) {
    for (const entry of info.toc) entries.push(await go(entry))
    for (const entry of info.pages) pages.push(await go(entry))
  }
  for (const query of task.search ?? []) searches[query] = await page.evaluate(given => engine.search(given), query)
  for (const href of task.notes ?? []) notes.push(await page.evaluate(given => engine.note(given), href))
  for (const shot of task.shots ?? []) {
    if (shot.viewport) await page.setViewportSize(shot.viewport)
    if ('night' in shot) {
      await page.emulateMedia({ colorScheme: shot.night ? 'dark' : 'light' })
      await page.evaluate(on => document.body.classList.toggle('night', on), shot.night)
    }
    await go(shot)
    for (let turn = 0; turn < (shot.turns ?? 0); turn++) await page.evaluate(() => engine.next())
    await page.waitForTimeout(150)
    await page.screenshot({ path: shot.file })
  }
  return { info, entries, pages, searches, notes, errors: page.errors }
}
