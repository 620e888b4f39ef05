import { MantineProvider } from '@mantine/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FieldKind, Form, FormValues, Me } from '../api/types.ts'
import { LocaleContext, localeOf } from '../i18n/locale.ts'
import type { Session, SessionState } from '../session/session.ts'
import { SessionProvider } from '../session/SessionProvider.tsx'
import { AnswerText } from './AnswerText.tsx'
import { DecimalInput } from './DecimalInput.tsx'
import { DynamicForm, formFieldErrors } from './DynamicForm.tsx'
import { forgetDrafts, hasDrafts, useFormDraft } from './useFormDraft.ts'

afterEach(cleanup)

const form: Form = {
  fields: [
    { id: 'intro', kind: 'note', label: 'Please read' },
    { id: 'remote', kind: 'yes_no', label: 'Remote?', required: true },
    {
      id: 'city',
      kind: 'short_text',
      label: 'City',
      visible_if: { all: [{ field: 'remote', op: 'eq', value: false }] },
    },
    { id: 'day', kind: 'date', label: 'Start' },
    { id: 'kit', kind: 'multi_select', label: 'Kit', options: [{ value: 'a', label: 'Laptop' }] },
  ],
}

function Order() {
  const [values, setValues] = useState<FormValues>({})
  const errors = formFieldErrors({ 'form.day': 'Not on a Sunday.', note: 'elsewhere' })
  return (
    <MantineProvider>
      <DynamicForm form={form} values={values} errors={errors} onChange={setValues} />
      <output>{JSON.stringify(values)}</output>
    </MantineProvider>
  )
}

describe('DynamicForm', () => {
  it('shows and hides fields as answers change, and errors at their fields', () => {
    render(<Order />)
    expect(screen.queryByLabelText('City')).toBeNull()
    fireEvent.click(screen.getByLabelText('No'))
    fireEvent.change(screen.getByLabelText('City'), { target: { value: 'Ulm' } })
    fireEvent.click(screen.getByLabelText('Laptop'))
    expect(screen.getByRole('status').textContent).toBe('{"remote":false,"city":"Ulm","kit":["a"]}')
    expect(screen.getByText('Not on a Sunday.')).toBeTruthy()
    fireEvent.click(screen.getByLabelText('Yes'))
    expect(screen.queryByLabelText('City')).toBeNull()
  })
})

function sessionOf(id: string): Session {
  const state: SessionState = { status: 'signed_in', user: { id } as Me }
  return { getState: () => state, subscribe: () => () => {} } as unknown as Session
}

function Reply() {
  const draft = useFormDraft('reply:TKT-1', { body: '' })
  return (
    <>
      <textarea
        aria-label="body"
        value={draft.values.body}
        onChange={(event) => draft.setValues({ body: event.target.value })}
      />
      <button type="button" onClick={draft.clear}>
        clear
      </button>
      <output aria-label="key">{draft.call.get().key}</output>
      <button type="button" onClick={() => draft.call.set({ ...draft.call.get(), sent: 'x' })}>
        send
      </button>
      {draft.restored && 'restored'}
    </>
  )
}

const show = (user: string, session = sessionOf(user)) =>
  render(
    <SessionProvider session={session}>
      <Reply />
    </SessionProvider>,
  )
const key = () => screen.getByLabelText('key').textContent
const body = () => screen.getByLabelText<HTMLTextAreaElement>('body')

