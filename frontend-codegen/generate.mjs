// Writes each portal's `schema.d.ts` from the API's OpenAPI documents.
import { readFile, writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'

const root = new URL('../', import.meta.url)
const targets = [
  ['openapi/customer.json', 'frontend-customer/src/api/schema.d.ts'],
  ['openapi/admin.json', 'frontend-admin/src/api/schema.d.ts'],
]

for (const [source, target] of targets) {
  const document = JSON.parse(await readFile(new URL(source, root), 'utf8'))
  const types = astToString(await openapiTS(document, { defaultNonNullable: false }))
  await writeFile(
    new URL(target, root),
    `// Made from ${source} by \`npm run gen\`. Do not edit.\n\n${types}`,
  )
  process.stdout.write(`${target}\n`)
}
