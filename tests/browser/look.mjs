// Open an address, take a picture, let axe-core look: {url, shot?, viewport?, colorScheme?, axe?} -> {title, text, errors, violations}.
import { axe, main } from './browser.mjs'

await main(async (task, newPage) => {
  const page = await newPage({ viewport: task.viewport ?? { width: 1280, height: 900 }, colorScheme: task.colorScheme ?? 'light' })
  await page.goto(task.url)
  if (task.shot) await page.screenshot({ path: task.shot, fullPage: Boolean(task.fullPage) })
  return {
    title: await page.title(),
    text: await page.evaluate(() => document.body.innerText),
    errors: page.errors,
    violations: task.axe ? await axe(page) : null,
  }
})
