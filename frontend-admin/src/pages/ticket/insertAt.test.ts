import { expect, it } from 'vitest'
import { insertAt } from './insertAt.ts'

it('puts a text where the cursor is, apart from the words around it', () => {
  expect(insertAt('', 0, 0, 'LINK')).toEqual(['LINK', 4])
  expect(insertAt('See please', 3, 3, 'LINK')).toEqual(['See LINK please', 8])
  expect(insertAt('See .', 4, 4, 'LINK')).toEqual(['See LINK.', 8])
  expect(insertAt('Seethis', 3, 3, 'LINK')).toEqual(['See LINK this', 9])
  expect(insertAt('See this now', 4, 8, 'LINK')).toEqual(['See LINK now', 8])
})
