// How much JavaScript each portal loads for its sign-in and its first page: `npm run size`, after a
// build. Reads the built files as a browser does, so that nothing is counted that is not sent, and
// fails above the budget. What a page asks for once it is shown (`import()`) is not counted.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const BUDGET_KB = 180
const PORTALS = [
  { name: 'customer', firstPage: 'DashboardPage' },
  { name: 'admin', firstPage: 'HomePage' },
]

/** `import "./a.js"`, `import{b}from"./b.js"`, `export*from"./c.js"`; not `import("./d.js")`. */
const IMPORTED = /(?:\bfrom|\bimport)\s*["']\.\/([\w.-]+\.js)["']/g

function firstLoad({ name, firstPage }) {
  const dist = join(import.meta.dirname, '..', `frontend-${name}`, 'dist')
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const asked = [...html.matchAll(/(?:src|href)="\/\w+\/assets\/([\w.-]+\.js)"/g)].map(([, file]) => file)
  const pages = readdirSync(join(dist, 'assets')).filter((file) =>
    new RegExp(`^${firstPage}-.*\\.js$`).test(file),
  )
  if (asked.length === 0) throw new Error(`${dist}/index.html loads no script`)
  if (pages.length !== 1) throw new Error(`${dist} has ${pages.length} files for ${firstPage}`)

  const sizes = new Map()
  const waiting = [...asked, ...pages]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (sizes.has(file)) continue
    const code = readFileSync(join(dist, 'assets', file))
    sizes.set(file, gzipSync(code).length)
    waiting.push(...[...code.toString().matchAll(IMPORTED)].map(([, found]) => found))
  }
  return sizes
}

const kB = (bytes) => (bytes / 1000).toFixed(1).padStart(6)

for (const portal of PORTALS) {
  const sizes = [...firstLoad(portal)].toSorted(([, a], [, b]) => b - a)
  const total = sizes.reduce((sum, [, size]) => sum + size, 0)
  const over = total > BUDGET_KB * 1000
  process.stdout.write(`${kB(total)} kB ${portal.name}, of ${BUDGET_KB} kB${over ? ': too much' : ''}\n`)
  if (!over) continue
  process.exitCode = 1
  for (const [file, size] of sizes) process.stdout.write(`${kB(size)} kB   ${file}\n`)
}
