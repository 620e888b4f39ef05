import { expect, it } from 'vitest'
import { asKnown, knownTags } from './tags.ts'

it('offers each tag once, by name', () => {
  expect(knownTags([{ tags: ['vpn', 'mail'] }, { tags: ['mail', 'Account'] }])).toEqual([
    'Account',
    'mail',
    'vpn',
  ])
})

it('keeps the spelling that other articles have', () => {
  const known = ['vpn', 'café']
  expect(asKnown([' VPN ', 'Cafe', 'two  words', 'vpn', ' '], known)).toEqual(['vpn', 'café', 'two words'])
  expect(asKnown(['x'.repeat(60)], known)[0]).toHaveLength(40)
})
