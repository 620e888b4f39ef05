import { describe, expect, it } from 'vitest'
import { en } from '../i18n/en.ts'
import { makeTranslate } from '../i18n/translate.ts'
import { parseConfig } from './config.ts'
import { errorText, fieldErrors, pathOf } from './errors.ts'
import { rowsOf } from './pages.ts'
import { ifMatch, networkError, ProblemError, problemFrom, writeQuery } from '@bsm-platform/client'

const t = makeTranslate<typeof en>(en, 'en')
const problem = (code: string, status: number, more = {}) =>
  new ProblemError({ type: '', title: 'T', status, detail: 'D', code, request_id: 'r-1', ...more })

describe('problems', () => {
  it('keep what the API said', () => {
    const response = new Response(null, { status: 429, headers: { 'Retry-After': '7' } })
    const error = problemFrom(response, { ...problem('rate_limited', 429).problem })
    expect(error.retryAfter).toBe(7)
    expect(errorText(error, t)).toContain('7 seconds')
  })

  it('are made of answers that are none, such as a proxy page', () => {
    const response = new Response('<h1>', { status: 502, headers: { 'X-Request-Id': 'abc' } })
    const error = problemFrom(response, '<h1>')
    expect(error.code).toBe('not_problem')
    expect(error.problem.request_id).toBe('abc')
    expect(error.isTemporary).toBe(true)
  })

  it('tell what may pass by itself', () => {
    expect(networkError(null).isTemporary).toBe(true)
    expect(problem('not_found', 404).isTemporary).toBe(false)
  })

  it('speak plainly, and pass on what only the API knows', () => {
    expect(errorText(problem('forbidden', 403), t)).toBe(en['error.forbidden'])
    expect(errorText(problem('slug_taken', 409), t)).toBe('D')
  })
})

describe('field errors', () => {
  it('map pointers to the paths of forms', () => {
    expect(pathOf('/form/room_size')).toBe('form.room_size')
    expect(pathOf('/a~1b/0/c~0d')).toBe('a/b.0.c~d')
    const error = problem('invalid_body', 422, {
      errors: [
        { pointer: '/subject', code: 'too_short', detail: '' },
        { pointer: '/subject', code: 'forbidden_character', detail: 'second' },
        { pointer: '/name', code: 'new_code', detail: 'Said by the API.' },
      ],
    })
    expect(fieldErrors(error, t)).toEqual({ subject: en['field.too_short'], name: 'Said by the API.' })
    expect(fieldErrors(new Error('x'), t)).toEqual({})
  })
})

describe('requests', () => {
  it('write lists with commas and leave out what is empty', () => {
    expect(writeQuery({ status: ['open', 'new'], q: '', limit: 5, rated: false, none: [] })).toBe(
      'status=open%2Cnew&limit=5&rated=false',
    )
  })

  it('quote the version', () => {
    expect(ifMatch({ version: 3 })).toEqual({ 'If-Match': '"3"' })
  })

  it('keep a row once that moved between pages, as last seen', () => {
    const pages = [
      {
        items: [
          { id: 'a', n: 1 },
          { id: 'b', n: 1 },
        ],
        next_cursor: 'x',
      },
      { items: [{ id: 'a', n: 2 }], next_cursor: null },
    ]
    expect(rowsOf({ pages })).toEqual([
      { id: 'a', n: 2 },
      { id: 'b', n: 1 },
    ])
  })
})

describe('config.json', () => {
  it('takes an origin, with or without a slash at its end', () => {
    expect(parseConfig({ api_base: 'https://api.example.com/' }).api_base).toBe('https://api.example.com')
    expect(parseConfig({ api_base: '' }).api_base).toBe('')
  })

  it('refuses what is no origin', () => {
    for (const bad of [null, {}, { api_base: 'api.example.com' }, { api_base: 'javascript:alert(1)' }]) {
      expect(() => parseConfig(bad)).toThrow()
    }
  })
})