describe('useFormDraft', () => {
  beforeEach(() => localStorage.clear())

  it('gives typed text back after a reload, to the same person only, until cleared', () => {
    show('u1')
    fireEvent.change(body(), { target: { value: 'Half a thought' } })
    cleanup()

    show('u2')
    expect(body().value).toBe('')
    cleanup()

    show('u1')
    expect(body().value).toBe('Half a thought')
    expect(screen.getByText('restored')).toBeTruthy()
    act(() => screen.getByText('clear').click())
    expect(body().value).toBe('')
    cleanup()

    show('u1')
    expect(body().value).toBe('')
  })

  it('keeps the key of its call with the text: the same after a reload, another once it is cleared', () => {
    show('u1')
    const first = key()
    fireEvent.change(body(), { target: { value: 'Half a thought' } })
    cleanup()
    show('u1')
    expect(key()).toBe(first)
    act(() => screen.getByText('clear').click())
    expect(key()).not.toBe(first)
    cleanup()
    show('u1')
    expect(key()).not.toBe(first)
  })

  it('keeps the key of what was sent without a word typed, as an order that asks nothing', () => {
    show('u1')
    const first = key()
    act(() => screen.getByText('send').click())
    cleanup()
    show('u1')
    expect(key()).toBe(first)
  })

  it('gives two tabs that begin the same form a call each, and clears its own only', () => {
    const one = show('u1')
    const [first] = screen.getAllByLabelText('key')
    const other = show('u1')
    const [, second] = screen.getAllByLabelText('key')
    expect(second?.textContent).not.toBe(first?.textContent)
    fireEvent.change(other.getAllByLabelText('body')[1] as HTMLElement, { target: { value: 'Theirs' } })
    other.unmount()
    act(() => one.getByText('clear').click())
    cleanup()
    show('u1')
    expect(body().value).toBe('Theirs')
  })

  it('is forgotten with the person who leaves, and with nobody else', () => {
    localStorage.setItem('bsm-draft:u1:reply:TKT-1', '{}')
    localStorage.setItem('bsm-draft:u2:reply:TKT-1', '{}')
    localStorage.setItem('bsm-theme', 'dark')
    forgetDrafts('u1')
    expect([hasDrafts('u1'), hasDrafts('u2')]).toEqual([false, true])
    expect(localStorage.getItem('bsm-theme')).toBe('dark')
  })

  it('is known of from the first letter on, before it is written down', () => {
    show('u1')
    expect(hasDrafts('u1')).toBe(false)
    fireEvent.change(body(), { target: { value: 'H' } })
    expect(hasDrafts('u1')).toBe(true)
  })

  it('is not written down again by an answer that comes when its person has signed out', () => {
    const session = sessionOf('u1')
    show('u1', session)
    fireEvent.change(body(), { target: { value: 'Sent in the last moment' } })
    session.getState = () => ({ status: 'signed_out', reason: 'signed_out' })
    forgetDrafts('u1')
    screen.getByText('send').click()
    expect(hasDrafts('u1')).toBe(false)
  })

  it('starts anew from a draft it cannot read', () => {
    localStorage.setItem('bsm-draft:u1:reply:TKT-1', '{oops')
    show('u1')
    expect(body().value).toBe('')
  })
})

describe('AnswerText', () => {
  const shown = (kind: FieldKind | null, value: string, raw: unknown) =>
    render(
      <LocaleContext value={localeOf('de')}>
        <MantineProvider>
          <AnswerText answer={{ field: 'a', label: 'A', kind, value, raw }} />
        </MantineProvider>
      </LocaleContext>,
    ).container

  it('writes days and numbers as the reader does, and leaves the rest alone', () => {
    expect(shown('date', '2026-11-22', '2026-11-22').textContent).toContain('22.11.2026')
    expect(shown('number', '1234.5', 1234.5).textContent).toContain('1.234,5')
    expect(shown('short_text', '2026-11-22', '2026-11-22').textContent).toContain('2026-11-22')
    expect(shown(null, 'Yes', true).textContent).toContain('Yes')
  })

  it('leads from an address to a message', () => {
    shown('email', 'ana@acme.example', 'ana@acme.example')
    expect(screen.getByRole('link').getAttribute('href')).toBe('mailto:ana%40acme.example')
  })
})

describe('a number with decimals', () => {
  function Amount() {
    const [value, setValue] = useState<number | null>(null)
    return (
      <MantineProvider>
        <DecimalInput label="Amount" value={value} onChange={setValue} />
        <button onClick={() => setValue(7)}>Seven</button>
        <output>{JSON.stringify(value)}</output>
      </MantineProvider>
    )
  }

  it('keeps the sign that stands before its decimals, and follows its value', () => {
    render(<Amount />)
    const input = screen.getByLabelText<HTMLInputElement>('Amount')
    for (const [typed, value] of [
      ['90.', 90],
      ['90.0', 90],
      ['90.05', 90.05],
    ] as const) {
      fireEvent.change(input, { target: { value: typed } })
      expect(input.value).toBe(typed)
      expect(screen.getByRole('status').textContent).toBe(String(value))
    }
    fireEvent.click(screen.getByText('Seven'))
    expect(input.value).toBe('7')
  })
})
