// Writes the types of the TypeScript client, which both portals use, from the OpenAPI documents.
import { readFile, writeFile } from 'node:fs/promises'
import ts from 'typescript'
import openapiTS, { astToString } from 'openapi-typescript'

const root = new URL('../', import.meta.url)
const targets = [
  ['openapi/customer.json', 'clients/typescript/src/customer.ts'],
  ['openapi/admin.json', 'clients/typescript/src/admin.ts'],
]

/** A score (an integer from 1 to 5) becomes the union of its values, which the stars rely on. */
function scoreUnion(schema) {
  if (schema.type !== 'integer' || schema.minimum !== 1 || schema.maximum !== 5) return undefined
  const values = [1, 2, 3, 4, 5].map((value) =>
    ts.factory.createLiteralTypeNode(ts.factory.createNumericLiteral(value)),
  )
  return ts.factory.createUnionTypeNode(values)
}

for (const [source, target] of targets) {
  const document = JSON.parse(await readFile(new URL(source, root), 'utf8'))
  const types = astToString(
    await openapiTS(document, {
      defaultNonNullable: false,
      emptyObjectsUnknown: true,
      transform: scoreUnion,
    }),
  )
  await writeFile(
    new URL(target, root),
    `// Made from ${source} by \`npm run gen\`. Do not edit.\n\n${types}`,
  )
  process.stdout.write(`${target}\n`)
}
